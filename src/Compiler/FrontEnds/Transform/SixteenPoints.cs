using System.Numerics;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>
/// Length 16: 60 additions, 18 products. Real parts depend on the sums x[n] + x[16 - n] only, imaginary parts on the differences; each half
/// splits again into even and odd bins, until rotations by an eighth of a right angle remain, of three products each.
/// </summary>
internal sealed class SixteenPoints : TransformModule
{
    private static readonly BigInteger Cosine1 = Circle.Cosine(1, 16), Cosine2 = Circle.Cosine(2, 16), Cosine3 = Circle.Cosine(3, 16);
    private static readonly BigInteger Sine1 = Circle.Sine(1, 16), Sine2 = Circle.Sine(2, 16), Sine3 = Circle.Sine(3, 16);

    public override int Points => 16;

    public override ValueArray<BigInteger> Constants { get; } = ValueArray.Of(
        // Real parts: bins 0, 8, 4; 2 and 6; the odd ones.
        Circle.One, Circle.One, Circle.One,
        Circle.One, Cosine2,
        Circle.One, Cosine2, Cosine3, Cosine1 - Cosine3, Cosine1 + Cosine3,
        // Imaginary parts: bin 4; 2 and 6; the odd ones.
        Circle.One,
        Circle.One, Sine2,
        Circle.One, Sine2, Sine3, Sine1 - Sine3, Sine1 + Sine3);

    public override int[] Before(LinearBuilder program, int[] x)
    {
        int[] even = new int[8], odd = new int[8];
        for (int n = 1; n < 8; n++)
        {
            even[n] = program.Sum(x[n], x[16 - n]);
            odd[n] = program.Difference(x[n], x[16 - n]);
        }

        int ends = program.Sum(x[0], x[8]);
        int quarters = program.Sum(ends, even[4]);
        int s1 = program.Sum(even[1], even[7]), d1 = program.Difference(even[1], even[7]);
        int s2 = program.Sum(even[2], even[6]), d2 = program.Difference(even[2], even[6]);
        int s3 = program.Sum(even[3], even[5]), d3 = program.Difference(even[3], even[5]);
        int eighths = program.Sum(quarters, s2), between = program.Sum(s1, s3);

        int p1 = program.Sum(odd[1], odd[7]), q1 = program.Difference(odd[1], odd[7]);
        int p2 = program.Sum(odd[2], odd[6]), q2 = program.Difference(odd[2], odd[6]);
        int p3 = program.Sum(odd[3], odd[5]), q3 = program.Difference(odd[3], odd[5]);
        return
        [
            program.Sum(eighths, between), program.Difference(eighths, between), program.Difference(quarters, s2),
            program.Difference(ends, even[4]), program.Difference(s1, s3),
            program.Difference(x[0], x[8]), d2, program.Sum(d1, d3), d1, d3,
            program.Difference(q1, q3),
            q2, program.Sum(q1, q3),
            odd[4], p2, program.Sum(p1, p3), p1, p3,
        ];
    }

    public override int[] After(LinearBuilder program, int[] m)
    {
        int sum = program.Sum(m[5], m[6]), difference = program.Difference(m[5], m[6]);
        int outer = program.Sum(m[7], m[8]), inner = program.Difference(m[7], m[9]);
        int sineSum = program.Sum(m[13], m[14]), sineDifference = program.Difference(m[14], m[13]);
        int sineOuter = program.Sum(m[15], m[16]), sineInner = program.Difference(m[15], m[17]);
        // sin(2 pi 4 n / 16) and its neighbours change sign between bins k and 8 - k, and so do the terms of odd[4] and p2.
        return
        [
            m[0],
            program.Sum(sum, outer),
            program.Sum(m[3], m[4]),
            program.Sum(difference, inner),
            m[2],
            program.Difference(difference, inner),
            program.Difference(m[3], m[4]),
            program.Difference(sum, outer),
            m[1],
            program.Difference(sineOuter, sineSum),
            program.Difference(m[12], m[11]),
            program.Difference(sineInner, sineDifference),
            m[10],
            program.Sum(sineInner, sineDifference),
            program.Sum(m[12], m[11]),
            program.Sum(sineOuter, sineSum),
        ];
    }
}
