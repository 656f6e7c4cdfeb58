using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>
/// Self-supervised pretraining of an encoder in the manner of Audio2Vec's CBoW (Tagliasacchi et al. 2019): the spectrogram of the middle third of a slice from the embeddings of the thirds
/// before and after it, each through a linear map of its own, the maps' results added. No label is looked at.
/// </summary>
internal sealed class ContextPrediction : IDisposable
{
    private const int Thirds = 3, Contexts = 2, ValidationSlices = 256;

    private const int SampleStream = 21, ValidationStream = 22;

    private readonly IReadOnlyList<TaskData> tasks;
    private readonly InputSpec input;
    private readonly TrainingOptions options;
    private readonly AdamOptimiser optimiser;
    private readonly double mean, deviation;

    /// <summary>A session before its first step.</summary>
    /// <param name="channels">Of the encoder.</param>
    /// <param name="input">Shape of a whole slice; its frames are a multiple of three.</param>
    /// <param name="tasks">Where slices come from, each task alike.</param>
    /// <param name="options">Steps, batch, learning rate and seed.</param>
    public ContextPrediction(ValueArray<int> channels, InputSpec input, IReadOnlyList<TaskData> tasks, TrainingOptions options)
    {
        (this.tasks, this.options, this.input) = (tasks, options, input with { Frames = input.Frames / Thirds });
        Network = new MultiTaskNetwork(Shape(channels, input), options.Seed);
        var statistics = InputStatistics.Of(tasks);
        (mean, deviation) = (statistics.Mean, statistics.Deviation);
        byte[][] sample = [.. tasks.SelectMany(task => Evaluator.Thin(task.Train, 32).Codes).Select(codes => codes[..Pixels])];
        FiringStart.Prepare(Network, [new TaskData("context", ["a", "b"], new SliceSet(sample, new int[sample.Length]), new SliceSet([], []), new SliceSet([], []))]);
        Network.CentreInput(mean, deviation);
        optimiser = new AdamOptimiser(Network.named_parameters().Select(p => (p.name, p.parameter)));
    }

    /// <summary>The encoder, with the two linear maps as its only head.</summary>
    public MultiTaskNetwork Network { get; }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    private int Pixels => input.Frames * input.Bands;

    /// <summary>Sizes of its network.</summary>
    public static NetworkShape Shape(ValueArray<int> channels, InputSpec input)
    {
        InputSpec third = input with { Frames = input.Frames / Thirds };
        return new NetworkShape(third, channels, Alpha: null, ValueArray.Of(new TaskShape("context", Contexts * third.Frames * third.Bands)));
    }

    /// <summary>Runs one step.</summary>
    /// <returns>Mean squared error of the middle's codes, in their variance.</returns>
    public double RunStep()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        Network.train();
        byte[][] slices = [.. Enumerable.Range(0, options.BatchSize).Select(i =>
        {
            SliceSet set = tasks[i % tasks.Count].Train;
            return set.Codes[new SeededRandom(options.Seed, SampleStream, Step, i).Next(set.Count)];
        })];
        Tensor loss = Error(slices);
        optimiser.ZeroGradients();
        loss.backward();
        if (!float.IsFinite(loss.item<float>()))
            throw new NotFiniteException(FormattableString.Invariant($"step {Step + 1}: the loss is not finite"));
        optimiser.Step(Step, _ => options.Rate(Step));
        Step++;
        return loss.item<float>();
    }

    /// <summary>Share of the variance of validation slices' middles that is explained; 0 is what the mean explains.</summary>
    public double Explained()
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Network.eval();
        byte[][] slices = [.. Enumerable.Range(0, ValidationSlices).Select(i =>
        {
            SliceSet set = tasks[i % tasks.Count].Validation;
            return set.Codes[new SeededRandom(1, ValidationStream, i).Next(set.Count)];
        })];
        Tensor middle = Middles(slices);
        return 1 - (Error(slices).item<float>() / (middle - middle.mean()).square().mean().item<float>());
    }

    /// <summary>State for a checkpoint.</summary>
    public void Save(string path, string identity) => new TensorArchive(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = identity, ["step"] = FormattableString.Invariant($"{Step}") }, TensorArchive.Copy(State())).Save(path);

    /// <summary>Goes on where a checkpoint stopped.</summary>
    /// <exception cref="System.IO.InvalidDataException">It is of another run.</exception>
    public void Load(string path, string identity)
    {
        TensorArchive archive = TensorArchive.Load(path);
        if (archive.Texts.GetValueOrDefault("run") != identity)
            throw new System.IO.InvalidDataException($"{path} belongs to another run: delete it");
        TensorArchive.Restore(State(), archive.Values);
        Step = int.Parse(archive.Texts["step"], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        optimiser.Dispose();
        Network.Dispose();
    }

    private Tensor Error(byte[][] slices)
    {
        int rows = slices.Length;
        Tensor contexts = BatchSource.Images([.. slices.Select(codes => codes[..Pixels]), .. slices.Select(codes => codes[^Pixels..])], input);
        Tensor found = Network.Forward(contexts, [new BatchSlice(0, 0, Contexts * rows)])[0];
        Tensor predicted = found.narrow(0, 0, rows).narrow(1, 0, Pixels) + found.narrow(0, rows, rows).narrow(1, Pixels, Pixels);
        return (predicted - Middles(slices)).square().mean();
    }

    private Tensor Middles(byte[][] slices) => (BatchSource.Images([.. slices.Select(codes => codes[Pixels..(2 * Pixels)])], input).flatten(1) - mean) / deviation;

    private IEnumerable<(string Name, Tensor Values)> State() => Network.named_parameters().Select(p => (p.name, (Tensor)p.parameter))
        .Concat(Network.named_buffers().Select(b => (b.name, b.buffer))).Concat(optimiser.State);
}
