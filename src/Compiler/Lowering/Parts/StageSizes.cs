using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Dense;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Planning;

namespace AdapterCompiler.Lowering.Parts;

/// <summary>
/// IL of weights as instructions, channel by channel, and what each method needs besides: its loads. Measured on the whole layers; a part
/// that computes some of their channels divides them into other methods, so this is an estimate, which the budget of the part then checks.
/// </summary>
internal sealed class StageSizes
{
    /// <summary>Bytes of loading an element into a variable and moving it on.</summary>
    private const int LoadBytes = 14;

    private readonly Dictionary<(int Layer, int Step, int Channel), int> channels = [];
    private readonly Dictionary<int, int> loads = [];
    private readonly HashSet<int> loopLayers = [];

    private StageSizes()
    {
    }

    /// <summary>Bytes of a channel.</summary>
    public int Of(int layer, int step, int channel) => channels.TryGetValue((layer, step, channel), out int bytes) ? bytes : 0;

    /// <summary>Bytes of a method of a layer without its channels.</summary>
    public int LoadsOf(int layer) => loads.TryGetValue(layer, out int bytes) ? bytes : 0;

    /// <summary>Kernel calls of a step: lane loops take two, each with many numbers.</summary>
    public int CallsOf(int layer) => loopLayers.Contains(layer) ? 3 : 1;

    /// <summary>Measures a program that is not cut yet.</summary>
    public static StageSizes Of(LoweredProgram whole)
    {
        var sizes = new StageSizes();
        for (int layer = 0; layer < whole.Layers.Count; layer++)
        {
            LoweredLayer lowered = whole.Layers[layer];
            if (lowered.Kernel.Kind == KernelKind.LaneLoop)
                sizes.loopLayers.Add(layer);
            else if (lowered.Lanes is { } lanes)
                sizes.Add(layer, lowered, lanes);
            else if (lowered.Kernel.Kind != KernelKind.Loop)
                sizes.Add(layer, lowered.Steps.Select(step => (DenseStage.Methods(whole, lowered, step), DenseStage.Step(whole.Network, lowered.Layer, step))));
        }

        if (whole.Plan.Heads.Kind != KernelKind.Loop)
            sizes.Add(whole.Layers.Count, whole.Heads.Select(head => (DenseStage.Methods(whole, head), DenseStage.Step(whole.Network, head))));
        return sizes;
    }

    private void Add(int layer, LoweredLayer lowered, LaneLayer lanes)
    {
        var patch = new LanePatch(lanes);
        int codes = lanes is { KeepsBest: true, IsGlobal: false }
            ? LaneRequantisation.Assemble(lanes, lanes.Whole, "", LaneNames.None).Figures.DeviceBytes / lanes.Output.Channels
            : 0;
        foreach (LaneTileCode tile in LaneTiles.Assemble(lanes, lanes.Whole, "", LaneNames.None)!)
        {
            int used = tile.Slices.SelectMany(slice => LaneTile.Used(lanes, patch, slice)).Distinct().Count();
            int load = System.Math.Min(tile.Code.Figures.DeviceBytes / 2, used * LoadBytes);
            loads[layer] = System.Math.Max(LoadsOf(layer), load);
            long terms = tile.Slices.Sum(slice => (long)LaneEstimate.Terms(slice, lanes.Side));
            foreach (LaneSlice slice in tile.Slices)
            {
                int step = lowered.Steps.Select((each, i) => (each, i)).First(pair => pair.each.Task == slice.Block.Task).i;
                for (int o = slice.First; o < slice.First + slice.Count; o++)
                {
                    long bytes = (((tile.Code.Figures.DeviceBytes - load) * (long)LaneEstimate.Terms(slice with { First = o, Count = 1 }, lanes.Side)) + terms - 1) / terms;
                    channels[(layer, step, o)] = (int)bytes + codes;
                }
            }
        }
    }

    private void Add(int layer, IEnumerable<(ValueArray<AssembledMethod> Methods, DenseStep Step)> steps)
    {
        int step = 0;
        foreach ((ValueArray<AssembledMethod> methods, DenseStep dense) in steps)
        {
            int bytes = methods.Sum(method => method.Figures.DeviceBytes);
            int load = System.Math.Min(bytes / 2, dense.Inputs.Count * LoadBytes);
            loads[layer] = System.Math.Max(LoadsOf(layer), load);
            int[] sizes = [.. dense.Outputs.Select(output => output.Weights.Count(weight => weight != 0) + 10)];
            for (int o = 0; o < sizes.Length; o++)
                channels[(layer, step, o)] = (int)((((bytes - load) * (long)sizes[o]) + sizes.Sum() - 1) / sizes.Sum());
            step++;
        }
    }
}
