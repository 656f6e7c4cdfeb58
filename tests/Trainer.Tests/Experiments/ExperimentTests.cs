using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Commands;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments;

/// <summary>The whole path on toy tasks: what quickstart, train and real-sound share.</summary>
[Collection(TorchTests.Name)]
public sealed class ExperimentTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-experiment").FullName;
    private readonly StringWriter output = new(), errors = new();

    public ExperimentTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void It_trains_generates_and_verifies()
    {
        var experiment = new Experiment(Settings(), Tasks, Console());
        Assert.Equal(RunOutcome.Finished, experiment.Run());

        ExperimentResult result = experiment.Result!;
        Assert.Equal(48, result.Slices);
        Assert.Equal(48, result.EqualSlices);
        Assert.All(result.Tasks, task => Assert.Equal(task.Interpreter, task.Generated));
        Assert.All(result.Tasks, task => Assert.Equal(8, task.MajorityClass));

        ModelArtifact model = ModelReader.Read(File.ReadAllText(Path.Combine(folder, "toy.adapter"))).Model!;
        Assert.Equal(
            result.Tasks.Select(t => new MeasuredAccuracy(24, t.Adapters, t.Interpreter) { Confusion = t.Integer!.Counts.Select(row => row.ToValueArray()).ToValueArray() }),
            model.Tasks.Select(t => t.Accuracy));
        Assert.Equal(new Provenance(BuildCommit.Version, BuildCommit.Text, DataHash.Of(Tasks)), model.Provenance);
        Assert.Matches(@"^\d+\.\d+\.\d+", model.Provenance!.Tool);
        Assert.Contains($"// Trainer {BuildCommit.Version} at commit {BuildCommit.Text}; data {DataHash.Of(Tasks)}\n", File.ReadAllText(Path.Combine(folder, "ToyModel.g.cs")), StringComparison.Ordinal);
        Assert.Contains("class ToyModel", File.ReadAllText(Path.Combine(folder, "ToyModel.g.cs")), StringComparison.Ordinal);
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("| task-a | 3 | 0.333 |", File.ReadAllText(Path.Combine(folder, "results.md")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "checkpoint*"));
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void Trained_and_made_small_in_one_run_is_what_two_commands_make_and_a_stop_between_changes_no_byte()
    {
        RunSettings plain = Settings() with { WithMultiHead = false };
        RunSettings small = plain.Compressed(new CompressionOptions(plain.Training with { Steps = 14, AllOpen = true }, new QuantisationOptions(ValueArray.Of(4), 7), 0.5));
        Assert.Equal(RunOutcome.Finished, new Experiment(small, Tasks, Console()).Run());
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("4-bit weights, 7-bit activations", output.ToString(), StringComparison.Ordinal);
        string model = File.ReadAllText(Path.Combine(folder, "toy.adapter")), weights = Path.Combine(folder, "toy.safetensors");
        Assert.Contains(FormattableString.Invariant($"\ncommand {plain.TrainingCommand}; adapter-train compress --weight-bits 4 --zeros 0.5 --steps 14"), model, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "checkpoint*"));

        // The second half alone, with the weights that the first left.
        byte[] trained = File.ReadAllBytes(weights);
        string alone = Directory.CreateDirectory(Path.Combine(folder, "alone")).FullName;
        using (var loaded = FloatWeights.Load(weights))
            Assert.Equal(RunOutcome.Finished, new Experiment(small with { Folder = alone }, Tasks, Console()).Compress(loaded));
        Assert.Equal(model, File.ReadAllText(Path.Combine(alone, "toy.adapter")));

        // Stopped in the second half: the same run goes on in it.
        string stopped = Directory.CreateDirectory(Path.Combine(folder, "stopped")).FullName;
        using (new PlantedFault("loss:13"))
            Assert.Equal(RunOutcome.NotFinite, new Experiment(small with { Folder = stopped }, Tasks, Console()).Run());
        Assert.Equal(["checkpoint-adapters.dat", "checkpoint-compression.dat"], Directory.GetFiles(stopped, "checkpoint*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        output.GetStringBuilder().Clear();
        Assert.Equal(RunOutcome.Finished, new Experiment(small with { Folder = stopped }, Tasks, Console()).Run());
        Assert.DoesNotContain(" 1/12 steps", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(" 1/14 steps", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(model, File.ReadAllText(Path.Combine(stopped, "toy.adapter")));
        Assert.Equal(trained, File.ReadAllBytes(Path.Combine(stopped, "toy.safetensors")));
    }

    [Fact]
    public void A_network_that_one_assembly_cannot_hold_is_compiled_in_parts()
    {
        // Tens of thousands of weights of fully connected layers: more than one assembly's tables and instructions take together.
        RunSettings wide = Settings() with { Channels = ValueArray.Of(32, 224), Training = TinyTasks.Options(2), Device = "esp32-psram", WithMultiHead = false };
        RunOutcome outcome = new Experiment(wide, Tasks, Console()).Run();
        Assert.True(errors.ToString().Length == 0, errors.ToString());
        Assert.Equal(RunOutcome.Finished, outcome);
        string text = output.ToString();
        Assert.Matches("Compile     [2-9] parts, ToyModelPart1.g.cs to ToyModel.g.cs", text);
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", text, StringComparison.Ordinal);
        Assert.Contains("class ToyModelPart1", File.ReadAllText(Path.Combine(folder, "ToyModelPart1.g.cs")), StringComparison.Ordinal);
        Assert.NotNull(ModelReader.Read(File.ReadAllText(Path.Combine(folder, "toy.adapter"))).Model!.Tasks[0].Accuracy);
    }

    [Fact]
    public void A_trained_network_that_no_device_of_the_name_holds_is_written_all_the_same()
    {
        // An image of 128 x 64 positions and 24 channels: more memory than the device has.
        var input = new InputSpec(Frames: 256, Bands: 128, Bits: 7);
        TaskData[] large = [.. Tasks.Select(task => task with { Train = Enlarge(task.Train), Validation = Enlarge(task.Validation), Test = Enlarge(task.Test) })];
        RunSettings settings = Settings() with { Input = input, Channels = ValueArray.Of(24, 2, 2), Training = TinyTasks.Options(1) with { BatchSize = 4 }, WithMultiHead = false };
        Assert.Equal(RunOutcome.Failed, new Experiment(settings, large, Console()).Run());
        Assert.Contains("ADC047", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("The trained network is in " + Path.Combine(folder, "toy.adapter"), errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(24, ModelReader.Read(File.ReadAllText(Path.Combine(folder, "toy.adapter"))).Model!.Shared[0].Channels.Count);

        static SliceSet Enlarge(SliceSet set) => new([.. set.Codes.Take(3).Select(codes => Enumerable.Repeat(codes, 128).SelectMany(each => each).ToArray())], [.. set.Classes.Take(3)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_writes_the_same_files(int threads)
    {
        TorchSharp.torch.set_num_threads(threads);
        string[] first = Files(), second = Files();
        Assert.Equal(first, second);

        string[] Files()
        {
            Assert.Equal(RunOutcome.Finished, new Experiment(Settings(), Tasks, Console()).Run());
            return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        }
    }

    [Fact]
    public void What_computed_and_what_was_not_learnt_stand_in_the_results()
    {
        var experiment = new Experiment(Settings() with { Training = TinyTasks.Options(1) }, Tasks, Console());
        Assert.Equal(RunOutcome.Finished, experiment.Run());
        Assert.Matches("^1 thread, [^,]+, oneDNN held at SSE41, channels last$", experiment.Result!.Machine);
        string page = File.ReadAllText(Path.Combine(folder, "results.md")), data = File.ReadAllText(Path.Combine(folder, "results.json"));
        Assert.Contains("Computed with 1 thread, ", page, StringComparison.Ordinal);
        Assert.Contains("\"machine\": \"1 thread, ", data, StringComparison.Ordinal);

        // One step is too few: the tasks end near chance, and all three places say so.
        Assert.NotEmpty(experiment.Result.Warnings);
        Assert.All(experiment.Result.Warnings, warning => Assert.Contains("Warning     " + warning, output.ToString(), StringComparison.Ordinal));
        Assert.All(experiment.Result.Warnings, warning => Assert.Contains("**Warning.** " + warning, page, StringComparison.Ordinal));
        Assert.Contains("\"warnings\": [\n    \"task-", data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_with_its_own_exit_code_and_the_same_command_goes_on()
    {
        Assert.Equal(RunOutcome.Finished, new Experiment(Settings(), Tasks, Console()).Run());
        string expected = File.ReadAllText(Path.Combine(folder, "toy.adapter"));
        File.Delete(Path.Combine(folder, "toy.adapter"));

        using (new PlantedFault("loss:7"))
        {
            RunOutcome outcome = new Experiment(Settings(), Tasks, Console()).Run();
            Assert.Equal(RunOutcome.NotFinite, outcome);
            Assert.Equal(4, ExitCode.Of(outcome));
        }

        Assert.StartsWith("error: step 7: the loss (NaN) is not finite, and training stopped there. ", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("holds the state after step 6", errors.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "toy.adapter")));

        Assert.Equal(RunOutcome.Finished, new Experiment(Settings(), Tasks, Console()).Run());
        Assert.Equal(expected, File.ReadAllText(Path.Combine(folder, "toy.adapter")));
    }

    [Fact]
    public void A_checkpoint_of_other_threads_goes_on_and_both_are_named()
    {
        using (new PlantedFault("loss:7"))
            Assert.Equal(RunOutcome.NotFinite, new Experiment(Settings(), Tasks, Console()).Run());
        TorchSharp.torch.set_num_threads(2);
        var experiment = new Experiment(Settings() with { WithMultiHead = false }, Tasks, Console());
        File.Move(Path.Combine(folder, "checkpoint-multi-head.dat"), Path.Combine(folder, "other.dat"));
        using (new PlantedFault("loss:7"))
            Assert.Equal(RunOutcome.NotFinite, experiment.Run());
        TorchSharp.torch.set_num_threads(1);
        Assert.Equal(RunOutcome.Finished, experiment.Run());
        Assert.Contains("The checkpoint's 6 steps were computed with 2 threads, ", output.ToString(), StringComparison.Ordinal);
        Assert.Matches("^2 threads, .* up to step 6, then 1 thread, ", experiment.Result!.Machine);
    }

    [Fact]
    public void A_checkpoint_of_another_command_is_named_and_left_alone()
    {
        File.WriteAllText(Path.Combine(folder, "checkpoint-multi-head.dat"), "not a checkpoint at all");
        Assert.Equal(RunOutcome.Failed, new Experiment(Settings(), Tasks, Console()).Run());
        Assert.Contains("cannot be continued", errors.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "checkpoint-multi-head.dat")));
    }

    public static TheoryData<string, Func<RunSettings, RunSettings>> Mistakes => new()
    {
        { "--name is 'Bad Name'", s => s with { Name = "Bad Name" } },
        { "--channels has 6 layers", s => s with { Channels = ValueArray.Of(1, 2, 3, 4, 5, 6) } },
        { "--channels has 0; a layer has 1 to 1024", s => s with { Channels = ValueArray.Of(2, 0) } },
        { "--alpha is 0;", s => s with { Alpha = 0 } },
        { "--steps is 0;", s => s with { Training = s.Training with { Steps = 0 } } },
        { "--batch is 3;", s => s with { Training = s.Training with { BatchSize = 3 } } },
        { "--lambda is -1;", s => s with { Training = s.Training with { Lambda = -1 } } },
        { "--weight-bits has 9;", s => s with { Quantisation = new QuantisationOptions(ValueArray.Of(9), 7) } },
        { "--activation-bits is 0;", s => s with { Quantisation = new QuantisationOptions(ValueArray.Of(8), 0) } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_a_sentence(string expected, Func<RunSettings, RunSettings> change)
    {
        Assert.Equal(RunOutcome.Failed, new Experiment(change(Settings()), Tasks, Console()).Run());
        Assert.StartsWith("error: " + expected, errors.ToString(), StringComparison.Ordinal);
    }

    private RunSettings Settings() => new(
        "toy", folder, "adapter-train train", TinyTasks.Input, TinyTasks.FrontEnd, ValueArray.Of(4, 6), 0.5m,
        TinyTasks.Options(12), QuantisationOptions.Default, "esp32", WithMultiHead: true);

    private RunConsole Console() => new(Plain(output), Plain(errors));

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
