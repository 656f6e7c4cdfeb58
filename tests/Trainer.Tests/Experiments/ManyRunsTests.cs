using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using Spectre.Console;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments;

/// <summary>What a run leaves behind, what stands in its way, and what others make of it.</summary>
[Collection(TorchTests.Name)]
public sealed class ManyRunsTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();
    private readonly string folder = Directory.CreateTempSubdirectory("adapter-runs").FullName;
    private readonly StringWriter output = new(), errors = new();

    public ManyRunsTests() => TorchSharp.torch.set_num_threads(1);

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }

    [Fact]
    public void Quantising_finished_weights_writes_the_bytes_of_training_with_these_widths()
    {
        var narrow = new QuantisationOptions(ValueArray.Of(4), 5);
        RunSettings eight = Settings("eight"), four = Settings("four") with { Quantisation = narrow }, made = Settings("made") with { Quantisation = narrow };
        Assert.Equal(RunOutcome.Finished, Run(eight));
        Assert.Equal(RunOutcome.Finished, Run(four));
        using (FloatWeights weights = FloatWeights.Load(ModelTraining.WeightsFile(eight)))
            Assert.Equal(RunOutcome.Finished, new Experiment(made, Tasks, Console()).Quantise(weights));

        Assert.Equal("", errors.ToString());
        foreach (string file in new[] { "toy.adapter", "ToyModel.g.cs", "ToyModel.Weights.g.cs", "results.md", "results.json" })
            Assert.Equal(File.ReadAllText(Path.Combine(four.Folder, file)), File.ReadAllText(Path.Combine(made.Folder, file)));
        Assert.NotEqual(File.ReadAllText(Path.Combine(eight.Folder, "toy.adapter")), File.ReadAllText(Path.Combine(made.Folder, "toy.adapter")));
        Assert.Contains("\ncommand adapter-train train --weight-bits 4 --activation-bits 5\n", File.ReadAllText(Path.Combine(made.Folder, "toy.adapter")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_results_go_changes_no_byte()
    {
        RunSettings here = Settings("here"), there = Settings(Path.Combine("far", "away"));
        Assert.Equal(RunOutcome.Finished, Run(here));
        Assert.Equal(RunOutcome.Finished, Run(there));
        string[] files = [.. Directory.GetFiles(here.Folder).Select(path => Path.GetFileName(path))];
        Assert.Contains("toy.safetensors", files);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(here.Folder, file)), File.ReadAllBytes(Path.Combine(there.Folder, file))));
    }

    [Fact]
    public void A_folder_belongs_to_one_run()
    {
        using (RunFolder? first = RunFolder.Take(folder, out string? none))
        {
            Assert.NotNull(first);
            Assert.Null(none);
            Assert.Null(RunFolder.Take(folder, out string? taken));
            Assert.StartsWith($"another run works in {folder}. Wait until it ends", taken, StringComparison.Ordinal);
        }

        using RunFolder? second = RunFolder.Take(folder, out _);
        Assert.NotNull(second);
    }

    [Fact]
    public void A_place_that_is_no_folder_is_a_message()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.Null(RunFolder.Take(Path.Combine(file, "out"), out string? problem));
        Assert.StartsWith($"the output folder {Path.Combine(file, "out")} cannot be made: ", problem, StringComparison.Ordinal);
        Assert.EndsWith("Choose another with -o.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint-adapters.dat", false)]
    [InlineData("toy.safetensors", true)]
    [InlineData("results.json", true)]
    public void A_full_disk_is_a_message_and_the_same_command_goes_on(string file, bool isTrained)
    {
        RunSettings whole = Settings("whole"), broken = Settings("broken");
        Assert.Equal(RunOutcome.Finished, Run(whole));
        using (new PlantedFault("disk:" + file))
            Assert.Equal(RunOutcome.Failed, Run(broken));
        string said = Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('\r');
        Assert.StartsWith($"error: writing to {broken.Folder} failed: No space left on device : '{file}'. ", said, StringComparison.Ordinal);
        Assert.Equal(isTrained, said.EndsWith("and the same command goes on from it.", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(broken.Folder, "*.part"));

        Assert.Equal(RunOutcome.Finished, Run(broken));
        Assert.Equal(File.ReadAllText(Path.Combine(whole.Folder, "toy.adapter")), File.ReadAllText(Path.Combine(broken.Folder, "toy.adapter")));
    }

    [Fact]
    public void An_older_model_survives_a_full_disk()
    {
        RunSettings settings = Settings("out");
        Assert.Equal(RunOutcome.Finished, Run(settings));
        string before = File.ReadAllText(Path.Combine(settings.Folder, "toy.adapter"));
        using (new PlantedFault("disk:toy.adapter"))
            Assert.Equal(RunOutcome.Failed, Run(settings with { Training = settings.Training with { Seed = 99 } }));
        Assert.Equal(before, File.ReadAllText(Path.Combine(settings.Folder, "toy.adapter")));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(100, true)]
    public void Without_a_cost_or_with_the_switch_every_gate_stays_open(double lambda, bool allOpen)
    {
        RunSettings settings = Settings("open");
        settings = settings with { Training = settings.Training with { Lambda = lambda, AllOpen = allOpen } };
        var experiment = new Experiment(settings, Tasks, Console());
        Assert.Equal(RunOutcome.Finished, experiment.Run());
        Assert.All(experiment.Result!.Tasks, task => Assert.Equal(task.Channels, task.OpenChannels));
    }

    [Fact]
    public void The_same_cost_without_the_switch_closes_gates()
    {
        RunSettings closing = Settings("closing");
        var gated = new Experiment(closing with { Training = closing.Training with { Lambda = 100 } }, Tasks, Console());
        Assert.Equal(RunOutcome.Finished, gated.Run());
        Assert.Contains(gated.Result!.Tasks, task => task.OpenChannels < task.Channels);
    }

    [Fact]
    public void Results_for_programs_are_complete_and_agree_with_each_other()
    {
        RunSettings settings = Settings("out") with { WithMultiHead = true };
        var experiment = new Experiment(settings, Tasks, Console());
        Assert.Equal(RunOutcome.Finished, experiment.Run());
        JsonElement root = JsonDocument.Parse(File.ReadAllText(Path.Combine(settings.Folder, "results.json"))).RootElement;
        Assert.Equal(settings.Training.Lambda, root.GetProperty("lambda").GetDouble());
        Assert.Equal("parameters", root.GetProperty("costMeasure").GetString());
        Assert.Equal(0.5m, root.GetProperty("alpha").GetDecimal());
        Assert.Equal([4, 6], root.GetProperty("sharedChannels").EnumerateArray().Select(each => each.GetInt32()));
        Assert.Equal(12, root.GetProperty("steps").GetInt32());
        Assert.Equal(BuildCommit.Text, root.GetProperty("commit").GetString());
        Assert.True(root.GetProperty("multiplyAccumulates").GetInt64() > 0);
        Assert.True(root.GetProperty("ilBytes").GetInt32() > 0 && root.GetProperty("ramBytes").GetInt32() > 0);
        Assert.Equal(["task-a", "task-b", "all tasks"], root.GetProperty("windows").EnumerateArray().Select(each => each.GetProperty("askedFor").GetString()!));
        Assert.All(root.GetProperty("windows").EnumerateArray(), each => Assert.InRange(each.GetProperty("lowMicroseconds").GetInt64(), 1, each.GetProperty("highMicroseconds").GetInt64()));
        foreach (JsonElement task in root.GetProperty("tasks").EnumerateArray())
        {
            int classes = task.GetProperty("classes").GetInt32(), test = task.GetProperty("test").GetInt32();
            foreach ((string matrix, string right) in new[] { ("float", "adapters"), ("integer", "generated") })
            {
                int[][] counts = [.. task.GetProperty(matrix).GetProperty("counts").EnumerateArray().Select(row => row.EnumerateArray().Select(each => each.GetInt32()).ToArray())];
                Assert.Equal((classes, test), (counts.Length, counts.Sum(row => row.Sum())));
                Assert.Equal(task.GetProperty(right).GetInt32(), counts.Select((row, c) => row[c]).Sum());
                Assert.Equal(classes, task.GetProperty(matrix).GetProperty("recall").GetArrayLength());
            }

            // The head alone, in thousands of weights and millions of operations: classes x the last shared layer's 6 channels.
            Assert.Equal(classes * 6 / 1e3, task.GetProperty("multiHeadCost").GetProperty("parameters").GetDouble(), 6);
            Assert.Equal(2 * classes * 6 / 1e6, task.GetProperty("multiHeadCost").GetProperty("flops").GetDouble(), 6);
            Assert.True(task.GetProperty("cost").GetProperty("parameters").GetDouble() > task.GetProperty("multiHeadCost").GetProperty("parameters").GetDouble());
        }

        Assert.Contains("| task-a, integer |", File.ReadAllText(Path.Combine(settings.Folder, "results.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_has_a_line_whenever_one_is_due()
    {
        using var log = new StringWriter();
        var console = new RunConsole(Plain(log), Plain(errors), TimeSpan.Zero);
        Assert.Equal(3, console.Working("Reading", "files", report =>
        {
            for (int file = 1; file <= 3; file++)
                report!(file, 3);
            return 3;
        }));
        Assert.Equal(["Reading     1/3 files", "Reading     2/3 files", "Reading     3/3 files"], log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        console.Training("Adapters", 2, show =>
        {
            for (int step = 1; step <= 2; step++)
                show(new TrainingStatus(new StepReport(step, 1, [0.5], 0.6), ["task"], HasGates: true, TimeSpan.Zero, Finished: step == 2));
        });
        Assert.Equal(5, log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("0.1.0+e6de63cec3791234567890123456789012345678", "e6de63cec379")]
    [InlineData("0.1.0+e6de63cec3791234567890123456789012345678-modified", "e6de63cec379-modified")]
    [InlineData("0.1.0", "unknown")]
    public void Results_name_the_commit_of_the_build(string version, string commit) => Assert.Equal(commit, BuildCommit.Of(version));

    private RunOutcome Run(RunSettings settings) => new Experiment(settings, Tasks, Console()).Run();

    private RunSettings Settings(string name) => new(
        "toy", Path.Combine(folder, name), "adapter-train train", TinyTasks.Input, TinyTasks.FrontEnd, ValueArray.Of(4, 6), 0.5m,
        TinyTasks.Options(12), QuantisationOptions.Default, "esp32", WithMultiHead: false);

    private RunConsole Console() => new(Plain(output), Plain(errors));

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
