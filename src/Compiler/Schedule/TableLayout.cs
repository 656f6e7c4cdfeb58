using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>Gives the steps of kernels that read tables their rows in the tables, and global convolutions on lanes their shifts.</summary>
internal static class TableLayout
{
    /// <summary>A channel's weights as its kernel reads them: lane loops by line and place, two inputs at a time.</summary>
    public static ValueArray<sbyte> Weights(LoweredLayer layer, Channel channel)
    {
        if (layer.Lanes is null)
            return channel.Weights;
        sbyte[] padded = new sbyte[LaneLoopStage.RowLength(channel.Weights.Count)];
        for (int w = 0; w < channel.Weights.Count; w++)
            padded[w] = channel.Weights[LaneSum.LineMajor(w, layer.Lanes.Format.Axis)];
        return NarrowWeights.Pack(padded, layer.Kernel.Width).ToValueArray();
    }

    /// <summary>The program with the tables that its steps need.</summary>
    public static LoweredProgram Apply(LoweredProgram program)
    {
        var rows = new List<TableRow>();
        var laneShifts = new List<int>();
        int weights = 0;
        var layers = new List<LoweredLayer>();
        foreach (LoweredLayer layer in program.Layers)
        {
            if (layer.Lanes is { IsGlobal: true })
                laneShifts.AddRange(layer.Slices.SelectMany(slice => slice.Block.Proofs.Skip(slice.First).Take(slice.Count)).Select(proof => proof.Shift));
            layers.Add(layer with
            {
                Steps = layer.Steps.Select(step =>
                {
                    if (!step.InTables)
                        return step;
                    BlockStep placed = step with { FirstWeight = weights, FirstChannel = rows.Count };
                    string section = LayerNames.Section(program.Network, layer.Layer, step.Task);
                    Add(step.Block.Channels.Select(c => new TableRow(section, c.Number, checked((int)c.Bias), Shift(layer, c), Weights(layer, c))));
                    return placed;
                }).ToValueArray(),
            });
        }

        ValueArray<HeadStep> heads = !program.Plan.Heads.UsesTables() ? program.Heads : program.Heads.Select(head =>
        {
            HeadStep placed = head with { FirstWeight = weights, FirstChannel = rows.Count };
            NetworkTask task = program.Network.Tasks[head.Task];
            Add(task.Classes.Select((c, i) => new TableRow(task.Name + ", head", i + 1, checked((int)c.Bias), null, c.Weights)).Skip(head.FirstClass).Take(head.Classes));
            return placed;
        }).ToValueArray();
        return program with { Layers = layers.ToValueArray(), Heads = heads, Tables = new WeightTables(rows.ToValueArray(), laneShifts.ToValueArray()) };

        // Lane loops leave the shift of a global convolution until after the maximum over lanes.
        static int Shift(LoweredLayer layer, Channel channel) => layer.Lanes is { IsGlobal: true } ? 0 : channel.Shift;

        void Add(IEnumerable<TableRow> more)
        {
            foreach (TableRow row in more)
            {
                rows.Add(row);
                weights += row.Weights.Count;
            }
        }
    }
}
