using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// The neighbourhood that a step of a convolution reads: 4 x 4 places unrolled, 3 x 4 in wide steps, 3 x 3 otherwise, in every channel of the input image.
/// An element is numbered channel, line, place.
/// </summary>
internal sealed class LanePatch(LaneLayer layer)
{
    public static readonly Local Array = new("a", IlType.Longs);
    public static readonly Local Above = new("above", IlType.Int);
    public static readonly Local Here = new("here", IlType.Int);
    public static readonly Local Under = new("under", IlType.Int);

    /// <summary>From a place to the one before it, and how far that is to be moved up: not at all but at the first.</summary>
    public static readonly Local Back = new("back", IlType.Int);
    public static readonly Local Lift = new("lift", IlType.Int);

    private readonly int lines = layer.Tall + 2;
    private readonly int size = layer.Side + 2;

    /// <summary>Elements of one channel.</summary>
    public int Area => lines * size;

    /// <summary>The element that a weight of a block meets at a position of the step.</summary>
    public int Element(LaneBlock block, int weight, int line, int place)
    {
        int input = weight / 9;
        int channel = input < block.Block.SharedInputs ? input : block.OwnInput + input - block.Block.SharedInputs;
        return (((channel * lines) + line + (weight % 9 / 3)) * size) + place + (weight % 3);
    }

    /// <summary>The channel of an element.</summary>
    public int Channel(int element) => element / Area;

    /// <summary>Slides: what it holds next is what its neighbour holds now.</summary>
    public bool IsKept(int element) => element % size < size - layer.Side;

    /// <summary>The neighbour.</summary>
    public int Neighbour(int element) => element + layer.Side;

    /// <summary>The element's value, read from the image: not what lies before the first place of a line.</summary>
    public Expression Load(int element) => At(element, (element % size) - 1);

    /// <summary>The element lies one place back, which is the last place, one lane up, where the step is the line's first.</summary>
    public bool IsBefore(int element) => element % size == 0;

    /// <summary>The value of such an element at any step, by <see cref="Back"/> and <see cref="Lift"/>.</summary>
    public Expression LoadBefore(int element)
    {
        var here = (Element)At(element, 0);
        return Masked(new Binary(Operator.ShiftLeft, Array.At(Index(here.Index)), Lift));

        static Expression Index(Expression index) => index is Binary { Operator: Operator.Add, Right: Literal } offset ? offset.Left.Plus(Back).Plus(offset.Right) : index.Plus(Back);
    }

    /// <summary>The value of an element before the first place of a line.</summary>
    public Expression LoadFirst(int element) => element % size == 0 ? Up(At(element, layer.Input.Places - 1)) : Load(element);

    /// <summary>Where one step covers a line: elements beside it last, for they are shifts of those in it.</summary>
    public IEnumerable<int> InOrderOfLoads(IEnumerable<int> elements) => layer.IsWholeLine
        ? elements.OrderBy(IsHalo).ThenBy(element => element)
        : elements;

    /// <summary>The element's value where one step covers a line: a halo is a shift of the line's other end, of its variable if it has one.</summary>
    public Expression LoadWhole(int element, System.Func<int, Expression?> variable)
    {
        if (!IsHalo(element))
            return Load(element);
        bool isBefore = element % size == 0;
        int source = isBefore ? element + size - 2 : element - size + 2;
        Expression value = variable(source) ?? Load(source);
        if (isBefore)
            return Up(value);
        // The lowest lane of a difference may be negative: half of its range more, and it leaves nothing behind.
        if (layer.IsPaired && LanePairs.IsDifference(layer, Channel(element)))
            value = value.Plus(Expressions.Long(layer.Format.GuardValue));
        return value.ShiftRight(layer.Format.Bits);
    }

    private bool IsHalo(int element) => element % size is 0 || element % size == size - 1;

    private Expression Up(Expression source) => Masked(source.ShiftLeft(layer.Format.Bits));

    private Expression Masked(Expression moved) => layer.Format.Used == -1 ? moved : moved.And(Expressions.Long(layer.Format.Used));

    private Expression At(int element, int place)
    {
        int line = element / size % lines;
        bool isBeside = line == 0 || line == lines - 1;
        return Array.At((line == 0 ? Above : isBeside ? Under : Here).Plus(layer.InInput(isBeside ? 0 : line - 1, place, Channel(element))));
    }
}
