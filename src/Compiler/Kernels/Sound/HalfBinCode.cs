using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// Half bins as statements on longs, a frame in each half: parts of bins are kept without their lowest bits until both neighbours are there. What is turned against the
/// clock in one frame and with it in the other is complemented in the second frame's half.
/// </summary>
/// <param name="halves">What to compute.</param>
/// <param name="pool">Where variables come from.</param>
internal sealed class HalfBinCode(HalfBins halves, VariablePool pool)
{
    private const long Both = 0x1_0000_0001L;

    /// <summary>Bits of a kept part, none of them negative: with the offset of a part, 2^31, it has 32 less those lost.</summary>
    private const long PartBits = (1L << (32 - HalfBins.LostBits)) - 1;

    private const long PartOffset = 1L << (31 - HalfBins.LostBits);

    // Bits of both frames, and those of the second.
    private static readonly Local Narrow = new("narrow", IlType.Long), Turned = new("turned", IlType.Long);

    private readonly Dictionary<int, (Expression Real, Expression Imaginary)> kept = [];
    private readonly HashSet<int> written = [];

    /// <summary>Constants that are read often.</summary>
    public IEnumerable<Statement> Declarations
    {
        get
        {
            if (halves.All.Count > 0)
                yield return new Assign(Narrow, Expressions.Long(PartBits * Both), Declares: true);
            if (halves.All.Any(half => half.RealTurn != 0))
                yield return new Assign(Turned, Expressions.Long(PartBits << 32), Declares: true);
        }
    }

    /// <summary>A half bin lies beside this bin.</summary>
    public bool Reads(int bin) => halves.All.Any(half => half.Bin == bin || half.Bin == bin - 1);

    /// <summary>Takes a bin's parts; hands out the half bins that can be computed now.</summary>
    /// <param name="body">Where statements go.</param>
    /// <param name="bin">The bin.</param>
    /// <param name="real">Variable that holds its real part, given to this class.</param>
    /// <param name="imaginary">The same of the imaginary part.</param>
    /// <param name="found">Told the bin below a half bin, and its parts with the offset of a part, to be read at once.</param>
    public void Keep(List<Statement> body, int bin, Expression real, Expression imaginary, Action<(int Bin, Expression Real, Expression Imaginary)> found)
    {
        foreach (Expression part in new[] { real, imaginary })
            body.Add(new Assign(part, part.ShiftRight(HalfBins.LostBits).And(Narrow)));
        kept.Add(bin, (real, imaginary));
        foreach (HalfBin half in halves.All.Where(each => !written.Contains(each.Bin) && kept.ContainsKey(each.Bin) && kept.ContainsKey(each.Bin + 1)))
        {
            (Expression ownReal, Expression ownImaginary) = kept[half.Bin];
            (Expression upperReal, Expression upperImaginary) = kept[half.Bin + 1];
            found((
                half.Bin,
                Part(ownReal, upperReal, half.Real, upperImaginary, half.RealTurn),
                Part(ownImaginary, upperImaginary, half.Imaginary, upperReal, half.ImaginaryTurn)));
            written.Add(half.Bin);
        }

        foreach (int done in kept.Keys.Where(IsDone).ToArray())
        {
            pool.Free(kept[done].Real);
            pool.Free(kept[done].Imaginary);
            kept.Remove(done);
        }
    }

    private bool IsDone(int bin) => halves.All.Where(half => half.Bin == bin || half.Bin == bin - 1).All(half => written.Contains(half.Bin));

    // The offsets of the three become the one of a part.
    private static Expression Part(Expression own, Expression upper, int weight, Expression turned, int turn)
    {
        Expression sum = own.ShiftLeft(Length(HalfBins.Unit));
        sum = Added(sum, upper, weight);
        sum = Added(sum, turned.Xor(Turned), turn);
        return sum.Plus(Expressions.Long(unchecked(((1L << 31) - (PartOffset * (HalfBins.Unit + weight + turn))) * Both)));
    }

    private static Expression Added(Expression sum, Expression value, int weight)
    {
        if (weight == 0)
            return sum;
        int size = Math.Abs(weight);
        Expression product = (size & (size - 1)) == 0 ? value.ShiftLeft(Length(size)) : value.Times(Expressions.Long(size));
        return weight < 0 ? sum.Minus(product) : sum.Plus(product);
    }

    private static int Length(int power)
    {
        int length = 0;
        while (1 << length < power)
            length++;
        return length;
    }
}
