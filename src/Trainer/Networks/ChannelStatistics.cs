using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>Mean and variance of each channel's pooled ReLU outputs, over rows and positions.</summary>
/// <param name="Mean">[channels].</param>
/// <param name="Variance">Squared deviations over <paramref name="Count"/>, [channels].</param>
/// <param name="Count">Values of a channel.</param>
internal sealed record ChannelStatistics(Tensor Mean, Tensor Variance, long Count)
{
    /// <summary>Of [n, channels, rows, columns] or [n, channels].</summary>
    public static ChannelStatistics Of(Tensor outputs)
    {
        (Tensor variance, Tensor mean) = var_mean(outputs, outputs.dim() == 2 ? [0] : new long[] { 0, 2, 3 }, unbiased: false);
        return new ChannelStatistics(mean, variance, outputs.numel() / outputs.shape[1]);
    }

    /// <summary>Of all parts together, as if their rows had been one tensor: the parts' variances and the means' own around the common mean.</summary>
    public static ChannelStatistics Pool(IReadOnlyList<ChannelStatistics> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        long count = parts.Sum(part => part.Count);
        Tensor shares = tensor(parts.Select(part => (double)part.Count / count).ToArray()).to_type(parts[0].Mean.dtype).unsqueeze(1);
        Tensor means = stack(parts.Select(part => part.Mean).ToArray());
        Tensor mean = (means * shares).sum([0]);
        Tensor within = stack(parts.Select(part => part.Variance).ToArray());
        return new ChannelStatistics(mean, ((within + (means - mean).square()) * shares).sum([0]), count);
    }

    /// <summary>Some channels' own.</summary>
    public ChannelStatistics Channels(long first, long count) => new(Mean.narrow(0, first, count), Variance.narrow(0, first, count), Count);
}
