using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>The class that hears, and what calls it, where frames go on two at a time as they are heard.</summary>
internal static class SoundStream
{
    /// <summary>The class that hears: a push begins, and then gives a group of frames at a time, until none of it is left.</summary>
    /// <param name="definition">The front end.</param>
    /// <param name="hop">Frames from one decision to the next.</param>
    /// <param name="array">Where samples are kept.</param>
    /// <param name="isCompact">Less IL.</param>
    public static SoundCode Create(IntegerMel definition, int hop, SoundArray array, bool isCompact)
    {
        int bands = definition.Input.Bands;
        Argument sound = new("sound", 0, IlType.Shorts), raw = new("raw", 0, IlType.Bytes), offset = new("offset", 0, IlType.Int), count = new("count", 1, IlType.Int);
        Argument[] format = [new Argument("bits", 1, IlType.Int), new Argument("channels", 2, IlType.Int), new Argument("gain", 3, IlType.Int)];
        Argument[] layout = [new Argument("bits", 2, IlType.Int), new Argument("channels", 3, IlType.Int)];
        return new SoundCode(
            definition, hop,
            SoundCode.Assembled(
                new Method(
                    "Begin", ValueArray.Of(offset, count), ValueArray.Of<Statement>(Call.Kernel("BeginPush", ("state", SoundCode.Heard), ("offset", offset), ("count", count))),
                    ValueArray.Of("<summary>A push of samples. Internal to the model.</summary>"), IsPublic: true),
                Take(ValueArray.Of(sound), new Result(array.TakeShorts, ValueArray.Of<Expression>([sound, .. array.Taken, SoundCode.Heard, .. array.Told]), IlType.Int)),
                new Method(
                    "BeginRaw", ValueArray.Of([offset, count, .. layout]),
                    ValueArray.Of<Statement>(Call.Kernel("BeginBytes", ("state", SoundCode.Heard), ("offset", offset), ("count", count), ("bits", layout[0]), ("channels", layout[1]))),
                    ValueArray.Of("<summary>A push of bytes. Internal to the model.</summary>"), IsPublic: true),
                Take(ValueArray.Of([raw, .. format]), new Result(array.TakeBytes, ValueArray.Of<Expression>([raw, .. array.Taken, SoundCode.Heard, .. array.Told, .. format]), IlType.Int)),
                SoundCode.Restart()),
            SoundCode.Assembled(new Method("Hear", ValueArray<Argument>.Empty, SoundCode.GroupHeard(array, SoundCode.Window).ToValueArray(), ValueArray.Of("The two frames of a group."))),
            GroupCode.Create(definition, array.IsPacked, isCompact),
            ValueArray.Of(
                new Property("Left", SoundCode.Heard.At(Expressions.Int(SoundCode.Left)), "Samples of the push that are left. Internal to the model."),
                new Property("Codes", SoundCode.Window, "The two frames heard last. Internal to the model.")),
            SoundCode.StateOf(
                array, SoundCode.New("codes", IlType.Bytes, IntegerMel.GroupFrames * bands, "Two frames."), "3 frames heard, 4 unused."),
            SoundCode.LevelsOf(definition), IsStream: true, array.IsPacked, isCompact);
    }

    /// <summary>What the model's class has more: Push, which takes every two frames that it hears.</summary>
    /// <param name="hearing">Name of the class that hears.</param>
    /// <param name="definition">The front end.</param>
    public static SoundFace FaceOf(string hearing, IntegerMel definition)
    {
        Argument sound = new("sound", 0, IlType.Shorts), raw = new("raw", 0, IlType.Bytes), offset = new("offset", 1, IlType.Int), count = new("count", 2, IlType.Int);
        Argument[] format = [new Argument("bits", 3, IlType.Int), new Argument("channels", 4, IlType.Int), new Argument("gain", 5, IlType.Int)];
        return new SoundFace(
            ValueArray.Of(
                new Method(
                    "Push", ValueArray.Of(sound, offset, count),
                    ValueArray.Of<Statement>(SoundFace.Plain(hearing + ".Begin", offset, count), Taking(hearing, ValueArray.Of<Expression>(sound))), SoundText.Streamed(SoundText.PushShorts(definition)), IsPublic: true),
                new Method(
                    "Push", ValueArray.Of([raw, offset, count, .. format]),
                    ValueArray.Of<Statement>(SoundFace.Plain(hearing + ".BeginRaw", offset, count, format[0], format[1]), Taking(hearing, ValueArray.Of<Expression>([raw, .. format]))), SoundText.Streamed(SoundText.PushBytes(definition)), IsPublic: true),
                new Method(
                    "Restart", ValueArray<Argument>.Empty, ValueArray.Of<Statement>(SoundFace.Plain(hearing + ".Restart"), SoundFace.Plain(StreamFace.Begins)), SoundText.Restart, IsPublic: true)),
            ValueArray<Property>.Empty);
    }

    private static Method Take(ValueArray<Argument> parameters, Result taken) => new(
        "Take", parameters,
        ValueArray.Of<Statement>(
            new Refuse(ValueArray.Of(new Comparison(taken, IsEqual: true, Expressions.Int(0))), new Return(Expressions.Int(0))),
            SoundFace.Plain("Hear"),
            new Return(Expressions.Int(1))),
        ValueArray.Of("<summary>Takes samples until two frames are heard or none is left. Internal to the model.</summary>"), IlType.Int, IsPublic: true);

    private static DoWhile Taking(string hearing, ValueArray<Expression> what) => new(
        new PropertyValue(hearing + ".Left", IlType.Int), 1,
        ValueArray.Of<Statement>(new IfEqual(
            new Result(hearing + ".Take", what, IlType.Int), Expressions.Int(1), 1,
            ValueArray.Of<Statement>(SoundFace.Plain(StreamFace.Take, new PropertyValue(hearing + ".Codes", IlType.Bytes), Expressions.Int(0))))));
}
