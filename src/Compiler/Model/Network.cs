using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Model;

/// <summary>
/// The network that will run: only the chosen tasks, only channels that something reads, gates and offsets folded away.
/// Nothing from here on knows what a gate is.
/// </summary>
/// <param name="Name">The model's name.</param>
/// <param name="Input">Input shape.</param>
/// <param name="Layers">Layers, first to last; each holds the shared block and one block per task.</param>
/// <param name="Tasks">Chosen tasks in file order; a task's position is its bit and its index in every <see cref="Layer.Adapters"/>.</param>
public sealed record Network(string Name, InputSpec Input, ValueArray<Layer> Layers, ValueArray<NetworkTask> Tasks)
{
    /// <summary>Channels that do no work, found by <see cref="ConstantFolding"/>; by layer, shared block first, in the order of the file.</summary>
    public ValueArray<IdleChannel> Idle { get; init; } = ValueArray<IdleChannel>.Empty;

    /// <summary>How it runs on a stream, its layers being those of a step; null where it runs on whole windows.</summary>
    public Streaming? Streaming { get; init; }

    /// <summary>Where the model comes from, for headers and reports; null for a network that was read from no file.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>The largest codes that a block reads.</summary>
    /// <param name="layer">A layer of this network.</param>
    /// <param name="task">Index of the block's task; null for the shared encoder.</param>
    public InputMaxima MaximaOf(Layer layer, int? task)
    {
        Layer? below = layer.Index == 1 ? null : Layers[layer.Index - 2];
        int own = below is not null && task is { } k && layer.Adapters[k].OwnInputs > 0 ? below.Adapters[k].ActivationMax : 0;
        return new InputMaxima(below?.Shared.ActivationMax ?? Input.CodeMax, own);
    }

    /// <summary>The largest codes that a task's head reads.</summary>
    public InputMaxima HeadMaximaOf(int task)
    {
        Layer top = Layers[Layers.Count - 1];
        return new InputMaxima(top.Shared.ActivationMax, Tasks[task].OwnInputs > 0 ? top.Adapters[task].ActivationMax : 0);
    }
}

/// <summary>One depth of the network. Shapes are the same for the shared encoder and all adapters.</summary>
/// <param name="Index">From 1.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="InputRows">Rows (time) read; 1 for dense layers.</param>
/// <param name="InputColumns">Columns (frequency) read; 1 for dense layers.</param>
/// <param name="OutputRows">Rows written, after pooling.</param>
/// <param name="OutputColumns">Columns written, after pooling.</param>
/// <param name="Shared">The shared encoder's block.</param>
/// <param name="Adapters">One per task; without channels where every gate is closed.</param>
public sealed record Layer(
    int Index,
    LayerKind Kind,
    int InputRows,
    int InputColumns,
    int OutputRows,
    int OutputColumns,
    Block Shared,
    ValueArray<Block> Adapters)
{
    /// <summary>Rows of its input that are new at a time where it runs on a stream, the others being kept from before; 0 where all are.</summary>
    public int FreshRows { get; init; }

    /// <summary>How often it runs for a decision.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Rows whose maxima it keeps for a decision: the last convolution on a stream; 0 for others.</summary>
    public int MaximumRows { get; init; }

    /// <summary>It keeps rows of its input from one run to the next.</summary>
    public bool IsStreamed => FreshRows > 0;

    /// <summary>What <see cref="Kind"/> means.</summary>
    public LayerOperator Operator => LayerOperators.Of(Kind);

    /// <summary>Shape of every channel that is read.</summary>
    public ImageShape Input => new(InputRows, InputColumns);

    /// <summary>The shared block, which has no task, then every adapter.</summary>
    public IEnumerable<(int? Task, Block Block)> Blocks => Adapters.Select((block, task) => ((int?)task, block)).Prepend((null, Shared));

    /// <summary>The block of a task's adapter; null asks for the shared one.</summary>
    public Block BlockOf(int? task) => task is { } k ? Adapters[k] : Shared;

    /// <summary>Channels of all blocks.</summary>
    public int Channels => Shared.Channels.Count + Adapters.Sum(block => block.Channels.Count);
}

/// <summary>What one encoder computes at one depth.</summary>
/// <param name="SharedInputs">Channels of the shared block below (the input image below the first layer).</param>
/// <param name="OwnInputs">Channels kept of the same adapter's block below.</param>
/// <param name="WeightBits">Width of a weight.</param>
/// <param name="ActivationMax">Largest output code, A.</param>
/// <param name="DeclaredChannels">Channels in the model file, closed ones included.</param>
/// <param name="Channels">Channels kept.</param>
public sealed record Block(
    int SharedInputs,
    int OwnInputs,
    int WeightBits,
    int ActivationMax,
    int DeclaredChannels,
    ValueArray<Channel> Channels);

/// <summary>One output channel: code = min(A, max(0, bias + sum w * q) >> shift).</summary>
/// <param name="Number">Its position in the model file, from 1.</param>
/// <param name="Bias">Bias, with rounding and norm shifts; the range proof, not this type, says that it fits Int32.</param>
/// <param name="Shift">Requantisation shift.</param>
/// <param name="Weights">Shared inputs, then own inputs; taps row-major within an input.</param>
public sealed record Channel(int Number, long Bias, int Shift, ValueArray<sbyte> Weights);

/// <summary>A task's name, classes and head.</summary>
/// <param name="Name">Name in the model file.</param>
/// <param name="Labels">One per class.</param>
/// <param name="Accuracy">As measured by the trainer, or null.</param>
/// <param name="SharedInputs">Width of the shared embedding.</param>
/// <param name="OwnInputs">Width of the adapter's kept embedding.</param>
/// <param name="LogitScale">Real value of one logit unit, decimal text.</param>
/// <param name="Classes">One per label.</param>
public sealed record NetworkTask(
    string Name,
    ValueArray<string> Labels,
    MeasuredAccuracy? Accuracy,
    int SharedInputs,
    int OwnInputs,
    string LogitScale,
    ValueArray<HeadClass> Classes)
{
    /// <summary>When a decision is a detection; null where the model file does not say.</summary>
    public DetectionRule? Detection { get; init; }

    /// <summary>Ints for the last decisions.</summary>
    public int RecentLength => Detection?.RecentLength ?? 0;
}

/// <summary>One class: logit = bias + sum w * q.</summary>
public sealed record HeadClass(long Bias, ValueArray<sbyte> Weights);
