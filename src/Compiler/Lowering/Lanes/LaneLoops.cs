using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Il;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>What lies between the convolutions: halos, cleared outputs, the maximum over lanes. Loops, since they touch each value once; without a branch that depends on data.</summary>
public static class LaneLoops
{
    private static readonly Local Array = LaneConvolution.Array;
    private static readonly Local Next = new("next", IlType.Int);
    private static readonly Local Channel = new("channel", IlType.Int);

    /// <summary>Fills the place after each line: the next strip's first place, moved down one lane; outside the image 0.</summary>
    public static Method Halo(string name, LaneFormat format, LaneImage image)
    {
        int last = image.Places * image.Channels;
        var inner = ValueArray.Of<Statement>(
            new Assign(Array.At(Next, last), Array.At(Next).ShiftRight(format.Bits)),
            new Assign(Next, Next.Plus(Expressions.Int(1))));
        return InArena(name, image.Start, ValueArray.Of<Statement>(new For(new Local("line", IlType.Int), 0, image.Lines, 1, ValueArray.Of<Statement>(
            new For(Channel, 0, image.Channels, 1, inner),
            new Assign(Next, Next.Plus(Expressions.Int(last)))))));
    }

    /// <summary>Sets an image to 0.</summary>
    public static Method Clear(string name, LaneImage image) => InArena(name, image.Start, ValueArray.Of<Statement>(
        new For(new Local("i", IlType.Int), 0, image.Length, 1, ValueArray.Of<Statement>(
            new Assign(Array.At(Next), Expressions.Long(0)),
            new Assign(Next, Next.Plus(Expressions.Int(1)))))));

    /// <summary>The greatest of a global convolution's lanes, as codes.</summary>
    /// <param name="name">Name of the method.</param>
    /// <param name="convolution">A global one.</param>
    /// <param name="codes">Field with the bytes that it writes.</param>
    /// <param name="firstCode">Where it writes.</param>
    /// <param name="shifts">Field with one byte a channel, <see cref="ChannelProof.Shift"/>.</param>
    /// <param name="firstShift">First of them.</param>
    public static Method Greatest(string name, LaneConvolution convolution, StaticField codes, int firstCode, StaticField shifts, int firstShift)
    {
        LaneFormat format = convolution.Format;
        Local packed = new("packed", IlType.Long), best = new("best", IlType.Int), less = new("less", IlType.Int);
        Local below = new("below", IlType.Long), bytes = new("bytes", IlType.Bytes), table = new("table", IlType.Bytes);
        Expression Lane(int lane) => new Convert(packed.ShiftRight(lane * format.Bits).And(below), IlType.Int);

        // best - (d & (d >> 31)) with d = best - value is the greater of the two.
        var body = new List<Statement> { new Assign(packed, Array.At(Channel, convolution.Output.Start)), new Assign(best, Lane(0)) };
        for (int lane = 1; lane < format.Lanes; lane++)
            body.AddRange(Least(less, best.Minus(Lane(lane)), best, best.Minus(less.And(less.ShiftRight(31)))));
        body.Add(new Assign(best, new Binary(Operator.ShiftRight, best, table.At(Channel, firstShift))));
        body.AddRange(Least(less, Expressions.Int(convolution.Block.ActivationMax).Minus(best), best, best.Plus(less.And(less.ShiftRight(31)))));
        body.Add(new Assign(bytes.At(Channel, firstCode), new Convert(best, IlType.Bytes)));
        return new Method(name, ValueArray<Argument>.Empty, ValueArray.Of<Statement>(
            new Assign(Array, LaneConvolution.Arena, Declares: true),
            new Assign(bytes, codes, Declares: true),
            new Assign(table, shifts, Declares: true),
            new Assign(below, Expressions.Long(format.GuardValue - 1), Declares: true),
            new Declare(packed), new Declare(best), new Declare(less),
            new For(Channel, 0, convolution.Output.Channels, 1, body.ToValueArray())), ValueArray<string>.Empty);
    }

    private static Statement[] Least(Local difference, Expression value, Local target, Expression result) => [new Assign(difference, value), new Assign(target, result)];

    private static Method InArena(string name, int start, ValueArray<Statement> body) => new(
        name, ValueArray<Argument>.Empty,
        new Statement[] { new Assign(Array, LaneConvolution.Arena, Declares: true), new Assign(Next, Expressions.Int(start), Declares: true) }.Concat(body).ToValueArray(),
        ValueArray<string>.Empty);
}
