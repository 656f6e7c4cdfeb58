using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments;

/// <summary>A task added to a model that is in the field: the model's lines stay, and the new task is learnt beside its integers.</summary>
[Collection(TorchTests.Name)]
public sealed class AddedTasksTests : IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make(3);

    private readonly string folder = Directory.CreateTempSubdirectory("adapter-added").FullName;
    private readonly QuietConsole terminal = new();

    public AddedTasksTests() => torch.set_num_threads(1);

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        terminal.Dispose();
    }

    [Fact]
    public void What_the_model_had_stays_line_for_line_and_the_new_task_is_learnt()
    {
        ModelArtifact old = Trained();
        string before = ModelWriter.Write(old);
        RunSettings settings = Settings(lambda: 1e-4);
        AddedTasks added = AddedTasks.Run(old, settings, [Tasks[2]], Path.Combine(folder, "checkpoint"), terminal.Console)!;
        Assert.Equal(before, ModelWriter.Write(added.Model with { Command = old.Command, Provenance = old.Provenance, Tasks = added.Model.Tasks.Take(2).ToValueArray() }));
        Assert.Equal("task-c", added.Model.Tasks[2].Name);
        // The first tasks' data is not known, so that of all is not.
        Assert.Equal(new Provenance(BuildCommit.Version, BuildCommit.Text, Provenance.Unknown), added.Model.Provenance);
        Assert.StartsWith(old.Command + "; adapter-train add-task", added.Model.Command, StringComparison.Ordinal);

        // Compiled, run, and compared with the interpreter on every slice and logit; the old tasks' answers are what they were.
        AddedModel result = AddedModel.Of(added, old, settings, [Tasks[2]], terminal.Console, out IReadOnlyList<string> errors);
        Assert.Empty(errors);
        Assert.Equal((24, 24), (result.Verified.Slices, result.Verified.Equal));
        ModelArtifact read = ModelReader.Read(result.Text).Model!;
        int right = IntegerForward.Correct(read, [.. Tasks.Select(task => task.Test)])[2];
        Assert.Equal(right, read.Tasks[2].Accuracy!.QuantisedCorrect);
        Assert.Equal((24, right), (read.Tasks[2].Accuracy!.Confusion.Sum(row => row.Sum()), read.Tasks[2].Accuracy!.Confusion.Select((row, c) => row[c]).Sum()));
        Assert.InRange(right, 18, 24);
        Assert.Equal(Enumerable.Range(0, 2).Select(k => IntegerForward.Classify(old, k, Tasks[k].Test.Codes)), Enumerable.Range(0, 2).Select(k => IntegerForward.Classify(read, k, Tasks[k].Test.Codes)));
    }

    [Fact]
    public void The_encoder_in_floats_is_what_the_integers_say()
    {
        ModelArtifact model = Trained();
        using DisposeScope scope = torch.NewDisposeScope();
        using MultiTaskNetwork network = DequantisedEncoder.Of(model, InputStatistics.Of(Tasks));
        torch.Tensor images = BatchSource.Images([.. Tasks[0].Test.Codes], TinyTasks.Input);
        IntegerTrace integers = IntegerForward.Run(model, images.to_type(torch.ScalarType.Float64));
        ForwardTrace floats = network.Trace(images, [new BatchSlice(0, 0, 24)]);
        for (int i = 0; i < model.Shared.Count; i++)
        {
            double[] scale = DequantisedEncoder.CodeScale(model.Shared[i]);
            torch.Tensor real = integers.Shared[i] * IntegerBlock.PerChannel(torch.tensor(scale), integers.Shared[i]), own = floats.Shared[i].to_type(torch.ScalarType.Float64);

            // Where a code is at its largest the float goes on; a step is half a code. On top come errors of the layers below, and behind images what floats of those go beyond the largest code.
            torch.Tensor most = IntegerBlock.PerChannel(torch.tensor(scale.Select(each => each * 127).ToArray()), real);
            double error = ((own.minimum(most) - real).abs() / IntegerBlock.PerChannel(torch.tensor(scale), real)).mean().item<double>();
            Assert.True(error < (i == 0 ? 0.51 : model.Shared[i].Operator.WritesImage ? 2 : 3), $"layer {i + 1}: {error:F2} codes");
        }
    }

    [Fact]
    public void An_encoder_of_another_shape_is_not_taken()
    {
        ModelArtifact model = Trained();
        Assert.Equal([4, 6, 8], DequantisedEncoder.Channels(model)!);
        Assert.Null(DequantisedEncoder.Channels(model with { Shared = model.Shared.Skip(1).Reverse().ToValueArray() }));
        Assert.Null(DequantisedEncoder.Channels(model with { Shared = model.Shared.Take(1).ToValueArray() }));
    }

    private static ModelArtifact Trained()
    {
        TaskData[] first = [Tasks[0], Tasks[1]];
        using var session = new TrainingSession(TinyTasks.Shape(first), first, TinyTasks.Options(60, 1e-4, rate: 1e-2));
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        var quantiser = new Quantiser(session.Network, QuantisationOptions.Default);
        return quantiser.Export(
            quantiser.Calibrate([.. first.Select(task => task.Train)]), quantiser.TrainedGates(), new ModelLabels("tiny", "adapter-train train", TinyTasks.FrontEnd, [.. first.Select(task => task.Labels)]));
    }

    private RunSettings Settings(double lambda) => new(
        "tiny", folder, "adapter-train add-task", TinyTasks.Input, TinyTasks.FrontEnd, ValueArray.Of(4, 6, 8), 0.5m, TinyTasks.Options(80, lambda, rate: 1e-2), AddedTasks.Widths(Trained()), "esp32", WithMultiHead: false);
}
