using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Lowering.Kernels;

/// <summary>Which copied kernels a program calls; the emitter copies these and no others, the budgets count them.</summary>
public static class KernelSet
{
    // In the order of the generated file, each with the sections that its code calls.
    private static readonly (string Section, string[] Calls)[] Sections =
    [
        ("Pack", []), ("Clear", []), ("Halo", []), ("Pair", []),
        ("ConvolveFour", ["PoolSums"]), ("ConvolveFourOf4Bits", ["PoolSums"]), ("ConvolveFourOf2Bits", ["PoolSums"]),
        ("ConvolveOne", ["PoolSums"]), ("ConvolveOneOf4Bits", ["PoolSums"]), ("ConvolveOneOf2Bits", ["PoolSums"]), ("PoolSums", []), ("PoolLanes", []), ("Unpack", []),
        ("Convolve", []), ("Connect", ["Product", "Requantise"]), ("Classify", ["Product"]), ("Greatest", []), ("Product", []), ("Requantise", []),
    ];

    /// <summary>Names of the marked sections, in the order of the generated file.</summary>
    public static IEnumerable<string> Of(LoweredProgram program)
    {
        var called = new HashSet<string>(program.Code.SelectMany(code => code.Kernels).Select(run => run.Section), StringComparer.Ordinal);
        if (program.Part.IsLast)
            called.Add("Greatest");
        foreach ((string section, string[] calls) in Sections)
        {
            if (!called.Contains(section))
                continue;
            called.UnionWith(calls);
            yield return section;
        }
    }
}
