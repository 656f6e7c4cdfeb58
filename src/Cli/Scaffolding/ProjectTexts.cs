using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using AdapterCompiler.Compilation;
using AdapterCompiler.Planning;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>The project files. They build with the plain .NET SDK against nanoFramework's class library.</summary>
internal static class ProjectTexts
{
    /// <summary>What all projects share.</summary>
    public static string Shared(ScaffoldPlan plan) => $"""
        <Project>
          <PropertyGroup>
            <TargetFramework>netnano1.0</TargetFramework>
            <RootNamespace>{plan.Options.Namespace}</RootNamespace>
            <LangVersion>7.3</LangVersion>
            <Nullable>disable</Nullable>
            <ImplicitUsings>disable</ImplicitUsings>
            <EnableNETAnalyzers>false</EnableNETAnalyzers>
            <GenerateAssemblyInfo>false</GenerateAssemblyInfo>
            <GenerateTargetFrameworkAttribute>false</GenerateTargetFrameworkAttribute>
            <UseAppHost>false</UseAppHost>
            <!-- Versions stand beside the packages, whatever a folder above says. -->
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
          </PropertyGroup>

          <PropertyGroup Label="nanoFramework's class library instead of a desktop one">
            <!-- The package has its mscorlib straight in lib/, which NuGet takes for .NET Framework (NU1701). -->
            <AssetTargetFallback>net48</AssetTargetFallback>
            <!-- Without these the build takes the desktop's mscorlib and says nothing. -->
            <DisableStandardFrameworkResolution>true</DisableStandardFrameworkResolution>
            <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
            <NoStdLib>true</NoStdLib>
          </PropertyGroup>

          <ItemGroup>
            <PackageReference Include="nanoFramework.CoreLibrary" Version="{ScaffoldPlan.CoreLibraryVersion}" NoWarn="NU1701" />
          </ItemGroup>
        </Project>

        """;

    /// <summary>A part: the model file with its part, and the parts before it.</summary>
    public static string Part(ScaffoldPlan plan, int number) =>
        Generated(Item(plan, PartOf(plan, number)), plan.PartProjects.Take(number - 1).Concat(number == plan.Parts.Count ? plan.HearingProject is { } hearing ? [hearing] : [] : []));

    /// <summary>The class that hears, in a project of its own.</summary>
    public static string Hearing(ScaffoldPlan plan) => Generated(Item(plan, PartSetting.Sound), []);

    /// <summary>What <c>Part</c> is in the project of a part; empty where there is one only.</summary>
    public static string PartOf(ScaffoldPlan plan, int number) => plan.Parts.Count > 1 ? FormattableString.Invariant($"{number}/{plan.Parts.Count}") : "";

    /// <summary>The settings of a project's item, in order.</summary>
    /// <param name="plan">What is written.</param>
    /// <param name="part">Which part the project is.</param>
    public static IReadOnlyList<(string Name, string Value)> Settings(ScaffoldPlan plan, string part)
    {
        var attributes = new List<(string Name, string Value)>
        {
            ("ClassName", plan.Options.ClassName), ("Namespace", plan.Options.Namespace), ("Device", plan.Options.Device),
        };
        if (plan.Options.Tasks.Count > 0)
            attributes.Add(("Tasks", string.Join(";", plan.Options.Tasks)));
        if (part.Length > 0)
            attributes.Add(("Part", part));
        // The cut follows from these too, so every part has them.
        if (plan.Options.Goal != Optimize.Speed)
            attributes.Add(("Optimize", plan.Options.Optimize));
        if (plan.Options.MaxRam.Length > 0)
            attributes.Add(("MaxRam", plan.Options.MaxRam));
        if (plan.Options.MaxParts.Length > 0)
            attributes.Add(("MaxParts", plan.Options.MaxParts));
        if (plan.Options.ProgramRoom.Length > 0)
            attributes.Add(("ProgramRoom", plan.Options.ProgramRoom));
        foreach ((string name, string value) in new[] { ("Sound", plan.Options.Sound), ("Streaming", plan.Options.Streaming), ("Samples", plan.Options.Samples), ("Hop", plan.Options.Hop), ("Gain", plan.Options.Gain) })
        {
            if (value.Length > 0)
                attributes.Add((name, value));
        }

        return attributes;
    }

    private static string Item(ScaffoldPlan plan, string part) => string.Join(
        " ", Settings(plan, part).Prepend(("Include", "../" + plan.ModelCopy)).Select(attribute => $"{attribute.Item1}=\"{SecurityElement.Escape(attribute.Item2)}\""));

    private static string Generated(string item, IEnumerable<string> references) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <ItemGroup>
            <PackageReference Include="AdapterCompiler" Version="{ScaffoldPlan.PackageVersion}" PrivateAssets="all" />
            <AdapterModel {item} />
          </ItemGroup>
        {References(references)}</Project>

        """;

    /// <summary>The program.</summary>
    public static string Demo(ScaffoldPlan plan) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
          </PropertyGroup>
        {(plan.Options.Hears ? ListenerText.Choice : "")}{References(plan.Projects)}</Project>

        """;

    /// <summary>Name and version, as every nanoFramework assembly states them.</summary>
    public static string AssemblyInfo(string project) => $"""
        using System.Reflection;

        [assembly: AssemblyTitle("{project}")]
        [assembly: AssemblyVersion("1.0.0.0")]

        """;

    private static string References(IEnumerable<string> projects)
    {
        string lines = string.Concat(projects.Select(project => $"    <ProjectReference Include=\"../{project}/{project}.csproj\" />\n"));
        return lines.Length == 0 ? "" : "\n  <ItemGroup>\n" + lines + "  </ItemGroup>\n";
    }
}
