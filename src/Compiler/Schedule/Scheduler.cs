using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Network and kernels to program: the order of the blocks, and names.</summary>
public static class Scheduler
{
    /// <summary>Members of every generated class; no task may take their names.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
    [
        .. KernelRegistry.MethodNames,
        "Run", "AllTasks", "InputLength", "Frames", "Bands", "Arena", "arena", "Lanes", "lanes", "Weights", "Biases", "Shifts", "LaneShifts", "Heads",
        "Equals", "ReferenceEquals", "ToString", "GetHashCode", "GetType", "Finalize", "MemberwiseClone",
    ];

    /// <summary>Orders the steps of a network under a plan.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="className">Name of the generated class, which no member may share.</param>
    /// <param name="plan">The kernels; lane formats proven for their layers.</param>
    /// <param name="parts">Classes that it will be cut into: no member may share their names either.</param>
    public static ScheduledProgram Of(Network network, string className, KernelPlan plan, int parts = 1) => Of(new LaneProofs(network), className, plan, parts);

    /// <summary>The same, with proofs that are there already.</summary>
    /// <param name="proofs">Of the network.</param>
    /// <param name="className">As above.</param>
    /// <param name="plan">As above.</param>
    /// <param name="parts">As above.</param>
    public static ScheduledProgram Of(LaneProofs proofs, string className, KernelPlan plan, int parts = 1)
    {
        Network network = proofs.Network;
        ScheduledBlock[] schedule = [.. ScheduledBlock.Of(network)];
        ValueArray<LaneLayer> lanes = LaneLayers.Of(proofs, plan);
        IEnumerable<string> layerMethods = network.Layers.Select(layer => LayerNames.Method(layer.Index));
        IEnumerable<string> classes = Enumerable.Range(1, parts).Select(number => PartIdentity.ClassName(className, number, parts));
        return new ScheduledProgram(
            network, plan,
            network.Layers.Select(layer => new ScheduledLayer(
                layer, plan.Of(layer.Index), Steps(plan.Of(layer.Index), schedule.Where(block => block.Layer == layer)), lanes.FirstOrDefault(each => each.Layer.Index == layer.Index))).ToValueArray(),
            network.Tasks.Select((task, k) => new HeadStep(k, 0, task.Classes.Count)).ToValueArray(),
            className, TaskNames.For(network.Tasks.Select(task => task.Name), ReservedMembers.Concat(layerMethods).Concat(classes)));
    }

    // Where the last channels' weights are in tables, the block in which they begin is two steps.
    private static ValueArray<BlockStep> Steps(LayerKernel kernel, IEnumerable<ScheduledBlock> blocks)
    {
        var steps = new List<BlockStep>();
        BlockStep[] all = [.. blocks.Select(block => new BlockStep(block.Task, block.Block))];
        int coded = kernel.UsesTables() ? 0 : all.Sum(step => step.Block.Channels.Count) - kernel.InTables;
        foreach (BlockStep step in all)
        {
            int count = step.Block.Channels.Count, here = Math.Max(0, Math.Min(count, coded));
            coded -= count;
            if (here > 0 || count == 0)
                steps.Add(here == count ? step : step.Part(0, here));
            if (here < count)
                steps.Add((here == 0 ? step : step.Part(here, count - here)) with { InTables = true });
        }

        return steps.ToValueArray();
    }
}
