using System;
using System.Linq;
using AdapterCompiler.FrontEnds;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Documentation of what firmware calls.</summary>
internal static class SoundText
{
    /// <summary>Of samples.</summary>
    /// <param name="definition">Whose rate they have.</param>
    public static ValueArray<string> PushShorts(IntegerMel definition) => ValueArray.Of(
        "<summary>Takes samples, as many at a time as there are. Allocates nothing; not for two threads at once.</summary>",
        FormattableString.Invariant($"<param name=\"sound\">Mono, {definition.Spec.SampleRate} samples a second. Read only.</param>"),
        "<param name=\"offset\">Its first sample to take.</param>",
        "<param name=\"count\">How many. More than Room are dropped where a decision is late, and counted (Dropped).</param>");

    /// <summary>Of bytes.</summary>
    /// <param name="definition">Whose rate the samples have.</param>
    public static ValueArray<string> PushBytes(IntegerMel definition) => ValueArray.Of(
        "<summary>The same from the bytes of an I2S read, little-endian. Quickest as 16 bits of one channel without a gain, where the class is made for bytes (Samples); a class for shorts needs 700 weighted instructions a sample more for those, and 500 fewer for others. Nothing checks bits, channels and gain: values that are not allowed end in an exception of the runtime's (an index, a division by 0), or are heard as something else.</summary>",
        FormattableString.Invariant($"<param name=\"raw\">Samples of all channels in turn, {definition.Spec.SampleRate} a second. Read only.</param>"),
        "<param name=\"offset\">First byte of the first sample to take; bits / 8 further, the second of two channels is heard.</param>",
        "<param name=\"count\">Bytes: whole samples of all channels. Part of a sample at the end is left out: it is not kept for the next push, and not counted.</param>",
        "<param name=\"bits\">Of a sample as it lies there: exactly 16, 24 or 32; its highest 16 are taken.</param>",
        "<param name=\"channels\">Exactly 1 or 2; the first is heard.</param>",
        FormattableString.Invariant($"<param name=\"gain\">0 to {SoundKernels.MostGain}: doublings. What leaves 16 bits is held to them.</param>"));

    /// <summary>The same on a stream, on which nothing is dropped.</summary>
    public static ValueArray<string> Streamed(ValueArray<string> text) => text.Select(line => line.Replace(" More than Room are dropped where a decision is late, and counted (Dropped).", " Every two frames are computed with at once; ask for Ready often enough that no decision is Missed.")).ToValueArray();

    public static ValueArray<string> Next { get; } = ValueArray.Of("<summary>The window was decided on and moves on. Internal to the model.</summary>");

    public static ValueArray<string> Restart { get; } = ValueArray.Of("<summary>Forgets what was heard: the next sample is the first one.</summary>");
}
