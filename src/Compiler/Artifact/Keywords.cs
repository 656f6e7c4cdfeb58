namespace AdapterCompiler.Artifact;

/// <summary>The words of the format, one table for writer and reader.</summary>
internal static class Keywords
{
    public const string Magic = "adapter-model";
    public const string Version = "1";
    public const string Name = "name";
    public const string Command = "command";
    public const string Provenance = "provenance";
    public const string Tool = "tool";
    public const string Commit = "commit";
    public const string Data = "data";

    public const string Input = "input";
    public const string Frames = "frames";
    public const string Bands = "bands";
    public const string Bits = "bits";

    public const string FrontEnd = "frontend";
    public const string LogMel = "log-mel";
    public const string Rate = "rate";
    public const string Window = "window";
    public const string Hop = "hop";
    public const string Transform = "transform";
    public const string LowHertz = "low-hz";
    public const string HighHertz = "high-hz";
    public const string FloorMillidecibels = "floor-mdb";
    public const string StepMillidecibels = "step-mdb";
    public const string IntegerMel = "integer-mel";
    public const string SparseMel = "integer-mel-sparse";
    public const string FineMel = "integer-mel-fine";
    public const string CodesPerOctave = "octave-codes";
    public const string Floor = "floor-codes";

    public const string Encoder = "encoder";
    public const string Shared = "shared";
    public const string Layer = "layer";
    public const string Inputs = "inputs";
    public const string Own = "own";
    public const string Channels = "channels";
    public const string Weights = "weights";
    public const string Activations = "activations";
    public const string Gates = "gates";

    public const string Channel = "channel";
    public const string Shift = "shift";
    public const string Bias = "bias";
    public const string Scale = "scale";
    public const string Offsets = "offsets";

    public const string Task = "task";
    public const string Label = "label";
    public const string Accuracy = "accuracy";
    public const string Slices = "slices";
    public const string Float = "float";
    public const string Quantised = "quantised";
    public const string Confusion = "confusion";
    public const string Found = "found";

    public const string Detect = "detect";
    public const string Smoothing = "smoothing";
    public const string Refractory = "refractory";
    public const string Thresholds = "thresholds";

    public const string Head = "head";
    public const string Classes = "classes";
    public const string Class = "class";

    public const string Hash = "sha256";
    public const char Comment = '#';

    /// <summary>First words of lines.</summary>
    public static readonly ValueArray<string> Lines = ValueArray.Of(
        Magic, Name, Command, Provenance, Input, FrontEnd, Encoder, Layer, Gates, Channel, Task, Label, Accuracy, Confusion, Detect, Head, Class, Hash);

    public static readonly ValueArray<string> FrontEnds = ValueArray.Of(LogMel, IntegerMel, SparseMel, FineMel);
}
