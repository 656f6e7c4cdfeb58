using System.Collections.Generic;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// Where the samples of a group are kept, and what puts them there: shorts, which pushes of shorts copy, or bytes, which pushes of bytes copy and of which longs of four
/// samples are made where they are read.
/// </summary>
/// <param name="definition">The front end.</param>
/// <param name="isPacked">Samples are bytes, and longs of four.</param>
internal sealed class SoundArray(IntegerMel definition, bool isPacked)
{
    /// <summary>Samples of a long.</summary>
    public const int InLong = 4;

    private const string Name = "samples";

    private static readonly StaticField Bytes = new("bytes", IlType.Bytes), Longs = new(Name, IlType.Longs), Shorts = new(Name, IlType.Shorts);

    /// <summary>Samples that it holds. A hop longer than the window: what lies between two groups passes through it too.</summary>
    public int Samples { get; } = SamplesOf(definition);

    /// <summary>Of these the ones that the next group has too.</summary>
    public int Kept => Samples - StepOf(definition);

    /// <summary>The arrays that the fold reads, and what is told of them.</summary>
    public IEnumerable<Expression> Read => isPacked ? [Longs, Bytes] : [Shorts];

    /// <summary>What is taken into.</summary>
    public IEnumerable<Expression> Taken => isPacked ? [Bytes, Longs] : [Shorts];

    /// <summary>What pushes are copied into as they come.</summary>
    public StaticField Copied => isPacked ? Bytes : Shorts;

    /// <summary>Longs of the samples that later groups have in common with the one before, for the first group.</summary>
    public Call PackKept => Call.Kernel("PackLongs", ("bytes", Bytes), (Name, Longs), ("from", Expressions.Int(0)), ("to", Expressions.Int(Kept / InLong)));

    /// <summary>What is told behind the state.</summary>
    public IEnumerable<Expression> Told => isPacked ? [Expressions.Int(Kept)] : [];

    /// <summary>The arrays as fields that allocate them.</summary>
    public IEnumerable<Field> Fields => isPacked
        ? [SoundCode.New(Bytes.Name, IlType.Bytes, 2 * Samples, "Of the group that is being filled."), SoundCode.New(Name, IlType.Longs, Samples / InLong, "The same, four in a long.")]
        : [SoundCode.New(Name, IlType.Shorts, Samples, "Of the group that is being filled.")];

    /// <summary>Samples are bytes, and longs of four.</summary>
    public bool IsPacked => isPacked;

    /// <summary>Copied section that takes shorts.</summary>
    public string TakeShorts => isPacked ? "PackShorts" : "TakeShorts";

    /// <summary>The one that takes bytes.</summary>
    public string TakeBytes => isPacked ? "PackBytes" : "TakeBytes";

    /// <summary>Goes on to the next group.</summary>
    public Call Next => isPacked
        ? Call.Kernel("NextPacked", (Name, Longs), ("state", SoundCode.Heard), ("step", Expressions.Int(StepOf(definition))), ("kept", Expressions.Int(Kept)))
        : Call.Kernel("NextGroup", (Name, Shorts), ("state", SoundCode.Heard), ("step", Expressions.Int(StepOf(definition))));

    /// <summary>A group begins and ends with whole longs.</summary>
    public static bool Fits(IntegerMel definition) => SamplesOf(definition) % InLong == 0 && StepOf(definition) % InLong == 0;

    /// <summary>Longs that are made of bytes for each group.</summary>
    public static int Conversions(IntegerMel definition) => ((definition.GroupSamples + InLong - 1) / InLong) - ((SamplesOf(definition) - StepOf(definition)) / InLong);

    private static int StepOf(IntegerMel definition) => IntegerMel.GroupFrames * definition.Spec.HopLength;

    private static int SamplesOf(IntegerMel definition) => System.Math.Max(definition.GroupSamples, StepOf(definition));
}
