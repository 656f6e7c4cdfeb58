// The command line of nanoFramework's metadata processor, as read in its sources (nanoframework/metadata-processor, MetadataProcessor.Console, version 3.0, June 2025):
//
//   nanoFramework.Tools.MetadataProcessor.exe -loadHints NAME PATH … -parse ASSEMBLY -compile OUTPUT.pe false
//
//   Arguments are carried out from left to right: load hints first, then parse, then compile. NAME is an assembly's simple name, compared with regard to case;
//   every assembly referred to needs one. The last argument of -compile says whether the assembly is a core library. OUTPUT.pe and, beside it, OUTPUT.pdbx are written.
//   It writes a banner to the standard output. A file that cannot be parsed: a line on the standard error, exit code 1. An assembly that cannot be compiled: an unhandled exception.
//   One trap: an ArgumentException while minimising is written to the standard error and the exit code stays 0. So silence on the error stream and a file count, not the code alone.
//   It is a program of .NET Framework 4.7.2: elsewhere it needs mono.
//
// Where to get it: the NuGet package nanoFramework.Tools.MetadataProcessor.CLI, folder content/MetadataProcessor.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>Converts an assembly to the device's format.</summary>
internal static class MetadataProcessor
{
    private const string Program = "nanoFramework.Tools.MetadataProcessor.exe";

    /// <summary>How to get it.</summary>
    public const string Remedy = "Get the package nanoFramework.Tools.MetadataProcessor.CLI (nuget install nanoFramework.Tools.MetadataProcessor.CLI -Version 3.0.100) and name its folder with --metadata-processor PATH.";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The program that a user's path means: itself, or the one somewhere below a folder; null if there is none.</summary>
    public static string? Find(string path) => File.Exists(path)
        ? Path.GetFullPath(path)
        : Directory.Exists(path) ? Directory.EnumerateFiles(path, Program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() : null;

    /// <summary>Converts an assembly that refers to mscorlib only.</summary>
    /// <returns>Null, or what went wrong.</returns>
    public static async Task<string?> Convert(string program, string assembly, string mscorlib, string output)
    {
        ToolRun run = await ToolRun.Start(program, ["-loadHints", "mscorlib", mscorlib, "-parse", assembly, "-compile", output, "false"], Limit).ConfigureAwait(false);
        if (run.Problem is not null)
            return run.Problem;
        IEnumerable<string> complaints = run.Lines.Where(line => line.StartsWith("Unable to ", StringComparison.Ordinal) || line.Contains("xception", StringComparison.Ordinal));
        string said = string.Join(" ", complaints.Take(3));
        if (run.ExitCode != 0 || said.Length > 0 || !File.Exists(output))
            return FormattableString.Invariant($"the metadata processor did not convert the self-test (exit code {run.ExitCode}). ") + (said.Length > 0 ? "It said: " + said : "It said nothing of why.");
        return null;
    }
}
