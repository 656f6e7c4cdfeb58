using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Least and greatest output of every channel of some layers, over all that was added.</summary>
/// <param name="layers">Number of layers; none of them need ever be added.</param>
internal sealed class ChannelRanges(int layers)
{
    private readonly (double[] Least, double[] Greatest)[] ranges = [.. Enumerable.Repeat((Array.Empty<double>(), Array.Empty<double>()), layers)];

    /// <summary>Widens the ranges.</summary>
    /// <param name="outputs">Per layer [n, channels, …]; no layers = nothing.</param>
    public void Add(IReadOnlyList<Tensor> outputs)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor channels = outputs[i].transpose(0, 1).flatten(1).to_type(ScalarType.Float64);
            double[] least = channels.amin(1).data<double>().ToArray(), greatest = channels.amax(1).data<double>().ToArray();
            ranges[i] = ranges[i].Least.Length == 0
                ? (least, greatest)
                : ([.. ranges[i].Least.Zip(least, Math.Min)], [.. ranges[i].Greatest.Zip(greatest, Math.Max)]);
        }
    }

    /// <summary>Per layer and channel: it never changed by more than a share of its greatest value.</summary>
    public bool[][] Constant(double share) => [.. ranges.Select(r => r.Least.Zip(r.Greatest, (least, greatest) => greatest - least <= share * greatest).ToArray())];
}
