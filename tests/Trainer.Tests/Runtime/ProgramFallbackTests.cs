using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
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
        (int code, string output, string errors) = Run("convolution:default convolution:own");
        Assert.Equal(3, code);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("with oneDNN: ", line, StringComparison.Ordinal);
        Assert.EndsWith("Going on with the trainer's own kernels, slower.", line, StringComparison.Ordinal);
        Assert.StartsWith("error: ", errors, StringComparison.Ordinal);
        Assert.Contains("with own kernels: ", errors, StringComparison.Ordinal);
        Assert.Contains("No other setting is left", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_convolves_wrong_trains_with_own_kernels_and_the_result_says_so()
    {
        (int code, string output, string errors) = Run("convolution:default");
        Assert.True(code == 0, errors);
        Assert.Contains("Going on with the trainer's own kernels, slower.", output, StringComparison.Ordinal);
        Assert.Contains("own kernels", File.ReadAllText(Path.Combine(folder, "out", "results.md")), StringComparison.Ordinal);
    }

    private (int Code, string Output, string Errors) Run(string faults)
    {
        string data = Path.Combine(folder, "recordings");
        ToneRecordings.Write(data);
        string program = Path.Combine(AppContext.BaseDirectory, "adapter-train.dll");
        IEnumerable<string> arguments = [program, "train", "--data", data, "--steps", "6", "--batch", "8", "--channels", "4,6", "--threads", "1", "-o", Path.Combine(folder, "out")];
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
