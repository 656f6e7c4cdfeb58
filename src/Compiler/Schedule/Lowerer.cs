using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Memory;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Network and kernels to program: orders the blocks, lays out buffers.</summary>
public static class Lowerer
{
    /// <summary>Members of every generated class; no task may take their names.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
    [
        .. KernelRegistry.MethodNames,
        "Run", "AllTasks", "InputLength", "Frames", "Bands", "Arena", "arena", "Lanes", "lanes", "Weights", "Biases", "Shifts", "LaneShifts", "Heads",
        "Equals", "ReferenceEquals", "ToString", "GetHashCode", "GetType", "Finalize", "MemberwiseClone",
    ];

    /// <summary>Decides everything but the code, which <see cref="ProgramCode"/> builds for the part that is emitted.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="className">Name of the generated class, which no member may share.</param>
    /// <param name="plan">The kernels; lane formats proven for their layers.</param>
    /// <param name="parts">Classes that it will be cut into: no member may share their names either.</param>
    public static LoweredProgram Lower(Network network, string className, KernelPlan plan, int parts = 1) => Lower(new LaneProofs(network), className, plan, parts);

    /// <summary>The same, with proofs that are there already.</summary>
    /// <param name="proofs">Of the network.</param>
    /// <param name="className">As above.</param>
    /// <param name="plan">As above.</param>
    /// <param name="parts">As above.</param>
    public static LoweredProgram Lower(LaneProofs proofs, string className, KernelPlan plan, int parts = 1)
    {
        Network network = proofs.Network;
        ScheduledBlock[] schedule = ScheduledBlock.Of(network).ToArray();
        var buffers = ByteBuffers.Of(network, plan, schedule);
        ValueArray<LaneLayer> lanes = LaneLayers.Of(proofs, plan);
        ValueArray<LoweredLayer> layers = network.Layers.Select(layer => new LoweredLayer(
            layer,
            plan.Of(layer.Index),
            Steps(layer, plan.Of(layer.Index), schedule.Where(block => block.Layer == layer).Select(block => new BlockStep(
                block.Task,
                block.Block,
                First: 0,
                layer.Index == 1 ? -1 : buffers.OffsetOf(layer.Index - 1, -1),
                buffers.OffsetOf(layer.Index - 1, block.Task),
                buffers.OffsetOf(layer.Index, block.Task)))),
            lanes.FirstOrDefault(each => each.Layer.Index == layer.Index),
            layer.Index > 1 && plan.Packs(layer.Index)
                ? schedule.Where(block => block.Layer.Index == layer.Index - 1).Select(block => new ByteRange(buffers.OffsetOf(layer.Index - 1, block.Task), block.Block.Channels.Count)).ToValueArray()
                : ValueArray<ByteRange>.Empty)).ToValueArray();

        int top = network.Layers.Count;
        ValueArray<HeadStep> heads = network.Tasks.Select((task, k) => new HeadStep(
            k, buffers.OffsetOf(top, -1), buffers.OffsetOf(top, k), 0, task.Classes.Count)).ToValueArray();

        IEnumerable<string> layerMethods = network.Layers.Select(layer => LayerNames.Method(layer.Index));
        IEnumerable<string> classes = Enumerable.Range(1, parts).Select(number => ProgramPart.ClassName(className, number, parts));
        return TableLayout.Apply(new LoweredProgram(
            network, className, plan, buffers.Plan, new LaneArena(ValueArray<int>.Empty, 0, 0), layers, heads, WeightTables.Empty,
            TaskNames.For(network.Tasks.Select(task => task.Name), ReservedMembers.Concat(layerMethods).Concat(classes)),
            new ProgramPart(1, 1, network.Tasks.Select(_ => 1).ToValueArray()),
            ValueArray<StageCode>.Empty));
    }

    // Where the last channels are looped, the block in which they begin is two steps.
    private static ValueArray<BlockStep> Steps(Layer layer, LayerKernel kernel, IEnumerable<BlockStep> blocks)
    {
        var steps = new List<BlockStep>();
        BlockStep[] all = [.. blocks];
        int coded = kernel.UsesTables() ? 0 : all.Sum(step => step.Block.Channels.Count) - kernel.Looped;
        foreach (BlockStep step in all)
        {
            int count = step.Block.Channels.Count, here = System.Math.Max(0, System.Math.Min(count, coded));
            coded -= count;
            if (here > 0 || count == 0)
                steps.Add(here == count ? step : Part(step, layer, 0, here));
            if (here < count)
                steps.Add((here == 0 ? step : Part(step, layer, here, count - here)) with { InTables = true });
        }

        return steps.ToValueArray();
    }

    /// <summary>Some channels of a step.</summary>
    internal static BlockStep Part(BlockStep step, Layer layer, int first, int count) => step with
    {
        Block = step.Block with { Channels = step.Block.Channels.Skip(first).Take(count).ToValueArray() },
        First = step.First + first,
        OutputOffset = step.OutputOffset + (first * layer.OutputRows * layer.OutputColumns),
        IsWhole = false,
    };
}
