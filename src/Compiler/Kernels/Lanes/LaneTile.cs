using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// One method of a lane convolution: some channels, computed in one walk over the image. Blocks of several encoders share the loads of
/// the shared patch; an adapter's block is guarded by its task's bit.
/// </summary>
internal sealed class LaneTile
{
    private static readonly Local Row = new("row", IlType.Int);
    private static readonly Local Line = new("line", IlType.Int);
    private static readonly Local Place = new("place", IlType.Int);
    private static readonly Argument Tasks = new("tasks", 0, IlType.Int);

    private readonly PlacedLaneLayer layer;
    private readonly IReadOnlyList<ChannelSpan> spans;
    private readonly LaneNames names;
    private readonly LanePatch patch;
    private readonly LaneConstants constants;
    private readonly PatchVariables variables;
    private readonly LaneTilePlan plan;
    private readonly Expression[] pool;
    private readonly LaneSum[][] sums;
    private readonly TileLoads loads;
    private readonly TileSums totals;

    private LaneTile(PlacedLaneLayer layer, IReadOnlyList<ChannelSpan> spans, LaneNames names, LanePatch patch, LaneTilePlan plan)
    {
        (this.layer, this.spans, this.names, this.patch, this.plan) = (layer, spans, names, patch, plan);
        constants = new LaneConstants(layer.Format);
        variables = new PatchVariables(IsGuarded(spans) ? 1 : 0);
        (loads, totals) = (new TileLoads(layer, patch, variables), new TileSums(layer, names, patch, variables, constants, StillChannels.AreStored(layer, spans)));
        foreach (int[] phase in plan.Phases.Take(plan.Slides ? 1 : 0))
            variables.Hold(phase);
        if (plan.OwnSlides)
        {
            for (int i = 0; i < spans.Count; i++)
            {
                foreach (int[] round in plan.Rounds[i])
                {
                    if (IsGuarded(spans) && spans[i].Block.Task is not null)
                        variables.HoldGuarded(round);
                    else
                        variables.Hold(round);
                }
            }
        }

        pool = plan.OwnSlides ? [] : variables.Pool(plan.Pool);
        SharedPool = plan.Slides ? [] : variables.Pool(plan.Phases.Max(phase => phase.Length));
        sums = spans.Select(span => Enumerable.Range(span.First, span.Count).Select(o => new LaneSum(span.Block, o, layer.Format, layer.IsPaired)).ToArray()).ToArray();
    }

    private Expression[] SharedPool { get; }

    // Elements that take turns do not slide, so that those one place back, if any sum reads one, are loaded at every step.
    private bool LooksBack => !layer.IsWholeLine
        && (plan.Slides ? [] : plan.Phases).Concat(plan.OwnSlides ? [] : plan.Rounds.SelectMany(rounds => rounds)).Any(elements => elements.Any(patch.IsBefore));

    /// <summary>The tile itself tests the bits of tasks: it holds blocks of more than one encoder. Otherwise its caller does.</summary>
    public static bool IsGuarded(IReadOnlyList<ChannelSpan> spans) => spans.Select(span => span.Block.Task).Distinct().Count() > 1;

    /// <summary>Bits of the tasks of which one must be asked for; 0 where the shared encoder is among the blocks.</summary>
    public static int Mask(IReadOnlyList<ChannelSpan> spans) =>
        spans.Any(span => span.Block.Task is null) ? 0 : spans.Aggregate(0, (mask, span) => mask | span.Block.Mask);

    /// <summary>The method; null where the variables of a method do not hold what it needs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="spans">What to compute of it.</param>
    /// <param name="name">Name of the method.</param>
    /// <param name="names">What it calls things outside.</param>
    public static AssembledMethod? Assemble(PlacedLaneLayer layer, IReadOnlyList<ChannelSpan> spans, string name, LaneNames names)
    {
        var elements = new LanePatch(layer);
        int[][] used = spans.Select(span => Used(layer, elements, span)).ToArray();
        return LaneTilePlan.Of(layer, elements, spans, used) is { } held
            ? AssembledMethod.Of(new LaneTile(layer, spans, names, elements, held).Method(name))
            : null;
    }

