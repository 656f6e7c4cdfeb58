#!/usr/bin/env bash
# Packs all that a user installs (the generator AdapterCompiler, the tools adapterc and adapter-train) into a folder that serves as a NuGet feed,
# and prints the lines to paste. adapter-train's package holds libtorch of the system that packs it.
#
#   bash scripts/pack.sh [--built] [FEED]      FEED is out/packages unless given
#
# --built: AdapterCompiler and adapterc as 'dotnet build -c Release' has just left them.
set -euo pipefail

feed=
built=()
for argument in "$@"; do
    case $argument in
        --built) built=(--no-build) ;;
        -*) echo "pack.sh: '$argument' is no option; see the first lines of this script" >&2; exit 2 ;;
        *) feed=$(realpath -m "$argument") ;;
    esac
done
cd "$(dirname "$0")/.."
feed=${feed:-$PWD/out/packages}
version=$(dotnet msbuild src/Cli/Cli.csproj -nologo -getProperty:Version)

mkdir -p "$feed"
rm -f "$feed"/AdapterCompiler.*.nupkg "$feed"/adapterc.*.nupkg "$feed"/adapter-train.*.nupkg
for project in Generators Cli; do
    dotnet pack "src/$project/$project.csproj" -c Release -o "$feed" -nodeReuse:false "${built[@]}"
done
dotnet pack src/Trainer/Trainer.csproj -c Release -o "$feed" -nodeReuse:false ${built:+--no-restore}

# NuGet keeps what it has unpacked of a version for ever; this version's content has just changed.
cache=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
for package in adaptercompiler adapterc adapter-train adapter-train.linux-x64 adapter-train.win-x64 adapter-train.win-arm64 adapter-train.osx-arm64; do
    rm -rf "${cache%/}/$package/$version"
done

cat <<TEXT

AdapterCompiler $version is in $feed
nuget.config   <add key="adapter-compiler" value="$feed" />
project        <PackageReference Include="AdapterCompiler" Version="$version" PrivateAssets="all" />
tools          dotnet tool install --global adapterc --version $version --add-source $feed
               dotnet tool install --global adapter-train --version $version --add-source $feed
TEXT
