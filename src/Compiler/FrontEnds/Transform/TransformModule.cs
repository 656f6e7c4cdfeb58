using System.Numerics;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>
/// A short Fourier transform of real numbers as Winograd has it: additions, one layer of products by constants, additions. Such modules
/// nest: of transforms of coprime lengths the additions run along their own axis, and the constants multiply.
/// </summary>
/// <remarks>S. Winograd, On computing the discrete Fourier transform, Mathematics of Computation 32 (1978).</remarks>
internal abstract class TransformModule
{
    /// <summary>Length.</summary>
    public abstract int Points { get; }

    /// <summary>One constant a product, in units of <see cref="Circle.One"/>.</summary>
    public abstract ValueArray<BigInteger> Constants { get; }

    /// <summary>What is to be multiplied: one step for each of <see cref="Constants"/>.</summary>
    /// <param name="program">Where the additions go.</param>
    /// <param name="x">The inputs.</param>
    public abstract int[] Before(LinearBuilder program, int[] x);

    /// <summary>
    /// The transform: element k up to half the length is the real part of X[k], element <see cref="Points"/> - k the imaginary part of X[k],
    /// X[k] = sum of x[n] (cos + i sin)(2 pi n k / length): with this sign most constants are positive, and a magnitude is the same.
    /// </summary>
    /// <param name="program">Where the additions go.</param>
    /// <param name="m">The products.</param>
    public abstract int[] After(LinearBuilder program, int[] m);
}
