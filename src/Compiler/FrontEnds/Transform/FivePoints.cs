using System.Numerics;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>Length 5: 13 additions, 6 products.</summary>
internal sealed class FivePoints : TransformModule
{
    public override int Points => 5;

    public override ValueArray<BigInteger> Constants { get; } = ValueArray.Of(
        Circle.One,
        ((Circle.Cosine(1, 5) + Circle.Cosine(2, 5)) / 2) - Circle.One,
        (Circle.Cosine(1, 5) - Circle.Cosine(2, 5)) / 2,
        Circle.Sine(1, 5),
        Circle.Sine(2, 5) - Circle.Sine(1, 5),
        Circle.Sine(2, 5) + Circle.Sine(1, 5));

    public override int[] Before(LinearBuilder program, int[] x)
    {
        int even1 = program.Sum(x[1], x[4]), odd1 = program.Difference(x[1], x[4]);
        int even2 = program.Sum(x[2], x[3]), odd2 = program.Difference(x[2], x[3]);
        int even = program.Sum(even1, even2);
        return [program.Sum(x[0], even), even, program.Difference(even1, even2), program.Sum(odd1, odd2), odd2, odd1];
    }

    public override int[] After(LinearBuilder program, int[] m)
    {
        int mean = program.Sum(m[0], m[1]);
        return
        [
            m[0],
            program.Sum(mean, m[2]),
            program.Difference(mean, m[2]),
            program.Difference(m[5], m[3]),
            program.Sum(m[3], m[4]),
        ];
    }
}
