using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Lowering.Il;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>
/// One method of a lane convolution: some channels, computed in one walk over the image. Blocks of several encoders share the loads of
/// the shared patch; an adapter's block is guarded by its task's bit.
/// </summary>
internal sealed class LaneTile
{
    private static readonly Local Best = new("best", IlType.Long);
    private static readonly Local Difference = new("d", IlType.Long);
    private static readonly Local Next = new("next", IlType.Int);
    private static readonly Local Row = new("row", IlType.Int);
    private static readonly Local Line = new("line", IlType.Int);
    private static readonly Local Place = new("place", IlType.Int);
    private static readonly Argument Tasks = new("tasks", 0, IlType.Int);

    private readonly LaneLayer layer;
    private readonly IReadOnlyList<LaneSlice> slices;
    private readonly LaneNames names;
    private readonly LanePatch patch;
    private readonly LaneConstants constants;
    private readonly PatchVariables variables;
    private readonly LaneTilePlan plan;
    private readonly Expression[] pool;
    private readonly LaneSum[][] sums;
    private bool usesDifference;

    private LaneTile(LaneLayer layer, IReadOnlyList<LaneSlice> slices, LaneNames names, LanePatch patch, LaneTilePlan plan)
    {
        (this.layer, this.slices, this.names, this.patch, this.plan) = (layer, slices, names, patch, plan);
        constants = new LaneConstants(layer.Format);
        variables = new PatchVariables(IsGuarded(slices) ? 1 : 0);
        foreach (int[] phase in plan.Phases.Take(plan.Slides ? 1 : 0))
            variables.Hold(phase);
        if (plan.OwnSlides)
        {
            for (int i = 0; i < slices.Count; i++)
            {
                foreach (int[] round in plan.Rounds[i])
                {
                    if (IsGuarded(slices) && slices[i].Block.Task >= 0)
                        variables.HoldGuarded(round);
                    else
                        variables.Hold(round);
                }
            }
        }

        pool = plan.OwnSlides ? [] : variables.Pool(plan.Pool);
        SharedPool = plan.Slides ? [] : variables.Pool(plan.Phases.Max(phase => phase.Length));
        sums = slices.Select(slice => Enumerable.Range(slice.First, slice.Count).Select(o => new LaneSum(slice.Block, o, layer.Format, layer.IsPaired)).ToArray()).ToArray();
    }

    private Expression[] SharedPool { get; }

    // Elements that take turns do not slide, so that those one place back, if any sum reads one, are loaded at every step.
    private bool LooksBack => !layer.IsWholeLine
        && (plan.Slides ? [] : plan.Phases).Concat(plan.OwnSlides ? [] : plan.Rounds.SelectMany(rounds => rounds)).Any(elements => elements.Any(patch.IsBefore));

    /// <summary>The tile itself tests the bits of tasks: it holds blocks of more than one encoder. Otherwise its caller does.</summary>
    public static bool IsGuarded(IReadOnlyList<LaneSlice> slices) => slices.Select(slice => slice.Block.Task).Distinct().Count() > 1;

    /// <summary>Bits of the tasks of which one must be asked for; 0 where the shared encoder is among the blocks.</summary>
    public static int Mask(IReadOnlyList<LaneSlice> slices) =>
        slices.Any(slice => slice.Block.Task < 0) ? 0 : slices.Aggregate(0, (mask, slice) => mask | slice.Block.Mask);

    /// <summary>The method; null where the variables of a method do not hold what it needs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="slices">What to compute of it.</param>
    /// <param name="name">Name of the method.</param>
    /// <param name="names">What it calls things outside.</param>
    public static AssembledMethod? Assemble(LaneLayer layer, IReadOnlyList<LaneSlice> slices, string name, LaneNames names)
    {
        var elements = new LanePatch(layer);
        int[][] used = slices.Select(slice => Used(layer, elements, slice)).ToArray();
        return LaneTilePlan.Of(layer, elements, slices, used) is { } held
            ? AssembledMethod.Of(new LaneTile(layer, slices, names, elements, held).Method(name))
            : null;
    }

    /// <summary>Elements of the patch that some weight of a slice meets, ascending.</summary>
    public static int[] Used(LaneLayer layer, LanePatch elements, LaneSlice slice)
    {
        var used = new SortedSet<int>();
        for (int o = slice.First; o < slice.First + slice.Count; o++)
        {
            IReadOnlyList<sbyte> weights = LaneSum.Weights(slice.Block, o, layer.IsPaired);
            for (int w = 0; w < weights.Count; w++)
            {
                if (weights[w] == 0)
                    continue;
                int tap = LaneSum.LineMajor(w, layer.Format.Axis);
                for (int position = 0; position < layer.Side * layer.Side; position++)
                    used.Add(elements.Element(slice.Block, tap, position / layer.Side, position % layer.Side));
            }
        }

        return [.. used];
    }

