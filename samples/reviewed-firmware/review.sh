#!/usr/bin/env bash
# What both pipelines run, and what runs on any machine: the comment about a changed model, then build, check and tests.
#
#   bash review.sh BASE      BASE is the revision to compare with, such as origin/main
#
# diff.md is written whatever fails later, so that a reviewer sees what the model became. LIMITS are conditions of adapterc diff --fail-on.
set -euo pipefail

base=${1:?usage: bash review.sh BASE}
limits=${LIMITS:-'il>+10%;ram>+10%;time>+10%;accuracy<-0.02;parts>1;tasks<+0'}
cd "$(dirname "$0")"
dotnet tool restore

status=0
if git cat-file -e "$base:./Models/audio.adapter" 2> /dev/null; then
    dotnet adapterc diff "$base" HEAD Models/audio.adapter --class AudioModel --format markdown --fail-on "$limits" > diff.md || status=$?
    # 1 says that a limit is passed: the rest is run all the same. Anything else, that nothing was compared.
    [ "$status" -le 1 ] && [ -s diff.md ] || exit "$status"
else
    echo "The model is new: Models/audio.adapter is not in $base." > diff.md
fi
cat diff.md

dotnet build -c Release Firmware
dotnet adapterc check Firmware/bin/Release/netnano1.0/Firmware.dll --device esp32 --no-allocation AudioModel.Run --no-float '*'
dotnet test -c Release Firmware.Tests
exit "$status"
