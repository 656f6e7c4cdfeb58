using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>What a model became: from before to after, for the same device and settings.</summary>
/// <param name="ClassName">The generated class.</param>
/// <param name="Device">Whose limits count.</param>
/// <param name="Old">Before.</param>
/// <param name="New">After.</param>
/// <param name="Figures">Accuracies, channels, sizes and times, in the order that they are read.</param>
/// <param name="Gates">Opened and closed, by task, layer and channel.</param>
/// <param name="Blocks">What each block and head became.</param>
/// <param name="Notes">What firmware or reader must know, and what cannot be compared, a sentence each.</param>
internal sealed record ModelComparison(
    string ClassName, DeviceProfile Device, ComparedModel Old, ComparedModel New,
    ValueArray<Figure> Figures, ValueArray<GateChange> Gates, ValueArray<BlockChange> Blocks, ValueArray<string> Notes)
{
    /// <summary>The two files say the same, whatever their names.</summary>
    public bool IsSame => Old.Hash == New.Hash;

    /// <summary>Names, integers, labels and accuracies are the same; what the files tell of their making and of single classes may differ.</summary>
    public bool IsSameNetwork { get; init; }

    /// <summary>The window is filled another way: another input or front end.</summary>
    public bool HasOtherInput { get; init; }

    /// <summary>Layers of tasks that both have whose gates were compared, for their shapes are the same, and all of them.</summary>
    public (int Compared, int All) GateLayers { get; init; }

    /// <summary>Rules by which decisions are detections, where they changed.</summary>
    public ValueArray<DetectionChange> Detections { get; init; } = ValueArray<DetectionChange>.Empty;

    /// <summary>Weights, biases, shifts and offsets that differ where they can be compared.</summary>
    public int ChangedNumbers => Blocks.Sum(block => (block.ChangedWeights ?? 0) + block.ChangedOthers);
}

/// <summary>One of the two.</summary>
/// <param name="Name">File, or REVISION:FILE.</param>
/// <param name="Hash">The model file's sha256, 64 digits.</param>
/// <param name="Command">What trained it.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="IsBuilt">False where it passes the device's limits in any number of parts.</param>
internal sealed record ComparedModel(string Name, string Hash, string Command, int Bytes, bool IsBuilt)
{
    /// <summary>Trainer, sources and data; null where the file does not say.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Eight digits, as many as the generated file's header needs to tell models apart.</summary>
    public string ShortHash => Hash[..8];
}

/// <summary>When decisions on a task are detections, before and after.</summary>
/// <param name="Task">The task.</param>
/// <param name="Before">Null where none was.</param>
/// <param name="After">Null where none is.</param>
internal sealed record DetectionChange(string Task, ReportDetection? Before, ReportDetection? After);

/// <summary>Whether two accuracies were counted on the same slices.</summary>
internal enum TestSlices
{
    /// <summary>The files name the same data.</summary>
    Same,

    /// <summary>One of the files does not say.</summary>
    Unknown,

    /// <summary>The files name other data, or numbers of slices differ: their difference is no gain or loss.</summary>
    Other,
}

/// <summary>How a figure is printed.</summary>
internal enum FigureKind
{
    /// <summary>A share of right answers, 0 to 1.</summary>
    Accuracy,

    /// <summary>Open channels of all.</summary>
    Channels,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Assemblies, or tasks.</summary>
    Count,

    /// <summary>Weighted instructions, and the time that they take.</summary>
    Time,
}

/// <summary>A number before and after.</summary>
/// <param name="Metric">What --fail-on calls it: accuracy, recall, channels, il, tables, ram, parts, tasks, time.</param>
/// <param name="Task">The task it is of; empty for the whole model.</param>
/// <param name="Kind">How it is printed.</param>
/// <param name="Before">Null where the old model has none.</param>
/// <param name="After">Null where the new model has none.</param>
internal sealed record Figure(string Metric, string Task, FigureKind Kind, decimal? Before, decimal? After)
{
    /// <summary>The class that a recall is of; empty for other figures.</summary>
    public string Class { get; init; } = "";

    /// <summary>Of how many channels, before and after; 0 for other figures.</summary>
    public (int Before, int After) Whole { get; init; }

    /// <summary>Slices that an accuracy was measured on, before and after; 0 for other figures.</summary>
    public (int Before, int After) Slices { get; init; }

    /// <summary>Whether those are the same slices.</summary>
    public TestSlices Tested { get; init; }

    /// <summary>The most that the device allows; null where it allows any.</summary>
    public long? Limit { get; init; }

    /// <summary>After less before.</summary>
    public decimal? Change => After - Before;
}

/// <summary>A gate that turned.</summary>
/// <param name="Task">Its adapter.</param>
/// <param name="Layer">Layer from 1.</param>
/// <param name="Channel">Channel in the model file, from 1.</param>
/// <param name="IsOpen">Now.</param>
internal sealed record GateChange(string Task, int Layer, int Channel, bool IsOpen);

/// <summary>A block, or a head, before and after.</summary>
/// <param name="Layer">"1" …, "heads", "other".</param>
/// <param name="Block">"shared" or a task; empty for "other".</param>
/// <param name="ChangedWeights">Weights that differ; null where shapes do, so that they cannot be compared.</param>
/// <param name="ChangedOthers">Biases, shifts and offsets that differ; 0 where shapes do.</param>
/// <param name="Weights">Weights that it has now.</param>
/// <param name="Before">Channels, cost and IL; null where there was none.</param>
/// <param name="After">Null where there is none.</param>
internal sealed record BlockChange(string Layer, string Block, int? ChangedWeights, int ChangedOthers, int Weights, ReportRow? Before, ReportRow? After);
