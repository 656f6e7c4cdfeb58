using System;
using System.Linq;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>
/// Floating-point division by 0, which throws on the device. That a divisor may be 0 nobody can see in general; that the program waits for
/// the infinity which desktop .NET gives shows in its tests for one.
/// </summary>
internal sealed class QuotientEffect(MethodCode method)
{
    private static readonly string[] Tests = ["IsInfinity", "IsPositiveInfinity", "IsNegativeInfinity", "IsNaN"];

    private int? division;
    private string? test;

    /// <summary>A division of floating-point values; a finding where the divisor is the constant 0.</summary>
    public Finding? Divide(IlInstruction instruction, StackValue divisor)
    {
        if (divisor is { Type.IsFloat: true, Constant: 0 })
            return CheckCatalogue.FloatDivision.At(method.Display, instruction.Offset);
        division = Math.Min(division ?? int.MaxValue, instruction.Offset);
        return null;
    }

    /// <summary>A call.</summary>
    public void Call(CallTarget target)
    {
        if (target.TypeName is "double" or "float" or "System.Double" or "System.Single" && Tests.Contains(target.Name, StringComparer.Ordinal))
            test ??= target.TypeName + "." + target.Name;
    }

    /// <summary>A comparison with an infinite constant.</summary>
    public void Compare() => test ??= "comparison with infinity";

    /// <summary>The method's first division, where it tests for infinity too.</summary>
    public Finding? Tested => division is { } offset && test is not null ? CheckCatalogue.QuotientTested.At(method.Display, offset, test) : null;
}
