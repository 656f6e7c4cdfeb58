using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Runs programs of the system.</summary>
internal static class SystemCommand
{
    /// <summary>Code where there is no such program.</summary>
    public const int Missing = 127;

    /// <summary>Runs a command to its end; the output is stdout, then stderr.</summary>
    public static (int Code, string Output) Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start) ?? throw new IOException(command);
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.GetAwaiter().GetResult());
        }
        catch (System.Exception exception) when (exception is Win32Exception or IOException)
        {
            return (Missing, exception.Message);
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>Its output.</returns>
    /// <exception cref="IOException">It failed; the message says how.</exception>
    public static string Require(string command, params string[] arguments)
    {
        (int code, string output) = Run(command, arguments);
        return code == 0 ? output : throw new IOException($"'{command} {string.Join(' ', arguments)}' failed with code {code}: {output.Trim().Split('\n').LastOrDefault()}");
    }
}
