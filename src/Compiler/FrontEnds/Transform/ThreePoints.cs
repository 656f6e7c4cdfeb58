using System.Numerics;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>Length 3: 4 additions, 3 products.</summary>
internal sealed class ThreePoints : TransformModule
{
    public override int Points => 3;

    public override ValueArray<BigInteger> Constants { get; } = ValueArray.Of(
        Circle.One,
        Circle.Cosine(1, 3) - Circle.One,
        Circle.Sine(1, 3));

    public override int[] Before(LinearBuilder program, int[] x)
    {
        int even = program.Sum(x[1], x[2]);
        return [program.Sum(x[0], even), even, program.Difference(x[1], x[2])];
    }

    public override int[] After(LinearBuilder program, int[] m) => [m[0], program.Sum(m[0], m[1]), m[2]];
}
