using System.Collections.Generic;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// Magnitudes of parts that have the offset of a part, 2^31 in each half of a long: the top bit of a half says that it is not negative, and goes; of the others the rest is complemented.
/// What is needed twice at once has a variable of its own, written and read at the beginning of statements: the C# compiler leaves it on the evaluation stack.
/// </summary>
/// <param name="body">Where statements go.</param>
/// <param name="ones">1 in each half.</param>
/// <param name="positive">All bits but the top one of each.</param>
/// <param name="offset">That of a part.</param>
/// <param name="halfMask">All bits but the two highest of each, for octagons.</param>
internal sealed class MagnitudeCode(List<Statement> body, Expression ones, Expression positive, Expression offset, Expression halfMask)
{
    private int count;

    /// <summary>The sum of two magnitudes.</summary>
    /// <param name="real">A part.</param>
    /// <param name="kept">A variable, for the other part.</param>
    /// <param name="imaginary">The other part.</param>
    public Expression Sum(Expression real, Expression kept, Expression imaginary) => AtOnce(real).Plus(Magnitude(kept, new Kept(kept, imaginary)));

    /// <summary>The sum of two magnitudes and half their difference.</summary>
    /// <param name="first">A variable, for the magnitude of the real part.</param>
    /// <param name="real">A part.</param>
    /// <param name="second">A variable, for that of the imaginary one.</param>
    /// <param name="imaginary">The other part.</param>
    public Expression Octagon(Expression first, Expression real, Expression second, Expression imaginary)
    {
        body.Add(new Assign(first, AtOnce(real)));
        body.Add(new Assign(second, AtOnce(imaginary)));
        return AtOnce(first.Minus(second).Plus(offset)).ShiftRight(1).And(halfMask).Plus(first).Plus(second);
    }

    // What begins the next statement. A part that has a variable is read from there.
    private Binary AtOnce(Expression part)
    {
        if (part is Local or Argument)
            return Magnitude(part, part);
        var own = new Local("x" + Wording.Number(count++), IlType.Long);
        body.Add(new Assign(own, part, Declares: true));
        return Magnitude(own, own);
    }

    private Binary Magnitude(Expression part, Expression first) => (Binary)first.Xor(part.ShiftRight(31).And(ones).Plus(positive));
}
