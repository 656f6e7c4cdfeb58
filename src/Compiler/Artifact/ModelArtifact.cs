using AdapterCompiler.Operators;

namespace AdapterCompiler.Artifact;

/// <summary>What a <c>*.adapter</c> file holds: integers, masks and names, as trained (docs/artifact-format.md).</summary>
/// <param name="Name">Lower-case name, <c>[a-z][a-z0-9-]*</c>.</param>
/// <param name="Command">The command that trained it, for the reader of a pull request.</param>
/// <param name="Input">Shape and width of the input codes.</param>
/// <param name="FrontEnd">How sound becomes codes.</param>
/// <param name="Shared">Layers of the shared encoder, first to last.</param>
/// <param name="Tasks">Tasks in file order; a task's position gives its bit.</param>
public sealed record ModelArtifact(
    string Name,
    string Command,
    InputSpec Input,
    FrontEndSpec FrontEnd,
    ValueArray<LayerArtifact> Shared,
    ValueArray<TaskArtifact> Tasks)
{
    /// <summary>What made it, as its maker wrote it down; null where the file does not say.</summary>
    public Provenance? Provenance { get; init; }
}

/// <summary>What a model was made with. Words of 1-80 letters, digits, '.', '+' and '-'; a maker that does not know one writes "unknown".</summary>
/// <param name="Tool">Version of the trainer.</param>
/// <param name="Commit">State of the trainer's sources.</param>
/// <param name="Data">Hash of the manifest of the data: of every slice and its class, in all splits; SHA-256, 64 lower-case digits.</param>
public sealed record Provenance(string Tool, string Commit, string Data)
{
    /// <summary>What a word was that is not known.</summary>
    public const string Unknown = "unknown";

    private const int DataLength = 64;

    /// <summary>True for what may stand for the data: 64 lower-case hexadecimal digits, or unknown.</summary>
    public static bool IsData(string text)
    {
        foreach (char c in text)
        {
            if (c is not (>= '0' and <= '9' or >= 'a' and <= 'f'))
                return text == Unknown;
        }

        return text.Length == DataLength;
    }

    /// <summary>True for what a line of the file can hold.</summary>
    public static bool IsWord(string text)
    {
        if (text.Length is 0 or > ArtifactLimits.ProvenanceLength)
            return false;
        foreach (char c in text)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '+' or '-'))
                return false;
        }

        return true;
    }
}

/// <summary>The network's input: one channel of <paramref name="Frames"/> x <paramref name="Bands"/> codes, 0 … 2^bits - 1.</summary>
/// <param name="Frames">Rows, time.</param>
/// <param name="Bands">Columns, frequency.</param>
/// <param name="Bits">Width of a code, 1-8: below 7 the upper bits of a front end's code (<see cref="InputBits"/>).</param>
public sealed record InputSpec(int Frames, int Bands, int Bits)
{
    /// <summary>Largest code.</summary>
    public int CodeMax => (1 << Bits) - 1;
}

/// <summary>How sound becomes codes: what every front end has.</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="WindowLength">Samples of a window.</param>
/// <param name="HopLength">Samples from one frame to the next.</param>
/// <param name="LowHertz">Lower edge of the bands.</param>
/// <param name="HighHertz">Upper edge of the bands.</param>
public abstract record FrontEndSpec(int SampleRate, int WindowLength, int HopLength, int LowHertz, int HighHertz);

/// <summary>
/// A log-mel front end: code = clamp(floor((20 * 1000 * log10(m) - floor) / step), 0, 127), of which <see cref="InputBits"/> says what is read, m the mel band's
/// sum of triangle-weighted magnitudes of a Hann-windowed transform of samples in [-1, 1).
/// </summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="WindowLength">Samples of a window.</param>
/// <param name="HopLength">Samples from one frame to the next.</param>
/// <param name="TransformLength">Points of the Fourier transform; the window is padded with zeros.</param>
/// <param name="LowHertz">Lower edge of the first mel band.</param>
/// <param name="HighHertz">Upper edge of the last mel band.</param>
/// <param name="FloorMillidecibels">Level of code 0.</param>
/// <param name="StepMillidecibels">Level difference from one code to the next.</param>
public sealed record LogMelSpec(
    int SampleRate,
    int WindowLength,
    int HopLength,
    int TransformLength,
    int LowHertz,
    int HighHertz,
    int FloorMillidecibels,
    int StepMillidecibels) : FrontEndSpec(SampleRate, WindowLength, HopLength, LowHertz, HighHertz);