    private Method Method(string name)
    {
        var place = new List<Statement>();
        if (!layer.IsGlobal && layer.KeepsBest)
            place.Add(new Assign(Next, Row.Plus(Place.ShiftRight(1).Times(Expressions.Int(layer.Output.Channels)))));
        for (int phase = 0; phase < plan.Phases.Count; phase++)
            place.AddRange(Phase(phase));
        if (plan.Slides && !layer.IsWholeLine)
            place.AddRange(Slide(plan.Phases[0]));
        if (LooksBack)
        {
            place.Add(new Assign(LanePatch.Back, Expressions.Int(-layer.Input.Channels)));
            place.Add(new Assign(LanePatch.Lift, Expressions.Int(0)));
        }

        place.AddRange(new[] { LanePatch.Above, LanePatch.Here, LanePatch.Under }.Select(pointer => Advance(pointer, layer.Side * layer.Input.Channels)));
        if (!layer.IsGlobal && !layer.KeepsBest)
            place.Add(Advance(Next, layer.Output.Channels));

        var body = new List<Statement>
        {
            new Assign(LanePatch.Above, Expressions.Int(layer.ZeroStart)),
            new Assign(LanePatch.Here, Expressions.Int(layer.Input.Start)),
        };
        if (!layer.IsGlobal && !layer.KeepsBest)
            body.Add(new Assign(Next, Expressions.Int(layer.Output.Start)));
        body.Add(new For(Line, 0, layer.Input.Lines, layer.Side, LineBody(place).ToValueArray()));

        IEnumerable<Argument> parameters = variables.Arguments;
        if (IsGuarded(slices))
            parameters = new[] { Tasks }.Concat(parameters);
        return new Method(name, parameters.ToValueArray(), Declarations().Concat(body).ToValueArray(), Documentation().ToValueArray());
    }

    private IEnumerable<string> Documentation()
    {
        IEnumerable<string> blocks = slices.Select((slice, i) =>
            FormattableString.Invariant($"{names.BlockName(slice.Block.Task)} {sums[i][0].Number} to {sums[i][sums[i].Length - 1].Number}"));
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
        yield return new Declare(Best);
        if (usesDifference)
            yield return new Declare(Difference);
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
            yield return new Declare(Next);
        if (!layer.IsGlobal && layer.KeepsBest)
            yield return new Declare(Row);
    }

    private IEnumerable<Statement> LineBody(List<Statement> place)
    {
        var last = new Assign(LanePatch.Under, Expressions.Int(layer.ZeroStart));
        if (layer.Input.Lines == layer.Side)
        {
            yield return last;
        }
        else
        {
            yield return new Assign(LanePatch.Under, LanePatch.Here.Plus(Expressions.Int(layer.Side * layer.Input.Stride)));
            yield return new IfEqual(Line, Expressions.Int(layer.Input.Lines - layer.Side), 1, ValueArray.Of<Statement>(last));
        }

        if (!layer.IsGlobal && layer.KeepsBest)
            yield return new Assign(Row, Expressions.Int(layer.Output.Start).Plus(Line.ShiftRight(1).Times(Expressions.Int(layer.Output.Stride))));
        if (!layer.IsWholeLine && plan.Slides)
        {
            foreach (Statement load in LoadFirst(plan.Phases[0]))
                yield return load;
            for (int i = 0; i < slices.Count; i++)
            {
                Statement[] own = plan.OwnSlides ? [.. plan.Rounds[i].SelectMany(LoadFirst)] : [];
                foreach (Statement statement in own.Length == 0 ? own : Guarded(slices[i], own))
                    yield return statement;
            }
        }

        if (LooksBack)
        {
            yield return new Assign(LanePatch.Back, Expressions.Int((layer.Input.Places - 1) * layer.Input.Channels));
            yield return new Assign(LanePatch.Lift, Expressions.Int(layer.Format.Bits));
        }

        yield return new For(Place, 0, layer.Input.Places, layer.Side, place.ToValueArray());
        int rest = (layer.Side * layer.Input.Stride) - (layer.Input.Places * layer.Input.Channels);
        if (rest != 0)
            yield return Advance(LanePatch.Here, rest);
        yield return new Assign(LanePatch.Above, LanePatch.Here.Minus(Expressions.Int(layer.Input.Stride)));
        if (!layer.IsGlobal && !layer.KeepsBest && layer.Output.HasHalo)
            yield return Advance(Next, layer.Output.Channels);
    }

    private IEnumerable<Statement> Phase(int phase)
    {
        foreach (Statement load in Loads(plan.Phases[phase], plan.Slides, SharedPool))
            yield return load;
        bool isLast = phase == plan.Phases.Count - 1;
        for (int i = 0; i < slices.Count; i++)
        {
            var body = new List<Statement>();
            IReadOnlyList<int[]> rounds = plan.Rounds[i];
            if (isLast && rounds.Count > 0)
                body.AddRange(Loads(rounds[0], plan.OwnSlides, pool));
            int[] held = isLast && rounds.Count > 0 ? [.. plan.Phases[phase], .. rounds[0]] : plan.Phases[phase];
            AddSums(body, i, held, isFirst: phase == 0, isLast: isLast && rounds.Count <= 1);
            for (int round = 1; isLast && round < rounds.Count; round++)
            {
                body.AddRange(Loads(rounds[round], slides: false, pool));
                AddSums(body, i, rounds[round], isFirst: false, isLast: round == rounds.Count - 1);
            }

            if (isLast && plan.OwnSlides && !layer.IsWholeLine)
                body.AddRange(rounds.SelectMany(Slide));
            foreach (Statement statement in Guarded(slices[i], body))
                yield return statement;
        }
    }

