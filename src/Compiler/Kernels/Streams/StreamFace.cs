using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Streams;

/// <summary>What firmware calls of a class that runs on a stream: frames go in two at a time, and a decision is made where one is due.</summary>
internal static class StreamFace
{
    /// <summary>Name of what takes frames.</summary>
    public const string Take = "Advance";

    /// <summary>Name of what decides.</summary>
    public const string Decide = "Run";

    /// <summary>Names that no task may take.</summary>
    public static IReadOnlyList<string> Members { get; } = [Take, Begins, "Ready", "Missed", "stream"];

    /// <summary>Name of what makes a stream begin.</summary>
    public const string Begins = "Begin";

    /// <summary>Copied sections, in the order of the generated file.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["BeginStream", "NextFrames", "IsDue", "Decided"];

    private const int StateLength = 4, Taken = 0, TakenInPeriod = 1, MissedDecisions = 3;

    private static readonly StaticField State = new("stream", IlType.Ints);
    private static readonly Argument Codes = new("codes", 0, IlType.Bytes), Offset = new("offset", 1, IlType.Int);

    /// <summary>Groups that were taken before this one, less whole periods: one less than makes a decision due in the group with which a window ends.</summary>
    public static Expression InPeriod { get; } = State.At(Expressions.Int(TakenInPeriod));

    /// <summary>The state as a field.</summary>
    public static Field Field { get; } = new(
        State.Name, new NewArray(IlType.Ints, StateLength),
        ValueArray.Of("0 groups of two frames that were taken, 1 the same since a decision, 2 groups for which one stays due, 3 decisions that were missed."));

    /// <summary>The methods, besides layers and heads: of a window from anew, of two frames, of a decision.</summary>
    /// <param name="network">The network, streaming.</param>
    /// <param name="code">Of layers and heads; empty for a face whose size alone is wanted.</param>
    public static IEnumerable<Method> Methods(Network network, IReadOnlyList<LayerCode> code)
    {
        Streaming streaming = network.Streaming!;
        yield return Window(network, streaming);
        yield return Advance(network, streaming, code);
        yield return Decision(network, streaming, code);
        yield return new Method(
            Begins, ValueArray<Argument>.Empty, ValueArray.Of<Statement>(Trees.Call.Kernel("BeginStream", ("stream", State))),
            ValueArray.Of("<summary>Begins a stream: nothing was taken, the next frame is the first one. So it is when the program begins.</summary>"), IsPublic: true);
    }

    /// <summary>What can be asked of the stream.</summary>
    public static IEnumerable<Property> Properties { get; } =
    [
        new Property("Ready", new Result("IsDue", ValueArray.Of<Expression>(State), IlType.Bool), "A decision is due: Run makes it."),
        new Property("Missed", State.At(Expressions.Int(MissedDecisions)), "Decisions that were due and that Run did not make in time, since the program began."),
    ];

    /// <summary>Codes and offset are what a first layer takes; all others run for every task of the class.</summary>
    public static Statement Call(Network network, LayerCode stage, Expression? tasks = null) => new Call(
        stage.Entry.Method.Name,
        stage.Entry.Method.Parameters.Select(parameter => parameter.Name == Codes.Name ? Codes : parameter.Name == Offset.Name ? Offset : tasks ?? AllTasks(network)).ToValueArray(),
        ValueArray<string>.Empty, ValueArray<IlType>.Empty);

    private static Constant AllTasks(Network network) => new("AllTasks", (1 << network.Tasks.Count) - 1);

    private static Method Advance(Network network, Streaming streaming, IReadOnlyList<LayerCode> code)
    {
        var body = new List<Statement>();
        for (int i = 0; i < streaming.Layers && i < code.Count; i++)
            body.Add(i == 0 ? Call(network, code[i]) : Every(Streaming.Cycle(i + 1), Streaming.Delay(i + 1), Call(network, code[i])));
        if (streaming.Layers < code.Count)
            body.Add(Every(Streaming.Cycle(streaming.Layers), streaming.MaximumDelay, Maximum(streaming, Call(network, code[streaming.Layers]))));

        body.Add(Trees.Call.Kernel("NextFrames", ("stream", State), ("first", Expressions.Int(streaming.First)), ("period", Expressions.Int(streaming.Period)), ("slack", Expressions.Int(streaming.Slack))));
        return new Method(
            Take, ValueArray.Of(Codes, Offset), body.ToValueArray(),
            ValueArray.Of(
                FormattableString.Invariant($"<summary>Takes the next two frames and computes what they complete: a row of the first layer, and of one other at most. A decision on {streaming.Frames} frames is due every {streaming.Hop}, {streaming.Latency} frames after the last that it hears. Allocates nothing; not for two threads at once.</summary>"),
                FormattableString.Invariant($"<param name=\"codes\">Frame after frame, each code 0 to {network.Input.CodeMax}. Read only.</param>"),
                "<param name=\"offset\">First code of the two frames.</param>"),
            IsPublic: true);
    }

