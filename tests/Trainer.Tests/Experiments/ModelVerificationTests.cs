using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Experiments;

[Collection(TorchTests.Name)]
public sealed class ModelVerificationTests
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make(tasks: 2, slices: 12);

    /// <summary>Nothing differs; one logit that does is noticed, and so is an accuracy in the file that is not the model's.</summary>
    [Fact]
    public void What_differs_is_counted()
    {
        set_num_threads(1);
        using var network = new MultiTaskNetwork(TinyTasks.Shape(Tasks), seed: 3);
        var quantiser = new Quantiser(network, QuantisationOptions.Default);
        ModelArtifact model = quantiser.Export(
            quantiser.Calibrate([.. Tasks.Select(task => task.Train)]), quantiser.TrainedGates(), new ModelLabels("tiny", "test", TinyTasks.FrontEnd, [.. Tasks.Select(task => task.Labels)]));
        (Deployment? deployment, IReadOnlyList<string> errors) = Deployment.Compile(ModelWriter.Write(model), "tiny.adapter", "Tiny", "esp32");
        Assert.Empty(errors);
        int[] tests = [.. Tasks.Select(task => task.Test.Count)];
        int slices = tests.Sum();

        var same = ModelVerification.Run(model, deployment!, Tasks, Console());
        Assert.Equal((slices, slices), (same.Slices, same.Equal));
        Assert.Equal((long)slices * Tasks.Sum(task => task.Labels.Count), same.Logits);
        Assert.Equal(IntegerForward.Correct(model, [.. Tasks.Select(task => task.Test)]), same.Right);
        Assert.True(same.Holds(tests));

        int[][][] trainer = [.. Tasks.Select((task, k) => IntegerForward.Logits(model, k, task.Test.Codes))];
        trainer[1][2][^1]++;
        var different = Verification.Run(NetworkBuilder.Build(model), deployment!, Tasks, logits: (task, slice) => trainer[task][slice]);
        Assert.Equal((slices, slices - 1), (different.Slices, different.Equal));
        Assert.False((same with { Equal = different.Equal }).Holds(tests));

        Assert.True(Said(0).Holds(tests));
        Assert.False(Said(1).Holds(tests));

        ModelVerification Said(int more) => ModelVerification.Run(
            model with { Tasks = model.Tasks.Select((task, k) => task with { Accuracy = new MeasuredAccuracy(tests[k], 0, same.Right[k] + (k == 1 ? more : 0)) }).ToValueArray() }, deployment!, Tasks, Console());
    }

    private static RunConsole Console() => new(Silent(), Silent());

    private static IAnsiConsole Silent() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
