#!/usr/bin/env bash
# samples/reviewed-firmware as its user lives with it, in a copy that is a git repository of its own: a green review, a retrained model whose snapshots are
# stale, so that the tests fail, and the same model once they are accepted. The steps are the sample's own review.sh, which its pipelines run too.
#
#   bash scripts/reviewed-firmware.sh [--feed FEED] [FOLDER]      FOLDER is out/reviewed-firmware unless given
#
# FEED is a folder that scripts/pack.sh has filled; without it the script fills one.
set -euo pipefail

feed=
folder=
while [ $# -gt 0 ]; do
    case $1 in
        --feed) feed=$(realpath -m "$2"); shift 2 ;;
        -*) echo "reviewed-firmware.sh: '$1' is no option; see the first lines of this script" >&2; exit 2 ;;
        *) folder=$(realpath -m "$1"); shift ;;
    esac
done
clone=$(cd "$(dirname "$0")/.." && pwd)
folder=${folder:-$clone/out/reviewed-firmware}
say() { printf '\n== %s\n' "$*"; }
record() { git -c user.name=sample -c user.email=sample@example.org -c commit.gpgsign=false commit -q "$@"; }

if [ -z "$feed" ]; then
    say "Packages"
    feed=$clone/out/packages
    bash "$clone/scripts/pack.sh" "$feed"
fi

say "A repository with the sample"
rm -rf "$folder/firmware"
mkdir -p "$folder"
cp -R "$clone/samples/reviewed-firmware" "$folder/firmware"
cd "$folder/firmware"
find . -name bin -prune -exec rm -rf {} + -o -name obj -prune -exec rm -rf {} +
cat > nuget.config <<TEXT
<configuration>
  <packageSources>
    <add key="adapter-compiler" value="$feed" />
  </packageSources>
</configuration>
TEXT
git init -q
git add .
record -m "Firmware with a model"

say "Nothing changed: green"
bash review.sh HEAD

say "A retrain opens a gate of pitch; its snapshots are stale, so the tests must fail"
awk '/^task /{task = $2} /^layer /{layer = $2} task == "pitch" && layer == 2 && /^gates /{$0 = "gates 11"} {print}' Models/audio.adapter > retrained
mv retrained Models/audio.adapter
dotnet adapterc seal Models/audio.adapter
record -am "Retrained"
if bash review.sh HEAD~1; then
    echo "reviewed-firmware.sh: the tests passed with stale snapshots" >&2
    exit 1
fi
ls Firmware.Tests/*.received.cs

say "Looked at and accepted: green"
for received in Firmware.Tests/*.received.cs; do
    mv "$received" "${received/.received./.verified.}"
done
git --no-pager diff --stat=160
record -am "Accepted what the retrained model became"
dotnet test -c Release --no-build Firmware.Tests

say "Done: $folder/firmware"
