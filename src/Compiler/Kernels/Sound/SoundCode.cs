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

    // Of a window, and of pushes of shorts that are not copied at once.
    private static readonly ValueArray<string> OfWindows = ValueArray.Of("KeepRows", "NextWindow", "RoomOf", "IsWhole"), OfLoops = ValueArray.Of("BeginPush", "TakeShorts");

    // Of samples that are shorts, and of those that are packed.
    private static readonly ValueArray<string> OfShorts = ValueArray.Of("TakeShorts", "TakeBytes", "NextGroup");
    private static readonly ValueArray<string> OfPacked = ValueArray.Of("PackShorts", "PackBytes", "PackSamples", "PackLongs", "SampleOf", "NextPacked");

    /// <summary>Those of one class, with what the C# compiler makes of them.</summary>
    public IEnumerable<CopiedSection> Copied => Sections
        .Where(section => !IsStream || !OfWindows.Contains(section, System.StringComparer.Ordinal))
        .Where(section => IsStream || IsPacked || !OfLoops.Contains(section, System.StringComparer.Ordinal))
        .Where(section => IsCompact || section != LevelCode.LoudEntries)
        .Where(section => !(IsPacked ? OfShorts : OfPacked).Contains(section, System.StringComparer.Ordinal)).Select(CopiedSections.Section);

    /// <summary>Bytes of codes that are kept.</summary>
    public int WindowCodes => (IsStream ? IntegerMel.GroupFrames : Definition.Input.Frames) * Definition.Input.Bands;

    private const string ConstructorName = ".cctor";
    private const int CodesPerLine = 40;

    // Samples that are left of a push, those of the group, rows, dropped samples: places in the state.
    internal const int Left = 1, Filled = 2, Rows = 3, Dropped = 4, StateLength = 5;

    // Methods of the class.
    internal const string Others = "PushOthers";
    private const string Hearing = "Hear";

    // Bits of one channel without a gain: bytes that are copied as they are.
    private const int Plain = 16;

    // How often a group's samples are copied on the average, pushed a group's at a time.
    internal const int Copies = 2;

    private static readonly Argument Raw = new("raw", 0, IlType.Bytes), Bits = new("bits", 3, IlType.Int), Channels = new("channels", 4, IlType.Int), Gain = new("gain", 5, IlType.Int);
    private static readonly ValueArray<Argument> Format = ValueArray.Of(Bits, Channels, Gain);

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
            Assembled(PushShorts(definition, array), PushBytes(definition, array), Next(hop, bands), Restart()),
            Assembled([
                Hear(array, whole, Call.Kernel("KeepRows", ("rows", RowsField), ("codes", Window), ("state", Heard))),
                .. isPacked ? [PushOthers(array)] : System.Array.Empty<Method>()]),
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

    private static Method PushShorts(IntegerMel definition, SoundArray array)
    {
        Argument sound = new("sound", 0, IlType.Shorts), offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        return new Method(
            "Push", ValueArray.Of(sound, offset, count),
            array.IsPacked
                ? ValueArray.Of<Statement>(
                    Call.Kernel("BeginPush", ("state", Heard), ("offset", offset), ("count", count)),
                    Taking(new Result(array.TakeShorts, ValueArray.Of<Expression>([sound, .. array.Taken, Heard, .. array.Told]), IlType.Int)))
                : ValueArray.Of<Statement>([NotNegative(count), .. Copying(array, sound, offset, count)]),
            SoundText.PushShorts(definition), IsPublic: true);
    }

    private static Method PushBytes(IntegerMel definition, SoundArray array)
    {
        Argument offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        Expression format = Bits.Times(Channels).Plus(Gain).Minus(Expressions.Int(Plain));
        return new Method(
            "Push", ValueArray.Of([Raw, offset, count, .. Format]),
            array.IsPacked
                ? ValueArray.Of<Statement>([
                    NotNegative(count),
                    new IfAny(format, 0, ValueArray.Of<Statement>(
                        new Call(Others, ValueArray.Of<Expression>([Raw, offset, count, .. Format]), ValueArray<string>.Empty, ValueArray<IlType>.Empty),
                        new Assign(count, Expressions.Int(0)))),
                    new Comment("16 bits of one channel are copied as they are."),
                    new Assign(count, count.ShiftRight(1)),
                    .. Copying(array, Raw, offset, count)])
                : Loop(array, offset, count),
            SoundText.PushBytes(definition), IsPublic: true);
    }

    private static Method PushOthers(SoundArray array)
    {
        Argument offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        return new Method(Others, ValueArray.Of([Raw, offset, count, .. Format]), Loop(array, offset, count), ValueArray.Of("Bytes of any other kind."));
    }

    private static ValueArray<Statement> Loop(SoundArray array, Argument offset, Argument count) => ValueArray.Of<Statement>(
        Call.Kernel("BeginBytes", ("state", Heard), ("offset", offset), ("count", count), ("bits", Bits), ("channels", Channels)),
        Taking(new Result(array.TakeBytes, ValueArray.Of<Expression>([Raw, .. array.Taken, Heard, .. array.Told, .. Format]), IlType.Int)));

    // Samples as they are kept, from an element on: until the group is whole, and on until none are left.
    private static IEnumerable<Statement> Copying(SoundArray array, Argument pushed, Argument offset, Argument count)
    {
        Local held = new("held", IlType.Ints), filled = new("filled", IlType.Int), take = new("take", IlType.Int);
        int each = array.IsPacked ? 1 : 0;
        var body = new List<Statement>
        {
            new Assign(filled, held.At(Expressions.Int(Filled)), Declares: true),
            new Assign(take, Expressions.Int(array.Samples).Minus(filled), Declares: true),
            new IfBelow(count, take, 1, ValueArray.Of<Statement>(new Assign(take, count))),
            new Call(
                "global::System.Array.Copy", ValueArray.Of(pushed, offset, array.Copied, filled.ShiftLeft(each), take.ShiftLeft(each)), ValueArray<string>.Empty, ValueArray<IlType>.Empty),
        };
        if (array.IsPacked)
        {
            body.Add(new IfBelow(filled, Expressions.Int(array.Kept), 0, ValueArray.Of<Statement>(
                new Comment("Nothing was heard yet: what later groups find as longs of four becomes that here."), array.PackKept)));
        }

        body.AddRange([
            new Assign(filled, filled.Plus(take)),
            new Assign(held.At(Expressions.Int(Filled)), filled),
            new Assign(offset, offset.Plus(take.ShiftLeft(each))),
            new Assign(count, count.Minus(take)),
            new IfEqual(filled, Expressions.Int(array.Samples), 1, ValueArray.Of<Statement>(new Assign(count, new Result(Hearing, ValueArray.Of<Expression>(count), IlType.Int))))]);
        return [new Assign(held, Heard, Declares: true), new DoWhile(count, Copies, body.ToValueArray())];
    }

    private static IfBelow NotNegative(Argument count) => new(count, Expressions.Int(0), 0, ValueArray.Of<Statement>(new Assign(count, Expressions.Int(0))));

    private static DoWhile Taking(Result taken)
    {
        Expression left = Heard.At(Expressions.Int(Left));
        return new DoWhile(left, 1, ValueArray.Of<Statement>(new IfEqual(taken, Expressions.Int(1), 1, ValueArray.Of<Statement>(
            new Assign(left, new Result(Hearing, ValueArray.Of(left), IlType.Int))))));
    }

    // Of a group; first that a window waits for its decision.
    private static Method Hear(SoundArray array, Expression frames, Call kept)
    {
        var left = new Argument("left", 0, IlType.Int);
        Expression dropped = Heard.At(Expressions.Int(Dropped));
        return new Method(
            Hearing, ValueArray.Of(left),
            ValueArray.Of<Statement>([
                new IfEqual(Heard.At(Expressions.Int(Rows)), frames, 0, ValueArray.Of<Statement>(
                    new Assign(dropped, dropped.Plus(left)),
                    new Return(Expressions.Int(0)))),
                .. GroupHeard(array, RowsField, kept),
                new Return(left)]),
            ValueArray.Of("The two frames of a whole group. While a decision is due the group waits, and what is left of the push is dropped. Returns what is left."), IlType.Int);
    }

    /// <summary>A group is heard, and the next one begins.</summary>
    /// <param name="array">Where samples are kept.</param>
    /// <param name="rows">Where the codes go.</param>
    /// <param name="kept">What then is done with them.</param>
    internal static IEnumerable<Statement> GroupHeard(SoundArray array, StaticField rows, params Call[] kept) =>
        [new Call(GroupCode.Name, ValueArray.Of<Expression>([.. array.Read, LevelsField, rows]), ValueArray<string>.Empty, ValueArray<IlType>.Empty), .. kept, array.Next];
    private static Method Next(int hop, int bands) => new(
        "Next", ValueArray<Argument>.Empty,
        ValueArray.Of<Statement>(Call.Kernel("NextWindow", ("codes", Window), ("state", Heard), ("hop", Expressions.Int(hop)), ("bands", Expressions.Int(bands)))),
        SoundText.Next, IsPublic: true);

    internal static Method Restart() => new(
        "Restart", ValueArray<Argument>.Empty, ValueArray.Of<Statement>(Call.Kernel("Forget", ("state", Heard))), SoundText.Restart, IsPublic: true);
}