    private IEnumerable<Statement> Guarded(LaneSlice slice, IReadOnlyList<Statement> body) => slice.Block.Task < 0 || !IsGuarded(slices) || body.Count == 0
        ? body
        : [new IfAsked(Tasks, slice.Block.Mask, names.MaskName(slice.Block.Mask), body.ToValueArray())];

    // Elements that slide were loaded before; a pool's elements are loaded whole.
    private IEnumerable<Statement> Loads(int[] elements, bool slides, Expression[] turns)
    {
        if (!slides)
            variables.Hold(elements, turns);
        if (layer.IsWholeLine)
        {
            var loaded = new HashSet<int>();
            foreach (int element in patch.InOrderOfLoads(elements))
            {
                yield return new Assign(variables.Of(element), patch.LoadWhole(element, source => loaded.Contains(source) ? variables.Of(source) : null));
                loaded.Add(element);
            }

            yield break;
        }

        foreach (int element in elements.Where(element => !slides || !patch.IsKept(element)))
            yield return new Assign(variables.Of(element), patch.IsBefore(element) ? patch.LoadBefore(element) : patch.Load(element));
    }

    private IEnumerable<Statement> LoadFirst(int[] elements) =>
        elements.Where(patch.IsKept).Select(element => new Assign(variables.Of(element), patch.LoadFirst(element)));

    // What a neighbour does not hold because no sum reads it there is loaded straight to where it goes.
    private IEnumerable<Statement> Slide(int[] elements) => elements.Where(patch.IsKept).Select(element => new Assign(
        variables.Of(element), variables.Find(patch.Neighbour(element)) ?? patch.Load(patch.Neighbour(element))));

    private void AddSums(List<Statement> code, int slice, int[] held, bool isFirst, bool isLast)
    {
        var isHeld = new HashSet<int>(held);
        foreach (LaneSum sum in sums[slice])
        {
            code.Add(new Comment(FormattableString.Invariant($"{names.BlockName(sum.Block.Task)} {sum.Number}")));
            for (int position = 0; position < layer.Side * layer.Side; position++)
            {
                int y = position / layer.Side, x = position % layer.Side;
                int Element(int weight) => patch.Element(slices[slice].Block, weight, y, x);
                bool IsHeld(int weight) => isHeld.Contains(Element(weight));
                Expression Input(int weight) => variables.Of(Element(weight));
                if (isLast)
                    AddMaximum(code, sum, position, sum.Finish(isFirst, plan.Parts(slice) == 1 ? null : IsHeld, Input, constants));
                else
                    code.AddRange(sum.Continue(isFirst, IsHeld, Input, constants, variables));
            }

            if (isLast && layer.Shape == LaneShape.Unrolled)
                code.Add(new Assign(LanePatch.Array.At(Next, sum.Output), LaneChannel.Requantise(Best, sum.Proof, sum.Block.Block.ActivationMax, layer.Format, constants)));
        }
    }

    private void AddMaximum(List<Statement> code, LaneSum channel, int position, Expression sum)
    {
        Expression kept = layer.IsGlobal ? LanePatch.Array.At(Expressions.Int(layer.Output.Start + channel.Output)) : LanePatch.Array.At(Next, channel.Output);
        if (layer.KeepsBest)
            code.Add(new Assign(Best, kept));
        string suffix = channel.Output.ToString(CultureInfo.InvariantCulture) + "_" + position.ToString(CultureInfo.InvariantCulture);
        bool isFirst = !layer.KeepsBest && position == 0;
        if (channel.Proof.Rule == MaximumRule.ReluFirst && !isFirst)
        {
            var raw = new Local("r" + suffix, IlType.Long);
            code.Add(new Assign(raw, sum, Declares: true));
            sum = LaneChannel.Relu(raw, layer.Format, constants).Plus(constants.Guards);
        }

        if (!isFirst)
            sum = sum.Minus(Best);
        // Written once and read twice in a row, the C# compiler keeps the difference on the stack: dup.
        Local difference = layer.KeepsBest ? Difference : new Local("d" + suffix, IlType.Long);
        usesDifference |= layer.KeepsBest;
        code.Add(new Assign(difference, sum, Declares: !layer.KeepsBest));
        Expression gain = LaneChannel.Relu(difference, layer.Format, constants);
        code.Add(layer.KeepsBest ? new Assign(kept, Best.Plus(gain)) : new Assign(Best, isFirst ? gain : gain.Plus(Best)));
    }

    private static Assign Advance(Local pointer, int by) => new(pointer, pointer.Plus(Expressions.Int(by)));
}
