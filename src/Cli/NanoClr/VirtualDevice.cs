// The command line of nanoFramework's virtual device, as read in its sources (nanoframework/nf-interpreter, targets/netcore/nanoFramework.nanoCLR.CLI, June 2026):
//
//   nanoclr run -a mscorlib.pe PROGRAM.pe          (-a is --assemblies; full paths)
//
//   It writes its own banner, the interpreter's start-up text and whatever the program writes with Console or Debug to the standard output, lines ending in CR LF. It ends when Main returns, for
//   --loopafterexit and --waitfordebugger are off by default; the last lines are then "Done." and "Exiting.". The exit code is 0 even if Main threw: then a line has "++++ Exception ". An assembly
//   that cannot be resolved is a line with "Error:" and no entry point is found. Errors of the tool itself are exit codes from 1000 up (9000 arguments, 9008 unknown), with a line "Error E….".
//
// Where to get it: dotnet tool install -g nanoclr (Windows; Linux and macOS where the package has the interpreter for them).
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>Runs a converted program on the virtual device.</summary>
internal static class VirtualDevice
{
    /// <summary>How to get it.</summary>
    public const string Remedy = "Install it with 'dotnet tool install -g nanoclr' and name it with --nanoclr PATH ('nanoclr' alone looks in PATH).";

    private static readonly string[] Names = ["nanoclr", "nanoclr.exe"];

    /// <summary>The program that a user's path means: itself, the one in a folder, or, for a bare name, the one in PATH; null if there is none.</summary>
    public static string? Find(string path)
    {
        if (File.Exists(path))
            return Path.GetFullPath(path);
        if (Directory.Exists(path))
            return In(path, Names);
        return path.AsSpan().IndexOfAny('/', '\\') >= 0
            ? null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists).Select(folder => In(folder, [path, path + ".exe"])).FirstOrDefault(file => file is not null);
    }

    /// <summary>Runs a program until its Main returns.</summary>
    /// <param name="nanoclr">As <see cref="Find"/> returned it.</param>
    /// <param name="mscorlib">mscorlib.pe of the released class library.</param>
    /// <param name="program">Converted program.</param>
    /// <param name="limit">When to stop waiting.</param>
    public static Task<ToolRun> Run(string nanoclr, string mscorlib, string program, TimeSpan limit) =>
        ToolRun.Start(nanoclr, ["run", "-a", mscorlib, program], limit);

    /// <summary>The first line that tells of a failure of the interpreter, or null.</summary>
    public static string? Failure(IReadOnlyList<string> lines) =>
        lines.FirstOrDefault(line => line.Contains("++++ Exception ", StringComparison.Ordinal) || line.Contains("Error:", StringComparison.Ordinal)
            || line.StartsWith("Error E", StringComparison.Ordinal) || line.Contains("Cannot find any entrypoint!", StringComparison.Ordinal));

    private static string? In(string folder, IEnumerable<string> names) => names.Select(name => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
