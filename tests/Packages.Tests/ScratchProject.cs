using System;
using System.Collections.Generic;
using System.IO;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>A firmware project outside the repository: netnano1.0, nanoFramework's class library, the packed generator.</summary>
public sealed class ScratchProject
{
    /// <summary>A file of code that has nothing to do with models.</summary>
    public const string OtherFile = "Device.cs";

    private const string ProjectName = "Firmware";

    private readonly IReadOnlyDictionary<string, string> environment;

    /// <summary>A project with some code and no model yet.</summary>
    /// <param name="folder">An empty one.</param>
    /// <param name="environment">Variables of its builds.</param>
    public ScratchProject(string folder, IReadOnlyDictionary<string, string> environment)
    {
        Folder = folder;
        this.environment = environment;
        Write(OtherFile, "namespace Firmware { public static class Device { public static int Number() { return 1; } } }\n");
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>The built assembly.</summary>
    public string Assembly => Path.Combine(Folder, "bin", "Release", "netnano1.0", ProjectName + ".dll");

    /// <summary>The compiler's own output, which a build that compiles nothing leaves alone.</summary>
    public string Intermediate => Path.Combine(Folder, "obj", "Release", "netnano1.0", ProjectName + ".dll");

    /// <summary>What EmitCompilerGeneratedFiles wrote.</summary>
    public string Generated => Path.Combine(Folder, "obj", "Release", "netnano1.0", "generated", "AdapterCompiler.Generators", "AdapterCompiler.Generators.AdapterModelGenerator");

    /// <summary>Writes a file of the project.</summary>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Reads a file of the project.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Writes the project file, items on lines of their own.</summary>
    public void WriteProject(params IEnumerable<string> items) => Write(ProjectName + ".csproj", $"""
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
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="nanoFramework.CoreLibrary" Version="{Repository.CoreLibraryVersion}" NoWarn="NU1701" />
            <PackageReference Include="AdapterCompiler" Version="{PackedPackages.Version}" PrivateAssets="all" />
            {string.Join("\n    ", items)}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Restores and builds, warnings being errors.</summary>
    public ProcessResult Build(params IEnumerable<string> arguments) => ProcessResult.OfBuild(Folder, environment, ["-warnaserror", .. arguments]);

    /// <summary>Builds, or fails with what the build said.</summary>
    public void MustBuild(params IEnumerable<string> arguments)
    {
        ProcessResult result = Build(arguments);
        Assert.True(result.Code == 0, result.Text);
        Assert.Contains("0 Warning(s)", result.Output, StringComparison.Ordinal);
    }
}
