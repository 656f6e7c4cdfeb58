using System.Collections.Generic;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>A block and what it reads.</summary>
/// <param name="Block">Its weights may be changed: the layers above read what it computes after the visit.</param>
/// <param name="Inputs">ReLU outputs below, float64, [n, channels, …].</param>
/// <param name="Map">Norm and gate of those inputs, float64.</param>
/// <param name="Task">Index of the task; -1 is the shared encoder.</param>
/// <param name="Layer">Counted from 1.</param>
internal sealed record BlockVisit(EncoderBlock Block, Tensor Inputs, AffineMap Map, int Task, int Layer)
{
    /// <summary>Before ReLU, pooled: a value of each channel per row and position, [channels, values].</summary>
    public Tensor Channels() => Pooled().transpose(0, 1).flatten(1);

    /// <summary>Before ReLU, pooled: [n, channels, …].</summary>
    public Tensor Pooled()
    {
        Tensor weight = Block.Weight.to_type(ScalarType.Float64);
        return IntegerBlock.Accumulate(Block.Kind, Inputs, Map.FoldWeight(weight), Map.FoldBias(weight, Block.Bias.to_type(ScalarType.Float64)));
    }
}

/// <summary>
/// Goes through a network layer by layer in evaluation mode, in float64: slow, but independent of how the forward pass is laid out and of the libraries
/// that it uses, and repeatable.
/// </summary>
internal static class NetworkWalk
{
    /// <summary>The task index of the shared encoder.</summary>
    public const int SharedEncoder = -1;

    /// <summary>Visits the blocks: per layer the adapters in task order, then the shared encoder's.</summary>
    /// <param name="network">Its norms are those of evaluation mode.</param>
    /// <param name="codes">Input codes, [n, 1, frames, bands].</param>
    /// <param name="rows">Which of them are whose.</param>
    /// <param name="visit">Called before the block's outputs are computed.</param>
    public static void Run(MultiTaskNetwork network, Tensor codes, IReadOnlyList<BatchSlice> rows, System.Action<BlockVisit> visit)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using System.IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor below = codes.to_type(ScalarType.Float64);
        AffineMap map = Double(network.Input);
        var own = new (Tensor Outputs, AffineMap Map)?[rows.Count];
        for (int layer = 1; layer <= network.Shape.Layers; layer++)
        {
            for (int s = 0; s < rows.Count && network.Shape.Alpha is not null; s++)
            {
                Tensor read = below.narrow(0, rows[s].Start, rows[s].Length);
                EncoderBlock block = network.Adapters[rows[s].Task][layer - 1];
                own[s] = Pass(own[s] is { } o
                    ? new BlockVisit(block, cat([read, o.Outputs], 1), AffineMap.Concat([map, o.Map]), rows[s].Task, layer)
                    : new BlockVisit(block, read, map, rows[s].Task, layer));
            }

            (below, map) = Pass(new BlockVisit(network.Shared[layer - 1], below, map, SharedEncoder, layer));
        }

        (Tensor, AffineMap) Pass(BlockVisit at)
        {
            visit(at);
            return (at.Pooled().relu(), Double(at.Block.Normalise(network.Slope)));
        }
    }

    private static AffineMap Double(AffineMap map) => new(map.Scale.to_type(ScalarType.Float64), map.Shift.to_type(ScalarType.Float64));
}
