using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Where the samples of a group are kept, and what puts them there: shorts, which pushes of shorts copy, or longs of four, which bytes become sooner.</summary>
/// <param name="definition">The front end.</param>
/// <param name="isPacked">Four samples lie in a long.</param>
internal sealed class SoundArray(IntegerMel definition, bool isPacked)
{
    /// <summary>Samples of a long.</summary>
    public const int InLong = 4;

    /// <summary>Samples that it holds. A hop longer than the window: what lies between two groups passes through it too.</summary>
    public int Samples { get; } = SamplesOf(definition);

    /// <summary>The array.</summary>
    public StaticField Value { get; } = new("samples", isPacked ? IlType.Longs : IlType.Shorts);

    /// <summary>The same as a field that allocates it.</summary>
    public Field Field => SoundCode.New("samples", Value.Type, isPacked ? Samples / InLong : Samples, isPacked ? "Of the group that is being filled, four in a long." : "Of the group that is being filled.");

    /// <summary>Four samples lie in a long.</summary>
    public bool IsPacked => isPacked;

    /// <summary>Copied section that takes shorts.</summary>
    public string TakeShorts => isPacked ? "PackShorts" : "TakeShorts";

    /// <summary>The one that takes bytes.</summary>
    public string TakeBytes => isPacked ? "PackBytes" : "TakeBytes";

    /// <summary>The one that goes on to the next group.</summary>
    public string Next => isPacked ? "NextPacked" : "NextGroup";

    /// <summary>A group begins and ends with whole longs.</summary>
    public static bool Fits(IntegerMel definition) => SamplesOf(definition) % InLong == 0 && IntegerMel.GroupFrames * definition.Spec.HopLength % InLong == 0;

    private static int SamplesOf(IntegerMel definition) => System.Math.Max(definition.GroupSamples, IntegerMel.GroupFrames * definition.Spec.HopLength);
}
