using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Compression;

/// <summary>Trained networks of toy tasks that are made small.</summary>
internal static class TinyNetworks
{
    /// <summary>What a model of them says.</summary>
    public static ModelLabels Labels(IReadOnlyList<TaskData> tasks) => new("tiny", "test", TinyTasks.FrontEnd, [.. tasks.Select(task => task.Labels)]);

    /// <summary>Tasks whose codes have lost bits.</summary>
    public static IReadOnlyList<TaskData> Reading(IReadOnlyList<TaskData> tasks, int bits) => [.. tasks.Select(task => UpperBits.Of(task, TinyTasks.Input.Bits - bits))];

    /// <summary>The same network once more, reading so many bits of a code.</summary>
    public static MultiTaskNetwork Copy(MultiTaskNetwork network, int? bits = null)
    {
        using System.IDisposable noGradient = no_grad();
        int whole = network.Shape.Input.Bits, read = bits ?? whole;
        var copy = new MultiTaskNetwork(network.Shape with { Input = network.Shape.Input with { Bits = read } }, seed: 1) { Slope = network.Slope };
        foreach ((Tensor target, Tensor source) in Values(copy).Zip(Values(network)))
            target.copy_(source);
        copy.LoseInputBits(whole - read);
        return copy;

        static IEnumerable<Tensor> Values(MultiTaskNetwork each) => each.named_parameters().Select(p => (Tensor)p.parameter).Concat(each.named_buffers().Select(b => b.buffer));
    }

    /// <summary>A trained network with a third of its gates closed.</summary>
    public static MultiTaskNetwork Trained(IReadOnlyList<TaskData> tasks, int seed, int steps = 25)
    {
        var session = new TrainingSession(TinyTasks.Shape(tasks), tasks, TinyTasks.Options(steps, rate: 1e-2) with { Seed = seed });
        while (!session.Finished)
            session.RunStep();
        session.UseBest();
        using System.IDisposable noGradient = no_grad();
        var random = new SeededRandom(seed, 43);
        foreach (EncoderBlock block in session.Network.Adapters.SelectMany(blocks => blocks))
            block.Gate!.copy_(tensor([.. Enumerable.Range(0, (int)block.Gate.numel()).Select(_ => random.Next(3) == 0 ? -1f : 1f)]));
        return session.Network;
    }
}
