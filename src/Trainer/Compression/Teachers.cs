using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Compression;

/// <summary>Float networks whose answers a small one learns: one that has all of its tasks, or one for each task, which may be larger and know more than the network that is made small ever did.</summary>
internal sealed class Teachers
{
    private readonly IReadOnlyList<MultiTaskNetwork> networks;
    private readonly bool isJoint;

    /// <summary>Teachers; they are put in evaluation mode and stay as they are.</summary>
    /// <param name="networks">One with all tasks in the small network's order, or as many of one task each.</param>
    /// <param name="tasks">Tasks of the small network.</param>
    /// <exception cref="ArgumentException">They have other tasks, or other classes.</exception>
    public Teachers(IReadOnlyList<MultiTaskNetwork> networks, IReadOnlyList<TaskShape> tasks)
    {
        if (!networks.SelectMany(network => network.Shape.Tasks).SequenceEqual(tasks))
            throw new ArgumentException("the teachers' tasks are others than the network's that is made small: " + string.Join(", ", networks.SelectMany(network => network.Shape.Tasks).Select(task => task.Name)), nameof(networks));
        isJoint = networks.Count == 1;
        if (!isJoint && networks.Count != tasks.Count)
            throw new ArgumentException("one teacher for all tasks or one for each", nameof(networks));
        this.networks = networks;
        foreach (MultiTaskNetwork network in networks)
            network.eval();
    }

    /// <summary>Logits for each slice of a batch; without gradients.</summary>
    /// <param name="codes">Input codes as floats, [n, 1, frames, bands].</param>
    /// <param name="slices">Which rows belong to which task.</param>
    public Tensor[] Answers(Tensor codes, IReadOnlyList<BatchSlice> slices)
    {
        using IDisposable noGradient = no_grad();
        return isJoint
            ? networks[0].Forward(codes, slices)
            : [.. slices.Select(slice => networks[slice.Task].Forward(codes.narrow(0, slice.Start, slice.Length), [new BatchSlice(0, 0, slice.Length)])[0])];
    }
}
