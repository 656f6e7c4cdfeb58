using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace AdapterCompiler.Testing;

/// <summary>What a program returned and wrote.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">All of it.</param>
/// <param name="Error">All of it.</param>
public sealed record ProcessResult(int Code, string Output, string Error)
{
    /// <summary>Output, then errors.</summary>
    public string Text => Output + Error;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="environment">Variables beside the test's own.</param>
    /// <param name="arguments">Each one whole.</param>
    public static ProcessResult Of(string file, string folder, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        // The test host's own SDK settings are not the user's.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProcessResult(process.ExitCode, output, error.Result);
    }

    /// <summary>Builds the project or solution in a folder as a user would, leaving no process behind.</summary>
    /// <param name="folder">Of the project.</param>
    /// <param name="environment">Variables beside the test's own.</param>
    /// <param name="arguments">Beside those of every build.</param>
    public static ProcessResult OfBuild(string folder, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments) =>
        Of("dotnet", folder, environment, ["build", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments]);
}
