using System.Numerics;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>Cosines and sines as integers, <see cref="FractionBits"/> binary places: the same on every machine, which a library's are not.</summary>
internal static class Circle
{
    /// <summary>Binary places of every value; the last few are not exact.</summary>
    public const int FractionBits = 96;

    /// <summary>1.</summary>
    public static readonly BigInteger One = BigInteger.One << FractionBits;

    private static readonly BigInteger FullTurn = 8 * ((4 * ArcTangentOfInverse(5)) - ArcTangentOfInverse(239));

    /// <summary>cos(2 pi part / whole).</summary>
    public static BigInteger Cosine(int part, int whole) => Series(part, whole, 0);

    /// <summary>sin(2 pi part / whole).</summary>
    public static BigInteger Sine(int part, int whole) => Series(part, whole, 1);

    /// <summary>value x factor / 2^<see cref="FractionBits"/>, to the nearest integer, halves up.</summary>
    public static long Round(BigInteger value, long factor) => (long)(((value * factor) + (One >> 1)) >> FractionBits);

    /// <summary>The product of two values.</summary>
    public static BigInteger Product(BigInteger left, BigInteger right) => (left * right) >> FractionBits;

    // The power series of cosine (from the term of order 0) or sine (from order 1); a full turn needs some 60 terms.
    private static BigInteger Series(int part, int whole, int order)
    {
        BigInteger angle = FullTurn * part / whole;
        BigInteger term = order == 0 ? One : angle;
        BigInteger sum = BigInteger.Zero;
        for (; !term.IsZero; order += 2)
        {
            sum += term;
            term = -Product(Product(term, angle), angle) / ((order + 1) * (order + 2));
        }

        return sum;
    }

    // Machin's formula for pi takes two of these.
    private static BigInteger ArcTangentOfInverse(int denominator)
    {
        BigInteger power = One / denominator;
        BigInteger sum = BigInteger.Zero;
        for (int odd = 1; !power.IsZero; odd += 2)
        {
            sum += power / (odd % 4 == 1 ? odd : -odd);
            power /= denominator * denominator;
        }

        return sum;
    }
}
