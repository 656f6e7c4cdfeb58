using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>A solution file. Project ids follow from the names, so that the same command writes the same bytes.</summary>
internal static class SolutionText
{
    // SDK-style C#.
    private const string Kind = "{9A19103F-16F7-4668-BE54-9A1E7A4F7556}";

    public static string Of(IReadOnlyList<string> projects)
    {
        var text = new StringBuilder("\nMicrosoft Visual Studio Solution File, Format Version 12.00\n# Visual Studio Version 17\n");
        foreach (string project in projects)
            text.Append($"Project(\"{Kind}\") = \"{project}\", \"{project}\\{project}.csproj\", \"{Id(project)}\"\nEndProject\n");
        text.Append("Global\n\tGlobalSection(SolutionConfigurationPlatforms) = preSolution\n\t\tDebug|Any CPU = Debug|Any CPU\n\t\tRelease|Any CPU = Release|Any CPU\n\tEndGlobalSection\n");
        text.Append("\tGlobalSection(ProjectConfigurationPlatforms) = postSolution\n");
        foreach (string project in projects)
        {
            foreach (string configuration in new[] { "Debug", "Release" })
            {
                foreach (string step in new[] { "ActiveCfg", "Build.0" })
                    text.Append($"\t\t{Id(project)}.{configuration}|Any CPU.{step} = {configuration}|Any CPU\n");
            }
        }

        return text.Append("\tEndGlobalSection\nEndGlobal\n").ToString();
    }

    private static string Id(string project) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(project)).AsSpan(0, 16)).ToString("B").ToUpperInvariant();
}
