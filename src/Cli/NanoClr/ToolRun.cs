using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace AdapterCompiler.Cli.NanoClr;

/// <summary>What a tool did.</summary>
/// <param name="ExitCode">Its exit code; null where it did not start or did not end in time.</param>
/// <param name="Lines">Output and errors, line by line, without trailing white space.</param>
/// <param name="Problem">Why there is no exit code; null where there is one.</param>
internal sealed record ToolRun(int? ExitCode, IReadOnlyList<string> Lines, string? Problem)
{
    /// <summary>Starts a tool and waits for it.</summary>
    /// <param name="file">An executable; an .exe of .NET Framework runs with mono where this is not Windows.</param>
    /// <param name="arguments">Each one whole: quoting is done here.</param>
    /// <param name="limit">The tool and its children are ended after that long.</param>
    public static async Task<ToolRun> Start(string file, IEnumerable<string> arguments, TimeSpan limit)
    {
        bool mono = !OperatingSystem.IsWindows() && Path.GetExtension(file).Equals(".exe", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(mono ? "mono" : file) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        if (mono)
            start.ArgumentList.Add(file);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        var lines = new List<string>();
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new ToolRun(null, lines, mono ? $"mono could not be started ({exception.Message}): {file} needs it on this system" : $"{file} could not be started: {exception.Message}");
        }

        process.StandardInput.Close();
        Task reading = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await reading.ConfigureAwait(false);
            return new ToolRun(null, lines, FormattableString.Invariant($"{file} did not end within {limit.TotalSeconds:0.#} s and was stopped"));
        }

        await reading.ConfigureAwait(false);
        return new ToolRun(process.ExitCode, lines, null);

        async Task Read(StreamReader reader)
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                lock (lines)
                    lines.Add(line.TrimEnd());
            }
        }
    }
}
