namespace AdapterCompiler.Artifact;

/// <summary>The largest model that the format describes: far above what a microcontroller runs, low enough that every product fits 32 bits.</summary>
public static class ArtifactLimits
{
    /// <summary>Bytes or characters of a file: ten times the largest network of the paper with 30 tasks. Reading one takes less than 100 MB and 1 s.</summary>
    public const int FileSize = 8 * 1024 * 1024;

    /// <summary>Frames, and bands, of the input.</summary>
    public const int InputSide = 1024;

    /// <summary>Output channels of a layer.</summary>
    public const int Channels = 1024;

    /// <summary>Layers of an encoder.</summary>
    public const int Layers = 16;

    /// <summary>Layers of an encoder at least: one conv-global, one dense.</summary>
    public const int LeastLayers = 2;

    /// <summary>Tasks: one bit each of an Int32 that stays positive.</summary>
    public const int Tasks = 30;

    /// <summary>Classes of a task at least.</summary>
    public const int LeastClasses = 2;

    /// <summary>Classes of a task.</summary>
    public const int Classes = 4096;

    /// <summary>Bits of a weight at least.</summary>
    public const int LeastWeightBits = 2;

    /// <summary>Bits of a weight.</summary>
    public const int WeightBits = 8;

    /// <summary>Bits of an input or activation code.</summary>
    public const int CodeBits = 8;

    /// <summary>Right shift of the requantisation.</summary>
    public const int Shift = 30;

    /// <summary>Characters of a name.</summary>
    public const int NameLength = 64;

    /// <summary>Characters of a label.</summary>
    public const int LabelLength = 200;

    /// <summary>Characters of the training command.</summary>
    public const int CommandLength = 4096;

    /// <summary>Characters of a word of the provenance.</summary>
    public const int ProvenanceLength = 80;

    /// <summary>Characters of a scale.</summary>
    public const int ScaleLength = 40;

    /// <summary>Slices of a measured accuracy.</summary>
    public const int Slices = 1_000_000_000;

    /// <summary>Hertz of the sample rate.</summary>
    public const int SampleRate = 192_000;

    /// <summary>Samples of a window, a hop and a transform.</summary>
    public const int TransformLength = 65_536;

    /// <summary>Millidecibels of the front end's floor, either sign.</summary>
    public const int FloorMillidecibels = 300_000;

    /// <summary>Millidecibels of the front end's step.</summary>
    public const int StepMillidecibels = 100_000;
}
