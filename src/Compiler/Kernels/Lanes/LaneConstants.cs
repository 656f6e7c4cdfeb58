using System.Collections.Generic;
using System.Globalization;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// Long constants of one method, each kept in a local: a load costs 42 weighted instructions and 2 bytes, the constant itself 51 or
/// 120 and up to 9 bytes.
/// </summary>
/// <param name="format">Lanes and axis.</param>
/// <param name="suffix">Ends the names, where a method has several formats.</param>
internal sealed class LaneConstants(LaneFormat format, string suffix = "")
{
    /// <summary>Factors that get a local of their own.</summary>
    private const int MostFactors = 24;

    private readonly SortedDictionary<string, long> values = new(System.StringComparer.Ordinal);
    private int factors;

    /// <summary>Bit 0 of every lane.</summary>
    public Local Ones => Named("ones", format.Repeat(1));

    /// <summary>All bits below the guard of one lane: times a lane's 0 or 1 this keeps or clears the lane.</summary>
    public Local Below => Named("below", format.GuardValue - 1);

    /// <summary>The guard bit of every lane.</summary>
    public Local Guards => Named("guards", format.Repeat(format.GuardValue));

    /// <summary>One small number in every lane.</summary>
    public Local Mask(long value) => Named("mask" + value.ToString(CultureInfo.InvariantCulture), format.Repeat(value));

    /// <summary>Largest code, to saturate a lane with.</summary>
    public Local Saturated(int max) => Named("top" + max.ToString(CultureInfo.InvariantCulture), max);

    /// <summary>Added to a lane, carries into the guard from (max + 1) &lt;&lt; shift on.</summary>
    public Local Limit(int max, int shift) => Named(
        "limit" + max.ToString(CultureInfo.InvariantCulture) + "s" + shift.ToString(CultureInfo.InvariantCulture),
        format.Repeat(format.GuardValue - (((long)max + 1) << shift)));

    /// <summary>A weight's magnitude: a local while there is room for one, else a literal.</summary>
    public Expression Factor(int factor)
    {
        string name = "x" + factor.ToString(CultureInfo.InvariantCulture);
        if (!values.ContainsKey(name + suffix) && factors++ >= MostFactors)
            return Expressions.Long(factor);
        return Named(name, factor);
    }

    /// <summary>Their declarations.</summary>
    public IEnumerable<Statement> Declarations()
    {
        foreach (KeyValuePair<string, long> constant in values)
            yield return new Assign(new Local(constant.Key, IlType.Long), Expressions.Long(constant.Value), Declares: true);
    }

    private Local Named(string name, long value)
    {
        values[name + suffix] = value;
        return new Local(name + suffix, IlType.Long);
    }
}
