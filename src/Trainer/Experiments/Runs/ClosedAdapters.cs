using System.Linq;
using AdapterCompiler.Trainer.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>A multi-head or single-task network as the model file knows it: with adapters of one channel a layer, every gate closed. It answers the same.</summary>
internal static class ClosedAdapters
{
    /// <summary>So small a share that every layer gets its one channel.</summary>
    private const decimal Alpha = 0.001m;

    /// <summary>Adds them.</summary>
    /// <param name="plain">A trained network without adapters.</param>
    /// <returns>A network of its own, in evaluation mode.</returns>
    public static MultiTaskNetwork Of(MultiTaskNetwork plain)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using System.IDisposable noGradient = no_grad();
        var network = new MultiTaskNetwork(plain.Shape with { Alpha = Alpha }, seed: 1);
        using DisposeScope scope = NewDisposeScope();
        var sources = plain.named_parameters().Select(p => (p.name, Values: (Tensor)p.parameter)).Concat(plain.named_buffers().Select(b => (b.name, Values: b.buffer)))
            .ToDictionary(each => each.name, each => each.Values, System.StringComparer.Ordinal);
        foreach ((string name, Tensor target) in network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(network.named_buffers().Select(b => (b.name, b.buffer))))
        {
            if (!sources.TryGetValue(name, out Tensor? source))
                continue;
            if (source.numel() == target.numel())
                target.copy_(source);
            else
                target.copy_(nn.functional.pad(source, [0, target.shape[1] - source.shape[1]]));
        }

        foreach (Parameter gate in network.GateVariables)
            gate.fill_(-1);
        network.Slope = Gates.LastSlope;
        network.eval();
        return network;
    }
}
