using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Kernels;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Lowering.Planning;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>
/// The copied kernels, which are the same in every model: measured once in a compiled class. A test compares these figures with
/// what the compiler makes of the kernels now.
/// </summary>
internal static class KernelCosts
{
    // IL bytes, converted, arguments, locals, stack, longest branch, bytes of signatures.
    private static readonly Dictionary<string, MethodCost[]> BySection = new(System.StringComparer.Ordinal)
    {
        ["Convolve"] = [new("Convolve", 463, 445, 23, 14, 17, 414, 49), new("AddInput", 267, 263, 9, 21, 5, 187, 37), new("PoolGroup", 300, 292, 14, 14, 6, 232, 36)],
        ["Connect"] = [new("Connect", 87, 81, 13, 2, 7, 78, 24)],
        ["Classify"] = [new("Classify", 73, 69, 12, 1, 9, 64, 22)],
        ["Greatest"] = [new("Greatest", 28, 28, 1, 2, 3, 20, 9)],
        ["Product"] = [new("Product", 31, 31, 5, 2, 5, 23, 14)],
        ["Requantise"] = [new("Requantise", 21, 21, 3, 1, 3, 2, 9)],
        ["Pack"] = [new("Pack", 250, 242, 13, 10, 7, 202, 30)],
        ["Unpack"] = [new("Unpack", 207, 199, 13, 11, 5, 173, 31)],
        ["Clear"] = [new("Clear", 69, 69, 7, 6, 3, 61, 19)],
        ["Pair"] = [new("Pair", 90, 90, 7, 7, 4, 80, 20)],
        ["Halo"] = [new("Halo", 55, 55, 8, 4, 5, 45, 18)],
        ["ConvolveFour"] = [new("ConvolveFour", 2614, 2592, 27, 123, 15, 2486, 159)],
        ["ConvolveFourOf4Bits"] = [new("ConvolveFourOf4Bits", 2650, 2628, 27, 123, 15, 2522, 159)],
        ["ConvolveFourOf2Bits"] = [new("ConvolveFourOf2Bits", 2634, 2612, 27, 123, 15, 2506, 159)],
        ["ConvolveOne"] = [new("ConvolveOne", 1295, 1273, 27, 69, 15, 1167, 105)],
        ["ConvolveOneOf4Bits"] = [new("ConvolveOneOf4Bits", 1304, 1282, 27, 69, 15, 1176, 105)],
        ["ConvolveOneOf2Bits"] = [new("ConvolveOneOf2Bits", 1300, 1278, 27, 69, 15, 1172, 105)],
        ["PoolSums"] = [new("PoolSums", 298, 290, 15, 15, 6, 216, 36)],
        ["PoolLanes"] = [new("PoolLanes", 118, 118, 10, 8, 6, 101, 26)],
    };

    /// <summary>Names of the marked sections.</summary>
    public static IEnumerable<string> Sections => BySection.Keys;

    /// <summary>Every kernel method.</summary>
    public static IEnumerable<MethodCost> All => BySection.Values.SelectMany(methods => methods);

    /// <summary>Those that programs of a plan may copy.</summary>
    public static IEnumerable<MethodCost> For(KernelPlan plan) => For([.. plan.Layers, plan.Heads]);

    /// <summary>Those that programs with some kernels may copy.</summary>
    public static IEnumerable<MethodCost> For(IReadOnlyCollection<LayerKernel> kernels)
    {
        bool hasLanes = kernels.Any(kernel => kernel.Format is not null);
        string[] laneLoops = [.. kernels.Where(kernel => kernel.HasLaneLoops).SelectMany(kernel => LaneLoops(kernel.Width))];
        bool hasLoops = kernels.Any(kernel => kernel.Kind == KernelKind.Loop);
        string[] lanes = ["Pack", "Clear", "Halo", "Pair", "PoolLanes", "Unpack"];
        return BySection
            .Where(pair => pair.Key == "Greatest"
                || (System.Array.IndexOf(lanes, pair.Key) >= 0 ? hasLanes : IsLaneLoop(pair.Key) ? System.Array.IndexOf(laneLoops, pair.Key) >= 0 : hasLoops))
            .SelectMany(pair => pair.Value);
    }

    private static string[] LaneLoops(int width) => [NarrowWeights.Kernel("ConvolveFour", width), NarrowWeights.Kernel("ConvolveOne", width), "PoolSums"];

    private static bool IsLaneLoop(string section) => System.Array.IndexOf(LaneLoops(NarrowWeights.Of(section).Width), section) >= 0;

    /// <summary>Weighted instructions of a call of a section's kernel and its return, without its body.</summary>
    public static long CallOf(string section) => OpcodeCost.Call(BySection[section][0].Arguments, BySection[section][0].Locals, returnsValue: false);

    /// <summary>Those that a program copies.</summary>
    public static IEnumerable<MethodCost> Of(LoweredProgram program) => KernelSet.Of(program).SelectMany(section => BySection[section]);
}
