using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>The costs that docs/kernels.md quotes, from the table of opcodes and the example's own code.</summary>
internal static class CostExample
{
    private static readonly int Load = OpcodeCost.For("ldloc.s", OperandKind.Int64);
    private static readonly int Add = OpcodeCost.For("add", OperandKind.Int64);
    private static readonly int Multiply = OpcodeCost.For("mul", OperandKind.Int64);

    /// <summary>Blocks by name.</summary>
    public static IReadOnlyDictionary<string, string[]> Blocks(KernelExample example) => new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["costs"] =
        [
            Line("load a long variable", Load),
            Line("add or subtract longs", Add),
            Line("multiply longs", Multiply),
            Line("load a long constant", OpcodeCost.For("ldc.i8")),
            Line("read an element of a long[] / sbyte[] / byte[]", OpcodeCost.For("ldelem.i8"), OpcodeCost.For("ldelem.i1"), OpcodeCost.For("ldelem.u1")),
            Line("write an element of a long[]", OpcodeCost.For("stelem.i8")),
            Line("read a static field", OpcodeCost.For("ldsfld", OperandKind.Int32)),
            Line("call a method with 2 arguments and no local", OpcodeCost.Call(2, 0, returnsValue: false)),
        ],
        ["weight-costs"] =
        [
            Line("a weight: load its input, add", Load + Add),
            Line("a magnitude: load the factor, multiply, add", Load + Multiply + Add),
            Line("a weight in a lane loop: load both, multiply, add", Load + Load + Multiply + Add),
        ],
        ["inspect"] = KernelExample.Compile(plan: null).ToText().TrimEnd('\n').Split('\n'),
        ["layer-costs"] =
        [
            Line("4 lanes, frequency, unrolled", example.Program.Code[0]),
            Line("convolution loop", KernelExample.Compile(KernelPlan.Loops).Code[0]),
        ],
    };

    private static string Line(string kernel, LayerCode code) => Line(kernel, code.Costs.Sum(cost => cost.Weighted)) + "    " + Number(code.IlBytes).PadLeft(5) + " bytes of IL of its own";

    private static string Line(string what, params long[] costs) => ("  " + what).PadRight(50) + string.Join(" / ", costs.Select(Number)).PadLeft(16);

    private static string Line(string what, params int[] costs) => Line(what, [.. costs.Select(cost => (long)cost)]);

    private static string Number(int value) => Number((long)value);

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
