using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>What a model's class has more where it hears: the members of the class that does, and <c>Run</c> on the window that is due.</summary>
/// <param name="Methods">In order.</param>
/// <param name="Properties">What can be asked.</param>
internal sealed record SoundFace(ValueArray<Method> Methods, ValueArray<Property> Properties)
{
    /// <summary>Names that no task may take.</summary>
    public static IReadOnlyList<string> Members { get; } = ["Push", "Ready", "Room", "Dropped", "Restart"];

    /// <summary>Every method, getters too, with its figures.</summary>
    public IEnumerable<AssembledMethod> Assembled => Methods.Concat(Properties.Select(property => property.Getter)).Select(AssembledMethod.Of);

    /// <summary>Of a model.</summary>
    /// <param name="hearing">Name of the class that hears.</param>
    /// <param name="code">That class.</param>
    public static SoundFace Of(string hearing, SoundCode code)
    {
        if (code.IsStream)
            return SoundStream.FaceOf(hearing, code.Definition);
        var tasks = new Argument("tasks", 0, IlType.Int);
        Argument sound = new("sound", 0, IlType.Shorts), raw = new("raw", 0, IlType.Bytes);
        Argument[] place = [new Argument("offset", 1, IlType.Int), new Argument("count", 2, IlType.Int)];
        Argument[] format = [new Argument("bits", 3, IlType.Int), new Argument("channels", 4, IlType.Int), new Argument("gain", 5, IlType.Int)];
        var run = new Method(
            "Run", ValueArray.Of(tasks),
            ValueArray.Of<Statement>(
                new Refuse(
                    ValueArray.Of(
                        new Comparison(new PropertyValue(hearing + ".Ready", IlType.Bool), IsEqual: true, Expressions.Bool(false)),
                        new Comparison(new Result("Run", ValueArray.Of<Expression>(new PropertyValue(hearing + ".Codes", IlType.Bytes), tasks), IlType.Bool), IsEqual: true, Expressions.Bool(false))),
                    new Return(Expressions.Bool(false))),
                new Blank(),
                Plain(hearing + ".Next"),
                new Return(Expressions.Bool(true))),
            ValueArray.Of(
                "<summary>Decides on the window that is due, and moves on to the next. Allocates nothing; not for two threads at once.</summary>",
                "<param name=\"tasks\">Tasks combined with |; 0 does nothing.</param>",
                "<returns>False, and nothing has run, where no decision is due (Ready) or no task is asked for.</returns>"),
            IlType.Bool, IsPublic: true);
        return new SoundFace(
            ValueArray.Of(
                new Method("Push", ValueArray.Of([sound, .. place]), ValueArray.Of<Statement>(Plain(hearing + ".Push", [sound, .. place])), SoundText.PushShorts(code.Definition), IsPublic: true),
                new Method("Push", ValueArray.Of([raw, .. place, .. format]), ValueArray.Of<Statement>(Plain(hearing + ".Push", [raw, .. place, .. format])), SoundText.PushBytes(code.Definition), IsPublic: true),
                run,
                new Method("Restart", ValueArray<Argument>.Empty, ValueArray.Of<Statement>(Plain(hearing + ".Restart")), SoundText.Restart, IsPublic: true)),
            ValueArray.Of(
                new Property("Ready", new PropertyValue(hearing + ".Ready", IlType.Bool), "A window is whole: Run decides on it."),
                new Property("Room", new PropertyValue(hearing + ".Room", IlType.Int), "Samples that may be pushed before the next Run, none of them dropped."),
                new Property("Dropped", new PropertyValue(hearing + ".Dropped", IlType.Int), "Samples dropped because Run came late, since the program began.")));
    }

    internal static Call Plain(string method, params Expression[] arguments) => new(method, ValueArray.Of(arguments), ValueArray<string>.Empty, ValueArray<IlType>.Empty);
}
