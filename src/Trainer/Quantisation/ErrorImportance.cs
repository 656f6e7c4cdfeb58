using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// What an error of an embedding or of logits is to be compared with: the spread of the slice's own logits. Where a frozen encoder makes ten times as much of one task's slices as of
/// another's, plain squares would give the other hardly a code.
/// </summary>
/// <param name="Slices">Per slice, whole numbers from 1 as float64, so that sums of codes weighed by them stay exact.</param>
/// <param name="Errors">Factor of a squared error, [slices, outputs or 1].</param>
internal sealed record ErrorImportance(Tensor Slices, Tensor Errors)
{
    /// <summary>What a slice of mean importance has in <see cref="Slices"/>.</summary>
    private const double MeanSlice = 256;

    /// <summary>Keeps factors finite where logits do not differ or no class reads an output.</summary>
    private const double Tiny = 1e-30;

    /// <summary>Of errors in a task's logits, or in its adapter's embedding.</summary>
    /// <param name="logits">The float network's, float64, [slices, classes].</param>
    public static ErrorImportance OfLogits(Tensor logits) => Of(BySpread(logits).reshape(-1, 1));

    /// <summary>Of errors in the shared embedding: of each task's slices by what its head makes of them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="logits">Per task.</param>
    public static ErrorImportance OfShared(MultiTaskNetwork network, IReadOnlyList<Tensor> logits)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        ErrorImportance all = Of(cat([.. logits.Select((each, k) => BySpread(each).reshape(-1, 1) * Read(network, k).reshape(1, -1))]));
        return new ErrorImportance(all.Slices.MoveToOuterDisposeScope(), all.Errors.MoveToOuterDisposeScope());
    }

    private static ErrorImportance Of(Tensor errors)
    {
        Tensor slices = errors.mean([1]);
        return new ErrorImportance((slices / slices.mean() * MeanSlice).round().clamp_min(1), errors);
    }

    /// <summary>1 over a slice's spread, to which the mean spread is added: a slice that says little is not to outweigh all others.</summary>
    private static Tensor BySpread(Tensor logits)
    {
        Tensor spread = (logits - logits.mean([1], keepdim: true)).pow(2).mean([1]);
        return 1 / (spread + spread.mean() + Tiny);
    }

    /// <summary>Mean square of what the classes, but for what all have in common, read of each shared embedding channel.</summary>
    private static Tensor Read(MultiTaskNetwork network, int task)
    {
        Tensor weights = network.Heads[task].Weight.narrow(1, 0, network.Shape.Shared(network.Shape.Layers)).to_type(ScalarType.Float64);
        Tensor read = weights * network.Shared[^1].Norm().Scale.to_type(ScalarType.Float64).reshape(1, -1);
        return (read - read.mean([0], keepdim: true)).pow(2).mean([0]) + Tiny;
    }
}
