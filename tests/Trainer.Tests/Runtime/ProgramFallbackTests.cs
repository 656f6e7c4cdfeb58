using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Runtime;

/// <summary>The program itself, in a process of its own, on a machine that convolves wrong.</summary>
public sealed class ProgramFallbackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-fallback").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_setting_is_tried_in_turn_and_the_last_failure_has_its_own_exit_code()
    {
        (int code, string output, string errors) = Run("convolution:default convolution:narrow convolution:plain", "");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, code);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Contains("No other setting is left", errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsLinux())
            return;
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("Starting over with ONEDNN_MAX_CPU_ISA=SSE41, slower.", lines[0], StringComparison.Ordinal);
        Assert.Contains("with oneDNN held at SSE41: ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Going on with oneDNN switched off, slower.", lines[1], StringComparison.Ordinal);
        Assert.Contains("with oneDNN off: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Starting_over_keeps_the_arguments()
    {
        // The second start reads them, finds no folder of that name, and says so: exit code 1, not 3.
        string strange = Path.Combine(folder, "no such folder, ünd \"quotes\"");
        Directory.CreateDirectory(strange);
        (int code, string output, string errors) = Run("convolution:default", "--data", strange);
        Assert.Equal(1, code);
        Assert.Contains(strange, errors, StringComparison.Ordinal);
        Assert.Equal(0, output.Split("Starting over").Length - 1);
        Directory.CreateDirectory(Path.Combine(strange, "task-a"));
        (code, output, errors) = Run("convolution:default", "--data", strange);
        Assert.Equal(1, code);
        Assert.Contains(strange, errors, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsLinux() ? 1 : 0, output.Split("Starting over").Length - 1);
    }

    private (int Code, string Output, string Errors) Run(string faults, params string[] more)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "adapter-train.dll");
        IEnumerable<string> arguments = [program, "train", "--steps", "6", "--batch", "12", "--channels", "4,6", "--threads", "1", "-o", Path.Combine(folder, "out"), .. more.Where(m => m.Length > 0)];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ADAPTER_FAULT"] = faults;
        start.Environment.Remove("ONEDNN_MAX_CPU_ISA");
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
