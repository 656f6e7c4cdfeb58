using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering;

/// <summary>Network to program: orders the blocks, lays out buffers and tables.</summary>
public static class Lowerer
{
    /// <summary>Members of every generated class; no task may take their names.</summary>
    public static IReadOnlyList<string> ReservedMembers { get; } =
    [
        "Run", "AllTasks", "InputLength", "Frames", "Bands", "Arena", "arena", "Weights", "Biases", "Shifts", "Heads",
        "Convolve", "Patch", "Connect", "Classify", "Greatest", "Product", "Requantise",
        "Equals", "ReferenceEquals", "ToString", "GetHashCode", "GetType", "Finalize", "MemberwiseClone",
    ];

    /// <summary>Decides everything that the emitter prints.</summary>
    /// <param name="network">Every accumulator proven to fit Int32.</param>
    /// <param name="className">Name of the generated class, which no member may share.</param>
    /// <param name="parts">Classes that it will be cut into: no member may share their names either.</param>
    public static LoweredProgram Lower(Network network, string className, int parts = 1)
    {
        ScheduledBlock[] schedule = Schedule(network).ToArray();
        ArenaPlan arena = ArenaPlanner.Plan(Liveness(network, schedule));
        var offsets = arena.Buffers.ToDictionary(buffer => buffer.Birth, buffer => buffer.Offset);

        // Offset of a block's output; 0 stands for the buffer of a block without channels, which is never read.
        int OffsetOf(int layer, int task)
        {
            int birth = System.Array.FindIndex(schedule, block => block.Layer.Index == layer && block.Task == task);
            return birth < 0 ? 0 : offsets[birth];
        }

        var layout = new TableLayout();
        var layers = new List<LoweredLayer>();
        foreach (Layer layer in network.Layers)
        {
            layers.Add(new LoweredLayer(layer, schedule.Where(block => block.Layer == layer).Select(block => new BlockStep(
                block.Task,
                block.Block,
                layer.Index == 1 ? -1 : OffsetOf(layer.Index - 1, -1),
                OffsetOf(layer.Index - 1, block.Task),
                OffsetOf(layer.Index, block.Task),
                layout.WeightCount,
                layout.Add(Section(network, layer, block.Task), block.Block.Channels))).ToValueArray()));
        }

        int top = network.Layers.Count;
        ValueArray<HeadStep> heads = network.Tasks.Select((task, k) => new HeadStep(
            k, OffsetOf(top, -1), OffsetOf(top, k), layout.WeightCount, layout.Add(task.Name + ", head", task.Classes), 0, task.Classes.Count)).ToValueArray();

        IEnumerable<string> layerMethods = network.Layers.Select(layer => LayerMethod(layer.Index));
        IEnumerable<string> classes = Enumerable.Range(1, parts).Select(number => ProgramPart.ClassName(className, number, parts));
        return new LoweredProgram(
            network, arena, layers.ToValueArray(), heads, new WeightTables(layout.Rows.ToValueArray()),
            TaskNames.For(network.Tasks.Select(task => task.Name), ReservedMembers.Concat(layerMethods).Concat(classes)),
            new ProgramPart(1, 1, network.Tasks.Select(_ => 1).ToValueArray()));
    }

    /// <summary>Name of the method that computes a layer.</summary>
    public static string LayerMethod(int index) => "Layer" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<ScheduledBlock> Schedule(Network network)
    {
        foreach (Layer layer in network.Layers)
        {
            yield return new ScheduledBlock(layer, -1, layer.Shared);
            for (int k = 0; k < network.Tasks.Count; k++)
            {
                if (layer.Adapters[k].Channels.Count > 0)
                    yield return new ScheduledBlock(layer, k, layer.Adapters[k]);
            }
        }
    }

    /// <summary>A buffer is read by its own encoder's next block, a shared one by every adapter's next block too, the last ones by heads.</summary>
    private static List<Buffer> Liveness(Network network, ScheduledBlock[] schedule)
    {
        var buffers = new List<Buffer>();
        for (int step = 0; step < schedule.Length; step++)
        {
            ScheduledBlock block = schedule[step];
            int death = block.Layer.Index == network.Layers.Count
                ? schedule.Length
                : System.Array.FindLastIndex(schedule, reader =>
                    reader.Layer.Index == block.Layer.Index + 1 && (block.Task < 0 || reader.Task == block.Task));
            int length = block.Block.Channels.Count * block.Layer.OutputRows * block.Layer.OutputColumns;
            buffers.Add(new Buffer(Section(network, block.Layer, block.Task), length, step, death));
        }

        return buffers;
    }

    private static string Section(Network network, Layer layer, int task) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, "{0}, layer {1}", task < 0 ? "shared" : network.Tasks[task].Name, layer.Index);

    private sealed record ScheduledBlock(Layer Layer, int Task, Block Block);

    private sealed class TableLayout
    {
        public List<TableRow> Rows { get; } = [];

        public int WeightCount { get; private set; }

        public int Add(string section, IEnumerable<Channel> channels) =>
            Append(channels.Select(c => new TableRow(section, c.Number, checked((int)c.Bias), c.Shift, c.Weights)));

        public int Add(string section, IEnumerable<HeadClass> classes) =>
            Append(classes.Select((c, i) => new TableRow(section, i + 1, checked((int)c.Bias), null, c.Weights)));

        private int Append(IEnumerable<TableRow> rows)
        {
            int first = Rows.Count;
            Rows.AddRange(rows);
            WeightCount += Rows.Skip(first).Sum(row => row.Weights.Count);
            return first;
        }
    }
}
