using System;
using System.ComponentModel;
using System.Diagnostics;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>Which state of the sources made a result.</summary>
internal static class GitCommit
{
    /// <summary>The checked-out commit, "-modified" behind it where files differ from it; "unknown" without git.</summary>
    public static string Current() => Ask("rev-parse --short=12 HEAD") is { Length: > 0 } commit
        ? commit + (Ask("status --porcelain --untracked-files=no") is { Length: > 0 } ? "-modified" : "")
        : "unknown";

    private static string? Ask(string arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            string text = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? text.Trim() : null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }
}