    /// <summary>Elements of the patch that some weight of a span meets, ascending.</summary>
    public static int[] Used(LaneLayer layer, LanePatch elements, ChannelSpan span)
    {
        var used = new SortedSet<int>();
        for (int o = span.First; o < span.First + span.Count; o++)
        {
            IReadOnlyList<sbyte> weights = LaneSum.Weights(span.Block, o, layer.IsPaired);
            for (int w = 0; w < weights.Count; w++)
            {
                if (weights[w] == 0)
                    continue;
                int tap = LaneSum.LineMajor(w, layer.Format.Axis);
                for (int position = 0; position < layer.Positions; position++)
                    used.Add(elements.Element(span.Block, tap, position / layer.Side, position % layer.Side));
            }
        }

        return [.. used];
    }

    private Method Method(string name)
    {
        var place = new List<Statement>();
        if (!layer.IsGlobal && layer.KeepsBest)
            place.Add(new Assign(TileSums.Next, Row.Plus(Place.ShiftRight(1).Times(layer.InOutput(0, 1)))));
        for (int phase = 0; phase < plan.Phases.Count; phase++)
        {
            if (phase > 0)
                place.Add(new Blank());
            place.AddRange(Phase(phase));
        }

        // What follows belongs to no output.
        place.Add(new Blank());
        if (plan.Slides && !layer.IsWholeLine)
            place.AddRange(loads.Slide(plan.Phases[0]));
        if (LooksBack)
        {
            place.Add(new Assign(LanePatch.Back, layer.InInput(0, -1)));
            place.Add(new Assign(LanePatch.Lift, Expressions.Int(0)));
        }

        place.AddRange(new[] { LanePatch.Above, LanePatch.Here, LanePatch.Under }.Select(pointer => Advance(pointer, layer.InInput(0, layer.Side))));
        if (!layer.IsGlobal && !layer.KeepsBest)
            place.Add(Advance(TileSums.Next, layer.InOutput(0, 1)));

        var body = new List<Statement>
        {
            new Assign(LanePatch.Above, layer.FirstLine == 0 ? Expressions.Int(PlacedLaneLayer.ZeroStart) : layer.InputLine(layer.FirstLine - 1)),
            new Assign(LanePatch.Here, layer.InputLine(layer.FirstLine)),
        };
        if (!layer.IsGlobal && !layer.KeepsBest)
            body.Add(new Assign(TileSums.Next, layer.OutputAt(0)));
        body.Add(new For(Line, 0, layer.SummedLines, layer.Tall, LineBody(place).ToValueArray()));

        IEnumerable<Argument> parameters = variables.Arguments;
        if (IsGuarded(spans))
            parameters = new[] { Tasks }.Concat(parameters);
        return new Method(name, parameters.ToValueArray(), Declarations().Concat(body).ToValueArray(), Documentation().ToValueArray());
    }

    private IEnumerable<string> Documentation()
    {
        IEnumerable<string> blocks = spans.Select((span, i) =>
            names.BlockName(span.Block.Task) + " " + Wording.Range(sums[i][0].Number, sums[i][sums[i].Length - 1].Number));
        yield return FormattableString.Invariant($"Layer {layer.Layer.Index}, channels {string.Join(", ", blocks)}.");
        if (plan.Phases.Count > 1)
            yield return FormattableString.Invariant($"The patch comes in {plan.Phases.Count} phases, sums are continued from one to the next.");
        if (variables.Arguments.Count > 0)
            yield return "Optional parameters are more variables: a method has as many of them as it has locals.";
    }

    // The variables that are used most come first: the first four have the short instructions.
    private IEnumerable<Statement> Declarations()
    {
        yield return new Assign(LanePatch.Array, names.Lanes, Declares: true);
        if (!layer.IsOnePosition)
            yield return new Declare(TileSums.Best);
        if (totals.UsesDifference)
            yield return new Declare(TileSums.Difference);
        foreach (Statement declaration in constants.Declarations().Concat(variables.Declarations))
            yield return declaration;
        yield return new Declare(LanePatch.Above);
        yield return new Declare(LanePatch.Here);
        yield return new Declare(LanePatch.Under);
        if (LooksBack)
        {
            yield return new Declare(LanePatch.Back);
            yield return new Declare(LanePatch.Lift);
        }

        if (!layer.IsGlobal)
            yield return new Declare(TileSums.Next);
        if (!layer.IsGlobal && layer.KeepsBest)
            yield return new Declare(Row);
    }