/// <summary>The integer front end (docs/front-end.md): whole numbers from 16-bit samples to codes, on the device as in training.</summary>
/// <param name="SampleRate">Hertz.</param>
/// <param name="WindowLength">Samples of a window, 240 to 480.</param>
/// <param name="HopLength">Samples from one frame to the next.</param>
/// <param name="LowHertz">Where the bands begin.</param>
/// <param name="HighHertz">Where the last triangle ends by.</param>
/// <param name="CodesPerOctave">Codes from an amplitude to its double; with 10 a code is 0.6 dB.</param>
/// <param name="Floor">Subtracted from the logarithm's codes: the larger, the louder is code 0.</param>
/// <param name="IsSparse">Where bands lie two bins apart or more, they read every second bin only: a device needs a twentieth less for a frame.</param>
/// <param name="IsFine">The lowest bands lie half a bin apart.</param>
public sealed record IntegerMelSpec(
    int SampleRate,
    int WindowLength,
    int HopLength,
    int LowHertz,
    int HighHertz,
    int CodesPerOctave,
    int Floor,
    bool IsSparse = false,
    bool IsFine = false) : FrontEndSpec(SampleRate, WindowLength, HopLength, LowHertz, HighHertz);

/// <summary>One layer of the shared encoder or of one adapter.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="SharedInputs">Channels read from the shared encoder's layer below (1 for the first layer: the input).</param>
/// <param name="OwnInputs">Channels read from the adapter's own layer below; 0 in the shared encoder and in first layers.</param>
/// <param name="WeightBits">Width of a weight, 2-8, two's complement.</param>
/// <param name="ActivationBits">Width of an output code, 1-8.</param>
/// <param name="Channels">Output channels, open and closed.</param>
/// <param name="Gates">One per channel, true = open; all true in the shared encoder.</param>
public sealed record LayerArtifact(
    LayerKind Kind,
    int SharedInputs,
    int OwnInputs,
    int WeightBits,
    int ActivationBits,
    ValueArray<ChannelArtifact> Channels,
    ValueArray<bool> Gates)
{
    /// <summary>What <see cref="Kind"/> means.</summary>
    public LayerOperator Operator => LayerOperators.Of(Kind);
}

/// <summary>
/// One output channel: code = min(A, max(0, bias + sum w * q) >> shift). Rounding (1 &lt;&lt; (shift - 1)) is in the bias.
/// </summary>
/// <param name="Bias">Bias with every shared input's norm shift folded in.</param>
/// <param name="Shift">Right shift of the requantisation, 0-30.</param>
/// <param name="Offsets">
/// One per own input: what that channel's norm shift adds to the bias while its gate is open. Kept apart so that flipping a gate
/// in the file gives exactly the network that the trainer would have exported with that gate.
/// </param>
/// <param name="Weights">
/// Shared inputs first, then own inputs; per input 9 taps (row-major, time then frequency) for convolutions, 1 for dense layers.
/// </param>
/// <param name="Scale">Real value of one accumulator unit, decimal text: information only, never calculated with.</param>
public sealed record ChannelArtifact(
    int Bias,
    int Shift,
    ValueArray<int> Offsets,
    ValueArray<sbyte> Weights,
    string Scale);

/// <summary>One task: its adapter's layers (same count and kinds as the shared encoder's) and its head.</summary>
/// <param name="Name">Lower-case name, <c>[a-z][a-z0-9-]*</c>, unique in the file.</param>
/// <param name="Labels">One per class.</param>
/// <param name="Accuracy">Measured on the test split, or null.</param>
/// <param name="Layers">Adapter layers, first to last.</param>
/// <param name="Head">Classifier over the shared and own embeddings.</param>
public sealed record TaskArtifact(
    string Name,
    ValueArray<string> Labels,
    MeasuredAccuracy? Accuracy,
    ValueArray<LayerArtifact> Layers,
    HeadArtifact Head)
{
    /// <summary>When a decision is a detection; null where the file does not say.</summary>
    public DetectionRule? Detection { get; init; }
}

/// <summary>Counts on slices that training never saw.</summary>
/// <param name="Slices">Slices classified.</param>
/// <param name="FloatCorrect">Of them right with the float network.</param>
/// <param name="QuantisedCorrect">Of them right with the integer network.</param>
public sealed record MeasuredAccuracy(int Slices, int FloatCorrect, int QuantisedCorrect)
{
    /// <summary>Of the same slices, what the integer network took each class for: [true class][class found], in the order of the labels; empty where the file does not say.</summary>
    public ValueArray<ValueArray<int>> Confusion { get; init; } = ValueArray<ValueArray<int>>.Empty;
}

/// <summary>The classifier: raw integer logits, bias + sum w * q, one weight scale for all classes.</summary>
/// <param name="SharedInputs">Width of the shared embedding.</param>
/// <param name="OwnInputs">Width of the adapter's embedding.</param>
/// <param name="WeightBits">Width of a weight, 2-8.</param>
/// <param name="Scale">Real value of one logit unit, decimal text.</param>
/// <param name="Classes">One per label.</param>
public sealed record HeadArtifact(
    int SharedInputs,
    int OwnInputs,
    int WeightBits,
    string Scale,
    ValueArray<HeadClassArtifact> Classes);

/// <summary>One class of a head; see <see cref="ChannelArtifact"/> for bias, offsets and the order of weights.</summary>
public sealed record HeadClassArtifact(int Bias, ValueArray<int> Offsets, ValueArray<sbyte> Weights);
