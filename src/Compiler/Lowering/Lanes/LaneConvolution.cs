using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>How a convolution walks its image.</summary>
public enum LaneShape
{
    /// <summary>The 4 x 4 patch of one pooled output in variables, its four positions unrolled: fewest instructions.</summary>
    Unrolled,

    /// <summary>A 3 x 3 patch, one position at a time, the maximum kept in the output: a quarter of the code.</summary>
    Single,
}

/// <summary>One block's convolution on packed lanes.</summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Shape">How it walks; a global convolution always goes position by position.</param>
/// <param name="Layer">Kind and shapes.</param>
/// <param name="Block">Channels.</param>
/// <param name="Proofs">One per channel.</param>
/// <param name="Inputs">The shared image and, for an adapter that reads it, its own.</param>
/// <param name="Output">Where pooled codes go; of a global convolution, where the best sums are kept: one line, one place.</param>
/// <param name="ZeroStart">A line of zeros: what lies above the first and below the last line.</param>
public sealed record LaneConvolution(
    LaneFormat Format,
    LaneShape Shape,
    Layer Layer,
    Block Block,
    ValueArray<ChannelProof> Proofs,
    ValueArray<LaneImage> Inputs,
    LaneImage Output,
    int ZeroStart)
{
    internal static readonly StaticField Arena = new("lanes", IlType.Longs);
    internal static readonly Local Array = new("a", IlType.Longs);
    private static readonly string[] PointerNames = ["above", "here", "under"];
    private static readonly Local Best = new("best", IlType.Long);
    private static readonly Local Difference = new("d", IlType.Long);
    private static readonly Local Next = new("next", IlType.Int);
    private static readonly Local LineIndex = new("line", IlType.Int);
    private static readonly Local PlaceIndex = new("place", IlType.Int);

    /// <summary>The maximum over all positions, no pooled image.</summary>
    public bool IsGlobal => Layer.Kind == LayerKind.GlobalConvolution;

    /// <summary>Best sums are kept in the output while positions go by, so it must be 0 beforehand.</summary>
    public bool KeepsBest => Shape == LaneShape.Single;

    /// <summary>Positions of a side that are computed in one go.</summary>
    public int Side => SideOf(Shape);

    /// <summary>Largest number of input channels whose patches fit the variables of a method.</summary>
    public static int MostInputs(LaneShape shape) => PatchVariables.Most / ((SideOf(shape) + 2) * (SideOf(shape) + 2));

    private int Patch => Side + 2;

    private int Places => Inputs[0].Places;

    // One step covers a line: its halos are shifts of the patch itself.
    private bool IsWholeLine => Places == Side;

    private static int SideOf(LaneShape shape) => shape == LaneShape.Unrolled ? 2 : 1;

    /// <summary>The method that computes some of the block's channels.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="first">First channel, from 0.</param>
    /// <param name="count">Channels.</param>
    public Method Method(string name, int first, int count)
    {
        var constants = new LaneConstants(Format);
        var patch = new PatchVariables();
        var sums = new List<Statement>();
        for (int o = first; o < first + count; o++)
            AddChannel(sums, o, patch, constants);

        bool stays = IsWholeLine;
        int[] used = [.. patch.Used];
        var place = new List<Statement>();
        int[] loaded = [.. stays ? used.OrderBy(IsHalo).ThenBy(element => element) : used.Where(element => !IsKept(element))];
        place.AddRange(loaded.Select(element => (Statement)new Assign(patch.Of(element), stays && IsHalo(element) ? Shifted(patch, element, loaded) : Load(element))));
        place.AddRange(sums);
        if (!stays)
        {
            // What a neighbour does not hold because no sum reads it there is loaded straight to where it goes.
            place.AddRange(used.Where(IsKept).Select(element => new Assign(
                patch.Of(element), used.Contains(element + Side) ? patch.Of(element + Side) : Load(element + Side))));
        }

        place.AddRange(Inputs.SelectMany((image, i) => Pointers(i).Select(pointer => Advance(pointer, Side * image.Channels))));
        if (!IsGlobal && Shape == LaneShape.Unrolled)
            place.Add(Advance(Next, Output.Channels));
        if (!IsGlobal && Shape == LaneShape.Single)
            place.Insert(0, new Assign(Next, new Local("row", IlType.Int).Plus(PlaceIndex.ShiftRight(1).Times(Expressions.Int(Output.Channels)))));

        var body = new List<Statement>();
        body.AddRange(Inputs.SelectMany((image, i) => new[]
        {
            new Assign(Pointer("above", i), Expressions.Int(ZeroStart)),
            new Assign(Pointer("here", i), Expressions.Int(image.Start)),
        }));
        if (!IsGlobal)
            body.Add(new Assign(Next, Expressions.Int(Output.Start)));
        body.Add(new For(LineIndex, 0, Inputs[0].Lines, Side, Line(place, used, patch).ToValueArray()));
        return new Method(
            name, patch.Arguments(), Variables(sums, patch, constants).Concat(body).ToValueArray(), ValueArray<string>.Empty);
    }

    /// <summary>The pass that turns the sums that a single-position convolution left in its output into codes.</summary>
    public Method RequantiseMethod(string name)
    {
        var constants = new LaneConstants(Format);
        var codes = new List<Statement>();
        for (int o = 0; o < Block.Channels.Count; o++)
        {
            codes.Add(new Assign(Best, Array.At(Next, o)));
            codes.Add(new Assign(Array.At(Next, o), LaneChannel.Requantise(Best, Proofs[o], Block.ActivationMax, Format, constants)));
        }

        codes.Add(Advance(Next, Output.Channels));
        var line = new List<Statement> { new For(PlaceIndex, 0, Output.Places, 1, codes.ToValueArray()) };
        if (Output.HasHalo)
            line.Add(Advance(Next, Output.Channels));
        IEnumerable<Statement> head = new Statement[] { new Assign(Array, Arena, Declares: true), new Declare(Best), new Assign(Next, Expressions.Int(Output.Start), Declares: true) }
            .Concat(constants.Declarations());
        return new Method(name, ValueArray<Argument>.Empty, head.Append(new For(LineIndex, 0, Output.Lines, 1, line.ToValueArray())).ToValueArray(), ValueArray<string>.Empty);
    }

    // The variables that are used most come first: the first four have the short instructions.
    private IEnumerable<Statement> Variables(List<Statement> sums, PatchVariables patch, LaneConstants constants)
    {
        yield return new Assign(Array, Arena, Declares: true);
        yield return new Declare(Best);
        if (sums.OfType<Assign>().Any(assign => assign.Target == Difference))
            yield return new Declare(Difference);
        foreach (Statement declaration in constants.Declarations().Concat(patch.Declarations()))
            yield return declaration;
        for (int i = 0; i < Inputs.Count; i++)
        {
            foreach (Local pointer in Pointers(i))
                yield return new Declare(pointer);
        }

        if (!IsGlobal)
            yield return new Declare(Next);
        if (!IsGlobal && Shape == LaneShape.Single)
            yield return new Declare(new Local("row", IlType.Int));
    }

    private IEnumerable<Statement> Line(List<Statement> place, int[] used, PatchVariables patch)
    {
        for (int i = 0; i < Inputs.Count; i++)
        {
            Local under = Pointer("under", i);
            yield return new Assign(under, Pointer("here", i).Plus(Expressions.Int(Side * Inputs[i].Stride)));
            yield return new IfEqual(LineIndex, Expressions.Int(Inputs[0].Lines - Side), 1, ValueArray.Of<Statement>(new Assign(under, Expressions.Int(ZeroStart))));
        }

        if (!IsGlobal && Shape == LaneShape.Single)
            yield return new Assign(new Local("row", IlType.Int), Expressions.Int(Output.Start).Plus(LineIndex.ShiftRight(1).Times(Expressions.Int(Output.Stride))));
        if (!IsWholeLine)
        {
            foreach (int element in used.Where(IsKept))
                yield return new Assign(patch.Of(element), element % Patch == 0 ? Wrapped(element) : Load(element));
        }

        yield return new For(PlaceIndex, 0, Places, Side, place.ToValueArray());
        for (int i = 0; i < Inputs.Count; i++)
        {
            Local here = Pointer("here", i);
            int rest = (Side * Inputs[i].Stride) - (Places * Inputs[i].Channels);
            if (rest != 0)
                yield return Advance(here, rest);
            yield return new Assign(Pointer("above", i), here.Minus(Expressions.Int(Inputs[i].Stride)));
        }

        if (!IsGlobal && Shape == LaneShape.Unrolled && Output.HasHalo)
            yield return Advance(Next, Output.Channels);
    }

    private void AddChannel(List<Statement> code, int o, PatchVariables patch, LaneConstants constants)
    {
        sbyte[] weights = LineMajor(Block.Channels[o].Weights);
        Expression kept = IsGlobal ? Array.At(Expressions.Int(Output.Start + o)) : Array.At(Next, o);
        for (int position = 0; position < Side * Side; position++)
        {
            int y = position / Side, x = position % Side;
            Expression sum = LaneChannel.Sum(Block.Channels[o], weights, Proofs[o], w => patch.Use(Element(w, y, x)), Format, constants);
            if (Shape == LaneShape.Single)
                code.Add(new Assign(Best, kept));
            AddMaximum(code, o, position, sum, kept, constants);
        }

        if (Shape == LaneShape.Unrolled)
            code.Add(new Assign(Array.At(Next, o), LaneChannel.Requantise(Best, Proofs[o], Block.ActivationMax, Format, constants)));
    }

    private void AddMaximum(List<Statement> code, int o, int position, Expression sum, Expression kept, LaneConstants constants)
    {
        string suffix = o.ToString(CultureInfo.InvariantCulture) + "_" + position.ToString(CultureInfo.InvariantCulture);
        bool isFirst = Shape == LaneShape.Unrolled && position == 0;
        if (Proofs[o].Rule == MaximumRule.ReluFirst && !isFirst)
        {
            var raw = new Local("r" + suffix, IlType.Long);
            code.Add(new Assign(raw, sum, Declares: true));
            sum = LaneChannel.Relu(raw, Format, constants).Plus(constants.Guards);
        }

        if (!isFirst)
            sum = sum.Minus(Best);
        // Written once and read twice in a row, the C# compiler keeps the difference on the stack: dup.
        Local difference = Shape == LaneShape.Single ? Difference : new Local("d" + suffix, IlType.Long);
        code.Add(new Assign(difference, sum, Declares: Shape == LaneShape.Unrolled));
        Expression gain = LaneChannel.Relu(difference, Format, constants);
        code.Add(Shape == LaneShape.Single ? new Assign(kept, Best.Plus(gain)) : new Assign(Best, isFirst ? gain : gain.Plus(Best)));
    }

    /// <summary>Weights with taps by line and place instead of row and column.</summary>
    private sbyte[] LineMajor(ValueArray<sbyte> weights) => weights
        .Select((_, w) => weights[Format.Axis == LaneAxis.Frequency ? w : (w / 9 * 9) + (w % 3 * 3) + (w % 9 / 3)])
        .ToArray();

    // A patch element is numbered input, line, place.
    private int Element(int weight, int y, int x) => (((weight / 9) * Patch) + y + (weight % 9 / 3)) * Patch + x + (weight % 3);

    // Elements that slide: what they hold next is what their neighbour holds now.
    private bool IsKept(int element) => element % Patch < Patch - Side;

    private bool IsHalo(int element) => element % Patch is 0 || element % Patch == Patch - 1;

    // A halo is a shift of the line's other end: of its variable where a sum reads that too, which is loaded before.
    private int Source(int element) => element % Patch == 0 ? element + Patch - 2 : element - Patch + 2;

    private Expression Shifted(PatchVariables patch, int element, IEnumerable<int> loaded)
    {
        Expression source = loaded.Contains(Source(element)) ? patch.Of(Source(element)) : Load(Source(element));
        return element % Patch == 0 ? Up(source) : source.ShiftRight(Format.Bits);
    }

    private Expression Up(Expression source) => Format.Used == -1 ? source.ShiftLeft(Format.Bits) : source.ShiftLeft(Format.Bits).And(Expressions.Long(Format.Used));

    /// <summary>What lies before the first place of a line.</summary>
    private Expression Wrapped(int element) => Up(At(element, Places - 1));

    private Expression Load(int element) => At(element, (element % Patch) - 1);

    private Expression At(int element, int place)
    {
        (int image, int channel) = Input(element / (Patch * Patch));
        int line = element / Patch % Patch, offset = (place * Inputs[image].Channels) + channel;
        return line == 0 ? Array.At(Pointer("above", image), offset)
            : line == Patch - 1 ? Array.At(Pointer("under", image), offset)
            : Array.At(Pointer("here", image), ((line - 1) * Inputs[image].Stride) + offset);
    }

    private (int Image, int Channel) Input(int index) => index < Inputs[0].Channels ? (0, index) : (1, index - Inputs[0].Channels);

    private static IEnumerable<Local> Pointers(int image) => PointerNames.Select(name => Pointer(name, image));

    private static Local Pointer(string name, int image) => new(name + (image == 0 ? "" : "Own"), IlType.Int);

    private static Assign Advance(Local pointer, int by) => new(pointer, pointer.Plus(Expressions.Int(by)));
}
