using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>One block's convolution on packed lanes.</summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Block">Channels.</param>
/// <param name="Proofs">One per channel.</param>
/// <param name="Inputs">The shared image and, for an adapter that reads it, its own.</param>
/// <param name="Output">Where pooled codes go; of a global convolution, where the best sums are kept: one line, one place.</param>
/// <param name="ZeroStart">A line of zeros: what lies above the first and below the last line.</param>
/// <param name="SumsStart">Room for partial sums of one tile, where the patch does not fit the locals at once.</param>
public sealed record LaneConvolution(
    LaneFormat Format,
    Layer Layer,
    Block Block,
    ValueArray<ChannelProof> Proofs,
    ValueArray<LaneImage> Inputs,
    LaneImage Output,
    int ZeroStart,
    int SumsStart)
{
    private const int PatchLocals = 200;
    private const int MostFactors = 24;
    private static readonly StaticField Arena = new("lanes", IlType.Longs);
    private static readonly Local Array = new("a", IlType.Longs);
    private static readonly Local Best = new("best", IlType.Long);
    private static readonly Local Next = new("next", IlType.Int);

    private bool IsGlobal => Layer.Kind == LayerKind.GlobalConvolution;

    // Positions that are pooled together and computed in one go, per side, and the patch that they read.
    private int Side => IsGlobal ? 1 : 2;

    private int Patch => Side + 2;

    /// <summary>Inputs whose patches are held in locals at once.</summary>
    private int InputsPerPhase => PatchLocals / (Patch * Patch);

    /// <summary>Longs of <see cref="SumsStart"/> that are used.</summary>
    public int SumsLength => Inputs.Sum(image => image.Channels) <= InputsPerPhase ? 0 : Block.Channels.Count * Side * Side;

    /// <summary>The method that computes some of the block's channels.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">First channel, from 0.</param>
    /// <param name="count">Channels.</param>
    public Method Method(string name, int first, int count)
    {
        (int Image, int Channel)[][] phases = Inputs
            .SelectMany((image, i) => Enumerable.Range(0, image.Channels).Select(c => (i, c)))
            .Select((input, index) => (input, index))
            .GroupBy(item => item.index / InputsPerPhase, item => item.input)
            .Select(phase => phase.ToArray())
            .ToArray();

        var constants = new LaneConstants(Format, MostFactors);
        var place = new List<Statement>();
        var declared = new HashSet<int>();
        for (int phase = 0; phase < phases.Length; phase++)
            AddPhase(place, phases, phase, first, count, constants, declared);
        foreach ((LaneImage image, int i) in Inputs.Select((image, i) => (image, i)))
        {
            foreach (string pointer in new[] { "above", "here", "under" })
                place.Add(Advance(Pointer(pointer, i), Side * image.Channels));
        }

        if (!IsGlobal)
            place.Add(Advance(Next, Output.Channels));

        var body = new List<Statement>();
        body.AddRange(Inputs.SelectMany((image, i) => new[]
        {
            new Assign(Pointer("above", i), Expressions.Int(ZeroStart), Declares: true),
            new Assign(Pointer("here", i), Expressions.Int(image.Start), Declares: true),
        }));
        if (!IsGlobal)
            body.Add(new Assign(Next, Expressions.Int(Output.At(0, 0)), Declares: true));
        body.Add(new For(new Local("line", IlType.Int), 0, Inputs[0].Lines, Side, Line(place).ToValueArray()));

        IEnumerable<Statement> head = new Statement[] { new Assign(Array, Arena, Declares: true) }.Concat(constants.Declarations());
        head = head.Append(new Declare(Best));
        return new Method(name, ValueArray<Argument>.Empty, head.Concat(body).ToValueArray(), ValueArray<string>.Empty);
    }

    private IEnumerable<Statement> Line(IReadOnlyList<Statement> place)
    {
        LaneImage shape = Inputs[0];
        for (int i = 0; i < Inputs.Count; i++)
        {
            Local under = Pointer("under", i);
            yield return new Assign(under, Pointer("here", i).Plus(Expressions.Int(Side * Inputs[i].Stride)), Declares: true);
            yield return new IfEqual(new Local("line", IlType.Int), Expressions.Int(shape.Lines - Side), 1, ValueArray.Of<Statement>(
                new Assign(under, Expressions.Int(ZeroStart))));
        }

        yield return new For(new Local("place", IlType.Int), 0, shape.Places, Side, place.ToValueArray());
        for (int i = 0; i < Inputs.Count; i++)
        {
            Local here = Pointer("here", i);
            yield return Advance(here, (Side * Inputs[i].Stride) - (shape.Places * Inputs[i].Channels));
            yield return new Assign(Pointer("above", i), here.Minus(Expressions.Int(Inputs[i].Stride)));
        }

        if (!IsGlobal)
            yield return Advance(Next, 2 * Output.Channels);
    }

    private void AddPhase(List<Statement> code, (int Image, int Channel)[][] phases, int phase, int first, int count, LaneConstants constants, HashSet<int> declared)
    {
        bool isFirst = phase == 0, isLast = phase == phases.Length - 1;
        int skipped = phases.Take(phase).Sum(p => p.Length);
        var used = new SortedSet<int>();
        var sums = new List<Statement>();
        for (int o = first; o < first + count; o++)
        {
            sbyte[] weights = SliceWeights(Block.Channels[o], skipped, phases[phase].Length);
            for (int position = 0; position < Side * Side; position++)
            {
                int y = position / Side, x = position % Side;
                Expression partial = Array.At(Expressions.Int(SumsStart + ((o - first) * Side * Side) + position));
                Expression start = isFirst ? Expressions.Long(Format.Repeat(Block.Channels[o].Bias + Format.GuardValue)) : partial;
                Expression sum = LaneChannel.Sum(start, weights, w => InputLocal(w, y, x, used), constants);
                if (isLast)
                    AddMaximum(sums, o, position, sum, constants);
                else if (isFirst || sum != start)
                    sums.Add(new Assign(partial, sum));
            }

            if (isLast)
                AddResult(sums, o, constants);
        }

        code.AddRange(used.Select(element => (Statement)new Assign(PatchLocal(element), Load(phases[phase], element), Declares: declared.Add(element))));
        code.AddRange(sums);
    }

    /// <summary>Weights of some inputs, taps by line and place.</summary>
    private sbyte[] SliceWeights(Channel channel, int skipped, int count)
    {
        var weights = new sbyte[count * 9];
        for (int input = 0; input < count; input++)
        {
            for (int tap = 0; tap < 9; tap++)
            {
                int rowMajor = Format.Axis == LaneAxis.Frequency ? tap : ((tap % 3) * 3) + (tap / 3);
                weights[(input * 9) + tap] = channel.Weights[((skipped + input) * 9) + rowMajor];
            }
        }

        return weights;
    }

    // A patch element is numbered input, line, place.
    private Local InputLocal(int weight, int y, int x, SortedSet<int> used)
    {
        int line = y + (weight % 9 / 3), place = x + (weight % 3);
        int element = (((weight / 9) * Patch) + line) * Patch + place;
        used.Add(element);
        return PatchLocal(element);
    }

    private static Local PatchLocal(int element) => new("p" + element.ToString(CultureInfo.InvariantCulture), IlType.Long);

    private Expression Load((int Image, int Channel)[] phase, int element)
    {
        (int image, int channel) = phase[element / (Patch * Patch)];
        int line = element / Patch % Patch, place = element % Patch;
        int offset = (place * Inputs[image].Channels) + channel;
        return line == 0 ? Array.At(Pointer("above", image), offset)
            : line == Patch - 1 ? Array.At(Pointer("under", image), offset)
            : Array.At(Pointer("here", image), ((line - 1) * Inputs[image].Stride) + offset);
    }

    private void AddMaximum(List<Statement> code, int o, int position, Expression sum, LaneConstants constants)
    {
        var difference = new Local("d" + o.ToString(CultureInfo.InvariantCulture) + "_" + position.ToString(CultureInfo.InvariantCulture), IlType.Long);
        if (IsGlobal)
            code.Add(new Assign(Best, Array.At(Expressions.Int(Output.Start + o))));
        bool fromNothing = !IsGlobal && position == 0;
        if (Proofs[o].Rule == MaximumRule.ReluFirst && !fromNothing)
        {
            var raw = new Local("r" + difference.Name, IlType.Long);
            code.Add(new Assign(raw, sum, Declares: true));
            sum = LaneChannel.Relu(raw, Format, constants).Plus(constants.Guards);
        }

        code.Add(new Assign(difference, fromNothing ? sum : sum.Minus(Best), Declares: true));
        Expression gain = LaneChannel.Relu(difference, Format, constants);
        if (IsGlobal)
            code.Add(new Assign(Array.At(Expressions.Int(Output.Start + o)), Best.Plus(gain)));
        else
            code.Add(new Assign(Best, fromNothing ? gain : Best.Plus(gain)));
    }

    private void AddResult(List<Statement> code, int o, LaneConstants constants)
    {
        if (!IsGlobal)
            code.Add(new Assign(Array.At(Next, o), LaneChannel.Requantise(Best, Block.Channels[o], Proofs[o], Block.ActivationMax, Format, constants)));
    }

    private static Local Pointer(string name, int image) => new(name + (image == 0 ? "" : "Own"), IlType.Int);

    private static Assign Advance(Local pointer, int by) => new(pointer, pointer.Plus(Expressions.Int(by)));
}
