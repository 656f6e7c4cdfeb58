using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Tests.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Commands;

/// <summary><c>train</c> on a user's recordings, as a program of its own.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly RecordingFolder folder = RecordingFolder.Complete();

    private readonly string results = Directory.CreateTempSubdirectory("adapter-results").FullName;

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(results, recursive: true);
    }

    [Fact]
    public void What_there_is_and_what_is_done_about_it_is_said_before_training()
    {
        foreach (string split in (string[])["train", "val", "test"])
            folder.Tone($"words/{split}/hello/a.wav", seconds: 0.4);
        for (int i = 0; i < 6; i++)
            folder.Tone($"pets/train/dog/short{i}.wav", seconds: 0.3 + (0.1 * i));
        string cut = folder.At("pets/train/cat/a.wav");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^800]);

        (int code, string output, string errors) = Run("--data", folder.Root, "--none", "words=other");

        Assert.True(code == 0, errors);
        string list = Path.Combine(results, "warnings.txt");
        Assert.Contains($"used with a warning: 1 of 15 files, list in {list}; the first: {cut}: it breaks off after 0.97 s", output, StringComparison.Ordinal);
        Assert.Contains("\n  dog             7       7      4.3          1       1      1.0           1       1      1.0\n", output, StringComparison.Ordinal);
        Assert.Contains("\n  other            0       1      1.0          0       1      1.0           0       1      1.0\n", output, StringComparison.Ordinal);
        Assert.Contains("\nBalance     pets: 'dog' has 7 training slices, 'cat' 1 (7 to 1); batches draw every class alike (--no-balance: as they come)\n", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("Balance", StringComparison.Ordinal) < output.IndexOf("Adapters", StringComparison.Ordinal));
        Assert.Contains("\nlabel hello\nlabel other\n", File.ReadAllText(Path.Combine(results, "audio.adapter")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_leak_stops_before_anything_is_trained()
    {
        File.Copy(folder.At("pets/train/dog/a.wav"), folder.At("pets/test/dog/b.wav"));
        (int code, string output, string errors) = Run("--data", folder.Root);
        Assert.Equal(1, code);
        Assert.StartsWith($"error: {folder.At("pets/test/dog/b.wav")}: the same recording is in 'train' as {folder.At("pets/train/dog/a.wav")}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Adapters", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--input-bits 0", "--input-bits is 0; a front end's codes have 7 bits, of which 1 to 7 can be read.")]
    [InlineData("--none other", "--none needs --data")]
    [InlineData("--data nowhere --none a --none b", "--none is given twice for every task")]
    [InlineData("--data nowhere -o nowhere/out", "--output nowhere/out lies in --data nowhere, where every folder is a task.")]
    [InlineData("--data nowhere -o nowhere", "--output nowhere lies in --data nowhere")]
    public void A_mistake_is_one_line(string arguments, string expected)
    {
        (int code, _, string errors) = Run(arguments.Split(' '));
        Assert.Equal(2, code);
        Assert.StartsWith("error: " + expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "adapter-train.dll"), "train", "--steps", "4", "--batch", "12", "--channels", "4,6", "--threads", "1", "--seed", "1", .. arguments.Contains("-o") ? (string[])[] : ["-o", results], .. arguments,
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath!, all) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), errors.Result);
    }
}
