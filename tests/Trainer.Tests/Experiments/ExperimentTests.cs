using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
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
        Assert.Equal(result.Tasks.Select(t => new MeasuredAccuracy(24, t.Adapters, t.Interpreter)), model.Tasks.Select(t => t.Accuracy));
        Assert.Contains("class ToyModel", File.ReadAllText(Path.Combine(folder, "ToyModel.g.cs")), StringComparison.Ordinal);
        Assert.Contains("48 of 48 slices: generated code = interpreter, every logit", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("| task-a | 3 | 0.333 |", File.ReadAllText(Path.Combine(folder, "results.md")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "checkpoint*"));
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void The_same_seed_writes_the_same_files()
    {
        string[] first = Files(), second = Files();
        Assert.Equal(first, second);

        string[] Files()
        {
            Assert.Equal(RunOutcome.Finished, new Experiment(Settings(), Tasks, Console()).Run());
            return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        }
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
