using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Commands;

/// <summary>adapter-train as a user types it.</summary>
[Collection(TorchTests.Name)]
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-commands").FullName;
    private readonly StringWriter output = new(), errors = new();

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Theory]
    [InlineData("trian", "'trian' is no command of adapter-train. Did you mean 'train'? Commands are quickstart, ", "adapter-train --help")]
    [InlineData("train --setps 3", "'--setps' is no option of adapter-train train. Did you mean '--steps'?", "adapter-train train --help")]
    [InlineData("train --steps many", "--steps is 'many'; a whole number is expected.", "adapter-train train --help")]
    [InlineData("train --cost flop", "--cost is 'flop'. Did you mean 'flops'? It is one of device, flops, parameters.", "adapter-train train --help")]
    [InlineData("evaluate", "Required argument 'model' missing", "adapter-train evaluate --help")]
    public void A_usage_error_is_a_line_and_a_hint(string line, string mistake, string help)
    {
        Assert.Equal(2, Run(line.Split(' ')));
        string[] lines = errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("adapter-train: " + mistake, lines[0], StringComparison.Ordinal);
        Assert.Equal("adapter-train: see " + help, lines[1]);
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("float", " --front-end float")]
    [InlineData("integer", "")]
    public void Trained_evaluated_and_quantised(string frontEnd, string written)
    {
        string data = Path.Combine(folder, "my recordings"), first = Path.Combine(folder, "first");
        ToneRecordings.Write(data);
        string[] training = ["train", "--data", data, "--steps", "8", "--batch", "8", "--channels", "4,6", "--threads", "1", "--lambda", "0.001", "--seed", "3", "--front-end", frontEnd];
        Assert.True(Run([.. training, "-o", first]) == 0, errors.ToString());
        string model = File.ReadAllText(Path.Combine(first, "audio.adapter"));

        // No place on this machine, nothing that is the default anyway.
        Assert.Contains($"\ncommand adapter-train train --data \"my recordings\" --channels 4,6 --steps 8 --batch 8 --seed 3{written} --threads 1\n", model, StringComparison.Ordinal);

        output.GetStringBuilder().Clear();
        Assert.True(Run("evaluate", Path.Combine(first, "audio.adapter"), data) == 0, errors.ToString());
        string evaluated = output.ToString();
        TaskArtifact task = ModelReader.Read(model).Model!.Tasks[0];
        Assert.Contains(FormattableString.Invariant($"beep, float: {(double)task.Accuracy!.FloatCorrect / task.Accuracy.Slices:F3}, {task.Accuracy.FloatCorrect} of {task.Accuracy.Slices} slices"), evaluated, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"beep, integer: {(double)task.Accuracy.QuantisedCorrect / task.Accuracy.Slices:F3}, {task.Accuracy.QuantisedCorrect} of {task.Accuracy.Slices} slices"), evaluated, StringComparison.Ordinal);
        Assert.Contains("| beep, integer | high | low | recall |", evaluated, StringComparison.Ordinal);

        // Thresholds change nothing else of the model.
        string detecting = Path.Combine(folder, "detecting.adapter");
        Assert.True(Run("thresholds", Path.Combine(first, "audio.adapter"), data, "-o", detecting, "--hop", "12", "--smoothing", "3", "--refractory", "1", "--never", "low") == 0, errors.ToString());
        ModelArtifact with = ModelReader.Read(File.ReadAllText(detecting)).Model!;
        DetectionRule rule = with.Tasks[0].Detection!;
        Assert.Equal((3, 1, DetectionRule.Never), (rule.Smoothing, rule.Refractory, rule.Thresholds[1]));
        Assert.True(rule.Thresholds[0] >= 0);
        Assert.Equal(model, ModelWriter.Write(with with { Tasks = ValueArray.Of(with.Tasks[0] with { Detection = null }) }));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder, "detecting-beep.svg")), StringComparison.Ordinal);
        Assert.Contains("never", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Run("thresholds", detecting, data, "-o", detecting, "--smoothing", "0"));

        // The split that they are chosen on is all that it takes, and background lies in it alone.
        string only = Path.Combine(folder, "only");
        Directory.CreateDirectory(Path.Combine(only, "beep"));
        Directory.Move(Path.Combine(data, "beep", "val"), Path.Combine(only, "beep", "val"));
        Directory.Move(Path.Combine(only, "beep", "val", "low"), Path.Combine(only, "beep", "val", "traffic"));
        output.GetStringBuilder().Clear();
        Assert.True(Run("thresholds", detecting, only, "-o", detecting) == 0, errors.ToString());
        Assert.Matches("(?m)^  low +[0-9,]+ +0 +0 ", output.ToString());
        Assert.Equal(1, Run("thresholds", detecting, only, "-o", detecting, "--split", "test"));
        Assert.Contains("the split 'test' is missing; it needs a folder for every class, ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("Put recordings there, or choose what is here, 'val', with --split", errors.ToString(), StringComparison.Ordinal);
        Directory.Move(Path.Combine(only, "beep", "val", "traffic"), Path.Combine(only, "beep", "val", "low"));
        Directory.Move(Path.Combine(only, "beep", "val"), Path.Combine(data, "beep", "val"));

        // The same matrices as in the training's own results.
        string[] matrix = [.. evaluated.Split(Environment.NewLine).SkipWhile(line => !line.StartsWith("| beep, float", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];
        Assert.Contains(string.Join('\n', matrix), File.ReadAllText(Path.Combine(first, "results.md")), StringComparison.Ordinal);

        Assert.True(Run("quantise", Path.Combine(first, "audio.safetensors"), "--data", data, "--weight-bits", "4") == 0, errors.ToString());
        Assert.True(Run([.. training, "--weight-bits", "4", "-o", Path.Combine(folder, "second")]) == 0, errors.ToString());
        Assert.Equal(
            File.ReadAllText(Path.Combine(folder, "second", "audio.adapter")), File.ReadAllText(Path.Combine(first, "weights-4-activations-7", "audio.adapter")));

        // Other data, other weights, no weights.
        if (written.Length == 0)
        {
            // The built-in set has to be made for that: once is enough.
            Assert.Equal(1, Run("quantise", Path.Combine(first, "audio.safetensors")));
            Assert.Contains("was trained on other data", errors.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, Run("quantise", Path.Combine(first, "audio.adapter"), "--data", data));
        Assert.Contains("audio.adapter cannot be used: it is no safetensors file, or cut off.", errors.ToString(), StringComparison.Ordinal);
        File.Delete(Path.Combine(first, "audio.safetensors"));
        output.GetStringBuilder().Clear();
        Assert.Equal(0, Run("evaluate", Path.Combine(first, "audio.adapter"), data));
        Assert.Contains("Integers only: ", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("beep, float", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_what_the_model_does_not_know_is_a_message()
    {
        string data = Path.Combine(folder, "data"), model = Path.Combine(folder, "audio.adapter");
        ToneRecordings.Write(data);
        Assert.Equal(1, Run("evaluate", model, data));
        Assert.Contains("the model file cannot be read: ", errors.ToString(), StringComparison.Ordinal);
        Assert.True(Run("train", "--data", data, "--steps", "2", "--batch", "8", "--channels", "2,2", "--threads", "1", "-o", folder) == 0, errors.ToString());
        Directory.Move(Path.Combine(data, "beep"), Path.Combine(data, "beeb"));
        Assert.Equal(1, Run("evaluate", model, data));
        Assert.Contains("'beeb' is not a task of " + model + ". Did you mean 'beep'? Tasks: beep.", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_in_a_folder_is_refused_while_the_first_works()
    {
        using Trainer.Experiments.RunFolder? first = Trainer.Experiments.RunFolder.Take(folder, out _);
        Assert.Equal(1, Run("train", "--steps", "2", "--batch", "12", "--channels", "2,2", "--threads", "1", "-o", folder));
        Assert.Contains($"error: another run works in {folder}. ", errors.ToString(), StringComparison.Ordinal);
    }

    private int Run(params string[] arguments) => Program.Run(arguments, new RunConsole(Plain(output), Plain(errors)));

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