    private IEnumerable<Statement> LineBody(List<Statement> place)
    {
        var last = new Assign(LanePatch.Under, Expressions.Int(PlacedLaneLayer.ZeroStart));
        if (layer.FirstLine > 0)
        {
            yield return new Assign(LanePatch.Under, LanePatch.Here.Plus(layer.InInput(layer.Tall, 0)));
        }
        else if (layer.Input.Lines == layer.Tall)
        {
            yield return last;
        }
        else
        {
            yield return new Assign(LanePatch.Under, LanePatch.Here.Plus(layer.InInput(layer.Tall, 0)));
            yield return new IfEqual(Line, Expressions.Int(layer.Input.Lines - layer.Tall), 1, ValueArray.Of<Statement>(last));
        }

        if (!layer.IsGlobal && layer.KeepsBest)
            yield return new Assign(Row, layer.OutputAt(0).Plus(Line.ShiftRight(1).Times(layer.InOutput(1, 0))));
        if (!layer.IsWholeLine && plan.Slides)
        {
            foreach (Statement load in loads.First(plan.Phases[0]))
                yield return load;
            for (int i = 0; i < spans.Count; i++)
            {
                Statement[] own = plan.OwnSlides ? [.. plan.Rounds[i].SelectMany(loads.First)] : [];
                foreach (Statement statement in own.Length == 0 ? own : Guarded(spans[i], own))
                    yield return statement;
            }
        }

        if (LooksBack)
        {
            yield return new Assign(LanePatch.Back, layer.InInput(0, layer.Input.Places - 1));
            yield return new Assign(LanePatch.Lift, Expressions.Int(layer.Format.Bits));
        }

        yield return new For(Place, 0, layer.Input.Places, layer.Side, place.ToValueArray());
        Literal rest = layer.InInput(layer.Tall, -layer.Input.Places);
        if (rest.Value != 0)
            yield return Advance(LanePatch.Here, rest);
        yield return new Assign(LanePatch.Above, LanePatch.Here.Minus(layer.InInput(1, 0)));
        if (!layer.IsGlobal && !layer.KeepsBest && layer.Output.HasHalo)
            yield return Advance(TileSums.Next, layer.InOutput(0, 1));
    }

    private IEnumerable<Statement> Phase(int phase)
    {
        foreach (Statement load in loads.Of(plan.Phases[phase], plan.Slides, SharedPool))
            yield return load;
        bool isLast = phase == plan.Phases.Count - 1;
        for (int i = 0; i < spans.Count; i++)
        {
            var body = new List<Statement>();
            IReadOnlyList<int[]> rounds = plan.Rounds[i];
            if (isLast && rounds.Count > 0)
                body.AddRange(loads.Of(rounds[0], plan.OwnSlides, pool));
            int[] held = isLast && rounds.Count > 0 ? [.. plan.Phases[phase], .. rounds[0]] : plan.Phases[phase];
            totals.Add(body, sums[i], held, isFirst: phase == 0, isLast: isLast && rounds.Count <= 1, plan.Parts(i) == 1);
            for (int round = 1; isLast && round < rounds.Count; round++)
            {
                body.Add(new Blank());
                body.AddRange(loads.Of(rounds[round], slides: false, pool));
                totals.Add(body, sums[i], rounds[round], isFirst: false, isLast: round == rounds.Count - 1, plan.Parts(i) == 1);
            }

            if (isLast && plan.OwnSlides && !layer.IsWholeLine && rounds.Count > 0)
            {
                body.Add(new Blank());
                body.AddRange(rounds.SelectMany(loads.Slide));
            }

            foreach (Statement statement in Guarded(spans[i], body))
                yield return statement;
        }
    }

    private IEnumerable<Statement> Guarded(ChannelSpan span, IReadOnlyList<Statement> body) => span.Block.Task is null || !IsGuarded(spans) || body.Count == 0
        ? body
        : [new IfAsked(Tasks, span.Block.Mask, names.MaskName(span.Block.Mask), body.ToValueArray())];

    private static Assign Advance(Local pointer, Literal by) => new(pointer, pointer.Plus(by));
}
