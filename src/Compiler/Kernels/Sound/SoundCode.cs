using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// The class that hears, as trees: samples in chunks of any size become rows of codes, group by group, in a window that moves on from
/// decision to decision. It knows nothing of the network.
/// </summary>
/// <param name="Definition">The front end.</param>
/// <param name="Hop">Frames from one decision to the next.</param>
/// <param name="Face">What is called: <c>Push</c> and so on.</param>
/// <param name="Inner">What those call.</param>
/// <param name="Group">The front end of a group of frames.</param>
/// <param name="Properties">What can be asked.</param>
/// <param name="State">Buffers.</param>
/// <param name="Levels">The logarithm's table.</param>
/// <param name="IsStream">Frames go on two at a time; else a window of them is kept.</param>
/// <param name="IsPacked">Samples are kept as bytes, and as longs of four; else each is a short.</param>
/// <param name="IsCompact">Less IL, a fiftieth more work: for an assembly that it shares with the network.</param>
internal sealed record SoundCode(
    IntegerMel Definition, int Hop, ValueArray<AssembledMethod> Face, ValueArray<AssembledMethod> Inner, ValueArray<AssembledMethod> Group, ValueArray<Property> Properties,
    ValueArray<Field> State, Field Levels, bool IsStream, bool IsPacked, bool IsCompact)
{
    /// <summary>Copied sections, in the order of the generated file.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        ["BeginPush", "BeginBytes", "TakeShorts", "TakeBytes", "PackShorts", "PackBytes", "PackSamples", "PackLongs", "SampleOf", "Taken", "NextGroup", "NextPacked", "KeepRows", "NextWindow", "RoomOf", "IsWhole", "Forget", "FirstShift", LevelCode.LoudEntries, LevelCode.Held];

    // Of a window.
    private static readonly ValueArray<string> OfWindows = ValueArray.Of("KeepRows", "NextWindow", "RoomOf", "IsWhole");

    // Of samples that are shorts, and of those that are packed.
    private static readonly ValueArray<string> OfShorts = ValueArray.Of("TakeShorts", "TakeBytes", "NextGroup");
    private static readonly ValueArray<string> OfPacked = ValueArray.Of("PackShorts", "PackBytes", "PackSamples", "PackLongs", "SampleOf", "NextPacked");

    /// <summary>Those of one class, with what the C# compiler makes of them.</summary>
    public IEnumerable<CopiedSection> Copied => Sections
        .Where(section => !IsStream || !OfWindows.Contains(section, System.StringComparer.Ordinal))
        .Where(section => IsCompact || section != LevelCode.LoudEntries)
        .Where(section => !(IsPacked ? OfShorts : OfPacked).Contains(section, System.StringComparer.Ordinal)).Select(CopiedSections.Section);

    /// <summary>Bytes of codes that are kept.</summary>
    public int WindowCodes => (IsStream ? IntegerMel.GroupFrames : Definition.Input.Frames) * Definition.Input.Bands;

    private const string ConstructorName = ".cctor";
    private const int CodesPerLine = 40;

    // Samples that are left of a push, dropped ones, rows: places in the state.
    internal const int Left = 1, Rows = 3, Dropped = 4, StateLength = 5;

    internal static readonly StaticField Heard = new("state", IlType.Ints), Window = new("codes", IlType.Bytes);
    private static readonly StaticField RowsField = new("rows", IlType.Bytes);
    private static readonly StaticField LevelsField = new("levels", IlType.Bytes);

    /// <summary>Every field.</summary>
    public IEnumerable<Field> Fields => State.Append(Levels);

    /// <summary>Every method that is not copied.</summary>
    public IEnumerable<AssembledMethod> Methods => Face.Concat(Inner).Concat(Group)
        .Concat(Properties.Select(property => AssembledMethod.Of(property.Getter)))
        .Append(AssembledMethod.Of(new Method(ConstructorName, ValueArray<Argument>.Empty, Fields.Select(each => each.Initialiser).ToValueArray(), ValueArray<string>.Empty)));

    /// <summary>IL of all methods as the device holds it.</summary>
    public int DeviceIlBytes => Methods.Sum(method => method.Figures.DeviceBytes) + Copied.SelectMany(section => section.Methods).Sum(method => method.Figures.DeviceIlBytes);

    /// <summary>Builds the code.</summary>
    /// <param name="definition">The front end; an even number of frames, since two are heard together.</param>
    /// <param name="hop">Even, 2 to the frames of a window.</param>
    /// <param name="isStream">Frames go on two at a time.</param>
    /// <param name="isPacked">Samples are kept as bytes, and as longs of four (<see cref="SoundArray.Fits"/>).</param>
    /// <param name="isCompact">Less IL, a fiftieth more work.</param>
    public static SoundCode Create(IntegerMel definition, int hop, bool isStream = false, bool isPacked = false, bool isCompact = false)
    {
        var array = new SoundArray(definition, isPacked);
        if (isStream)
            return SoundStream.Create(definition, hop, array, isCompact);
        int frames = definition.Input.Frames, bands = definition.Input.Bands;
        Expression whole = Expressions.Int(frames);
        return new SoundCode(
            definition, hop,
            Assembled(PushShorts(array, whole), PushBytes(array, whole), Next(hop, bands), Restart()),
            Assembled(Hear(array, RowsField, Call.Kernel("KeepRows", ("rows", RowsField), ("codes", Window), ("state", Heard)))),
            GroupCode.Create(definition, isPacked, isCompact),
            ValueArray.Of(
                new Property("Ready", new Result("IsWhole", ValueArray.Of<Expression>(Heard, whole), IlType.Bool), "A window is whole: a decision is due."),
                new Property("Room", new Result("RoomOf", ValueArray.Of<Expression>(Heard, whole, Expressions.Int(IntegerMel.GroupFrames * definition.Spec.HopLength), Expressions.Int(array.Samples)), IlType.Int), "Samples that may be pushed before the next decision is made, none of them dropped."),
                new Property("Dropped", Heard.At(Expressions.Int(Dropped)), "Samples dropped because a decision came late, since the program began."),
                new Property("Codes", Window, "The window, frame after frame. Internal to the model.")),
            StateOf(array, New("codes", IlType.Bytes, frames * bands, "The window, frame after frame."), "3 rows of the window, 4 samples dropped.")
                .Append(New("rows", IlType.Bytes, IntegerMel.GroupFrames * bands, "Of the group that was heard last.")).ToValueArray(),
            LevelsOf(definition), IsStream: false, isPacked, isCompact);
    }

    /// <summary>Buffers.</summary>
    internal static ValueArray<Field> StateOf(SoundArray array, Field codes, string rest) => ValueArray.Of([
        .. array.Fields,
        codes,
        New("state", IlType.Ints, StateLength, "0 next element of what is pushed, 1 samples of it that are left, 2 samples of the group, " + rest)]);

    /// <summary>The logarithm's table.</summary>
    internal static Field LevelsOf(IntegerMel definition) => new(
        "levels", new Numbers(IlType.Bytes, ValueArray.Of(new NumberRow("", definition.Levels.Codes.Select(code => (int)code).ToValueArray())), CodesPerLine),
        ValueArray.Of("Codes by the logarithm of a band's sum."));

    internal static Field New(string name, IlType type, int length, string comment) => new(name, new NewArray(type, length), ValueArray.Of(comment));

    internal static ValueArray<AssembledMethod> Assembled(params Method[] methods) => methods.Select(AssembledMethod.Of).ToValueArray();

    private static Method PushShorts(SoundArray array, Expression frames)
    {
        Argument sound = new("sound", 0, IlType.Shorts), offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        return new Method(
            "Push", ValueArray.Of(sound, offset, count),
            ValueArray.Of<Statement>(
                Call.Kernel("BeginPush", ("state", Heard), ("offset", offset), ("count", count)),
                Taking(new Result(array.TakeShorts, ValueArray.Of<Expression>([sound, .. array.Taken, Heard, frames, .. array.Told]), IlType.Int))),
            SoundText.PushShorts, IsPublic: true);
    }

    private static Method PushBytes(SoundArray array, Expression frames)
    {
        Argument raw = new("raw", 0, IlType.Bytes), offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        Argument bits = new("bits", 3, IlType.Int), channels = new("channels", 4, IlType.Int), gain = new("gain", 5, IlType.Int);
        return new Method(
            "Push", ValueArray.Of(raw, offset, count, bits, channels, gain),
            ValueArray.Of<Statement>(
                Call.Kernel("BeginBytes", ("state", Heard), ("offset", offset), ("count", count), ("bits", bits), ("channels", channels)),
                Taking(new Result(array.TakeBytes, ValueArray.Of<Expression>([raw, .. array.Taken, Heard, frames, .. array.Told, bits, channels, gain]), IlType.Int))),
            SoundText.PushBytes, IsPublic: true);
    }

    private static DoWhile Taking(Result taken) => new(
        Heard.At(Expressions.Int(Left)), 1,
        ValueArray.Of<Statement>(new IfEqual(taken, Expressions.Int(1), 1, ValueArray.Of<Statement>(new Call("Hear", ValueArray<Expression>.Empty, ValueArray<string>.Empty, ValueArray<IlType>.Empty)))));

    internal static Method Hear(SoundArray array, StaticField rows, params Call[] kept) => new(
        "Hear", ValueArray<Argument>.Empty,
        ValueArray.Of<Statement>([
            new Call(GroupCode.Name, ValueArray.Of<Expression>([.. array.Read, LevelsField, rows]), ValueArray<string>.Empty, ValueArray<IlType>.Empty),
            .. kept,
            array.Next]),
        ValueArray.Of("The two frames of a group."));

    private static Method Next(int hop, int bands) => new(
        "Next", ValueArray<Argument>.Empty,
        ValueArray.Of<Statement>(Call.Kernel("NextWindow", ("codes", Window), ("state", Heard), ("hop", Expressions.Int(hop)), ("bands", Expressions.Int(bands)))),
        SoundText.Next, IsPublic: true);

    internal static Method Restart() => new(
        "Restart", ValueArray<Argument>.Empty, ValueArray.Of<Statement>(Call.Kernel("Forget", ("state", Heard))), SoundText.Restart, IsPublic: true);
}
