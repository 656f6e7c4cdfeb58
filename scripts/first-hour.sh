#!/usr/bin/env bash
# The first hour with AdapterCompiler, from a fresh clone to a checked firmware library: packages, own recordings, training, evaluation, build, check, run.
#
#   bash scripts/first-hour.sh [--feed FEED] [--steps N] [FOLDER]      FOLDER is out/first-hour unless given
#
# FEED is a folder that scripts/pack.sh has filled; without it the script fills one. N batches are trained on, 600 unless given: some minutes on two cores.
# The recordings are spoken by espeak-ng and shaped by sox; where they are missing, Debian's packages are installed with apt-get.
set -euo pipefail

feed=
steps=600
folder=
while [ $# -gt 0 ]; do
    case $1 in
        --feed) feed=$(realpath -m "$2"); shift 2 ;;
        --steps) steps=$2; shift 2 ;;
        -*) echo "first-hour.sh: '$1' is no option; see the first lines of this script" >&2; exit 2 ;;
        *) folder=$(realpath -m "$1"); shift ;;
    esac
done
clone=$(cd "$(dirname "$0")/.." && pwd)
folder=${folder:-$clone/out/first-hour}
say() { printf '\n== %s\n' "$*"; }

say "Packages"
if [ -z "$feed" ]; then
    feed=$clone/out/packages
    bash "$clone/scripts/pack.sh" "$feed"
fi
version=$(dotnet msbuild "$clone/src/Cli/Cli.csproj" -nologo -getProperty:Version)
mkdir -p "$folder"
cd "$folder"
rm -rf recordings firmware trained tools
cat > nuget.config <<TEXT
<configuration>
  <packageSources>
    <add key="adapter-compiler" value="$feed" />
  </packageSources>
</configuration>
TEXT
for tool in adapterc adapter-train; do
    dotnet tool install "$tool" --version "$version" --tool-path tools
done
PATH=$folder/tools:$PATH

if ! command -v espeak-ng > /dev/null || ! command -v sox > /dev/null; then
    say "Installing espeak-ng and sox with apt-get"
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update -q
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends espeak-ng sox
fi

say "Recordings: two tasks, a word and an instrument; no voice and no pitch is in two splits"
# speak SPLIT VOICE SPEED PITCH
speak() {
    for word in yes no stop; do
        mkdir -p "recordings/word/$1/$word"
        espeak-ng -v "$2" -s "$3" -p "$4" -w spoken.wav "$word"
        sox -V1 -G spoken.wav -r 16000 -c 1 "recordings/word/$1/$word/$2-$3-$4.wav" pad 0.25 0.9 trim 0 1.3
    done
}
# play SPLIT HERTZ
play() {
    for shape in sine sawtooth pluck; do
        mkdir -p "recordings/instrument/$1/$shape"
        sox -V1 -n -r 16000 -c 1 "recordings/instrument/$1/$shape/$2.wav" synth 1.3 "$shape" "$2" fade 0.02 1.3 0.1 gain -6
    done
}
for voice in en-us+m1 en-us+m3 en-us+f2 en-gb+m2 en-gb+f1 en-gb+f4; do
    for pitch in 35 50 65; do speak train "$voice" 150 "$pitch"; done
done
for voice in en-us+m4 en-gb+f3; do speak val "$voice" 140 45; speak val "$voice" 160 55; done
for voice in en-us+m2 en-gb+f2 en-gb+m5; do speak test "$voice" 145 40; speak test "$voice" 155 60; done
for hertz in 110 131 156 185 220 262 311 370 440 523 622 740; do play train "$hertz"; done
for hertz in 147 294 587; do play val "$hertz"; done
for hertz in 123 175 247 349 494 698; do play test "$hertz"; done
rm -f spoken.wav

say "Training ($steps steps)"
adapter-train train --data recordings --name first --steps "$steps" --batch 24 --channels 4,8,12 --alpha 0.5 -o trained

say "Evaluation"
adapter-train evaluate trained/first.adapter recordings

say "A new firmware library"
mkdir -p firmware
# Where the folder lies inside the clone, the clone's settings would be the firmware's too.
for settings in Directory.Build.props Directory.Build.targets Directory.Packages.props; do
    echo '<Project />' > "firmware/$settings"
done
cat > firmware/Firmware.csproj <<TEXT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netnano1.0</TargetFramework>
    <AssetTargetFallback>net48</AssetTargetFallback>
    <DisableStandardFrameworkResolution>true</DisableStandardFrameworkResolution>
    <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
    <NoStdLib>true</NoStdLib>
    <Nullable>disable</Nullable>
    <ImplicitUsings>disable</ImplicitUsings>
    <EnableNETAnalyzers>false</EnableNETAnalyzers>
    <GenerateAssemblyInfo>false</GenerateAssemblyInfo>
    <GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="nanoFramework.CoreLibrary" Version="1.17.11" NoWarn="NU1701" />
    <PackageReference Include="AdapterCompiler" Version="$version" PrivateAssets="all" />
    <AdapterModel Include="../trained/first.adapter" Device="esp32" />
  </ItemGroup>
</Project>
TEXT
cat > firmware/Listener.cs <<'TEXT'
using System;

namespace Firmware
{
    public static class Listener
    {
        // One window, each code as the model's front end makes it.
        private static readonly byte[] codes = new byte[FirstModel.InputLength];

        public static void Hear()
        {
            if (FirstModel.Run(codes, FirstModel.Word | FirstModel.Instrument))
                Console.WriteLine("word: " + FirstModel.WordLabel + ", instrument: " + FirstModel.InstrumentLabel);
        }
    }
}
TEXT
dotnet build -c Release firmware

say "Check"
adapterc check firmware/bin/Release/netnano1.0/Firmware.dll --device esp32 --no-allocation FirstModel.Run --no-float '*'

say "Cost on an ESP32"
adapterc report trained/first.adapter --device esp32 | grep -E '^(Plan:|\| all tasks|RAM)'

say "Run"
adapterc run trained/first.adapter recordings/word/test/*/*.wav --tasks word | head -6
adapterc run trained/first.adapter recordings/instrument/test/*/*.wav --tasks instrument | head -6

say "Done. Results: $folder/trained/results.md; firmware: $folder/firmware; on a board: $clone/docs/flashing.md"