    // In each group of a cycle with which so many rows of the first layer are complete; the first of them has not come with the first group.
    private static Statement Every(int cycle, int delay, Statement step) => cycle == 1 ? step
        : new IfEqual(State.At(Expressions.Int(Taken)).And(Expressions.Int(cycle - 1)), Expressions.Int((delay + 1) % cycle), 0, ValueArray.Of(step));

    // Rows of the last convolution that windows need: those with which one of them ends come last in a period.
    private static Statement Maximum(Streaming streaming, Statement step) => !streaming.SkipsMaxima ? step
        : new IfAbove(InPeriod, streaming.FirstMaximum - 1, 0, ValueArray.Of(step));

    private static Method Decision(Network network, Streaming streaming, IReadOnlyList<LayerCode> code)
    {
        var tasks = new Argument("tasks", 0, IlType.Int);
        return new Method(
            Decide, ValueArray.Of(tasks),
            new Statement[]
            {
                new Refuse(
                    ValueArray.Of(
                        new Comparison(new PropertyValue("Ready", IlType.Bool), IsEqual: true, Expressions.Bool(false)),
                        new Comparison(tasks.And(AllTasks(network)), IsEqual: true, Expressions.Int(0))),
                    new Return(Expressions.Bool(false))),
                new Blank(),
            }.Concat(code.Skip(streaming.Layers + 1).Select(stage => Call(network, stage, tasks)))
                .Append(Trees.Call.Kernel("Decided", ("stream", State)))
                .Append(new Return(Expressions.Bool(true))).ToValueArray(),
            ValueArray.Of(
                FormattableString.Invariant($"<summary>Makes the decision that is due: the embedding and the heads asked for. It stays due for {streaming.Slack * Streaming.GroupFrames} frames.</summary>"),
                "<param name=\"tasks\">Tasks combined with |; 0 does nothing.</param>",
                "<returns>False, and nothing has run, where no decision is due (Ready) or no task is asked for.</returns>"),
            IlType.Bool, IsPublic: true);
    }

    private static Method Window(Network network, Streaming streaming)
    {
        var tasks = new Argument("tasks", 1, IlType.Int);
        int frames = network.Input.Frames, group = Streaming.GroupFrames * network.Input.Bands, whole = Math.Min(streaming.First, frames / Streaming.GroupFrames);
        var next = new Local("next", IlType.Int);
        var steps = new List<Statement>
        {
            new Refuse(
                ValueArray.Of(
                    new Comparison(Codes, IsEqual: true, null),
                    new Comparison(new Length(Codes), IsEqual: false, new Constant("InputLength", frames * network.Input.Bands)),
                    new Comparison(tasks.And(AllTasks(network)), IsEqual: true, Expressions.Int(0))),
                new Return(Expressions.Bool(false))),
            new Blank(),
            new Call(Begins, ValueArray<Expression>.Empty, ValueArray<string>.Empty, ValueArray<IlType>.Empty),
            new For(next, 0, whole * group, group, ValueArray.Of<Statement>(new Call(Take, ValueArray.Of<Expression>(Codes, next), ValueArray<string>.Empty, ValueArray<IlType>.Empty))),
        };
        if (streaming.First > whole)
        {
            // Rows are computed a little after their last frame, whatever comes then.
            steps.Add(new For(new Local("more", IlType.Int), 0, streaming.First - whole, 1, ValueArray.Of<Statement>(new Call(Take, ValueArray.Of<Expression>(Codes, Expressions.Int(0)), ValueArray<string>.Empty, ValueArray<IlType>.Empty))));
        }

        steps.Add(new Return(new Result(Decide, ValueArray.Of<Expression>(tasks), IlType.Bool)));
        return new Method(
            "Run", ValueArray.Of(Codes, tasks), steps.ToValueArray(),
            ValueArray.Of(
                "<summary>Decides on one window from anew, as if nothing had been taken before: for tests and recordings. A stream begins anew after it.</summary>",
                FormattableString.Invariant($"<param name=\"codes\">One window, frame after frame, each code 0 to {network.Input.CodeMax}. Read only.</param>"),
                "<param name=\"tasks\">Tasks combined with |; 0 does nothing.</param>",
                "<returns>False, and nothing has run, unless codes holds InputLength elements and a task is asked for.</returns>"),
            IlType.Bool, IsPublic: true);
    }
}
