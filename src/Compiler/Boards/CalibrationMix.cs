using System.Collections.Generic;
using AdapterCompiler.Backends.NanoClr;

namespace AdapterCompiler.Boards;

/// <summary>
/// What a loop of <see cref="CalibrationMixes"/> costs: its basic blocks in the notation of the kernels' cost data. A test compiles the
/// sketch for the device and compares.
/// </summary>
public sealed class CalibrationMix
{
    private readonly long fixedCost;
    private readonly long roundCost;

    private CalibrationMix(string name, string method, IReadOnlyList<string> blocks, string callee = "", bool readsArrays = false)
    {
        Name = name;
        Method = method;
        Blocks = blocks;
        Callee = callee;
        ReadsArrays = readsArrays;
        // Entry, body, condition, exit. The condition runs once more than the body.
        fixedCost = IlCost.Of(blocks[0]) + IlCost.Of(blocks[2]) + IlCost.Of(blocks[3]);
        roundCost = IlCost.Of(blocks[1]) + IlCost.Of(blocks[2]) + (callee.Length > 0 ? IlCost.Of(callee) : 0);
    }

    /// <summary>Every mix, in the order of the figures.</summary>
    public static ValueArray<CalibrationMix> All { get; } = ValueArray.Of(
        new CalibrationMix(
            "narrow", "Narrow",
            [
                "ldc.i4.1 stloc.0 ldc.i4.7 stloc.1 ldc.i4.0 stloc.2 br.s",
                "ldloc.0 ldloc.1 add ldc.i4.3 mul ldloc.2 sub stloc.0 ldloc.1 ldloc.0 xor ldc.i4 and stloc.1 ldloc.0 ldc.i4.1 shr ldloc.2 "
                    + "ldc.i4.2 shl add stloc.0 ldloc.2 ldc.i4.1 add stloc.2",
                "ldloc.2 ldarg.0 blt.s",
                "ldloc.0 ldloc.1 add ret",
            ]),
        new CalibrationMix(
            "wide", "Wide",
            [
                "ldc.i4.1 conv.i8 stloc.0:i8 ldc.i4.7 conv.i8 stloc.1:i8 ldc.i4.3 conv.i8 stloc.2:i8 ldc.i4.0 stloc.3 br.s",
                "ldloc.0:i8 ldloc.1:i8 add:i8 ldloc.2:i8 mul:i8 ldloc.1:i8 sub:i8 stloc.0:i8 ldloc.1:i8 ldloc.0:i8 xor:i8 ldloc.2:i8 "
                    + "and:i8 stloc.1:i8 ldloc.0:i8 ldc.i4.1 shr:i8 ldloc.1:i8 ldc.i4.2 shl:i8 add:i8 stloc.0:i8 ldloc.3 ldc.i4.1 add stloc.3",
                "ldloc.3 ldarg.0 blt.s",
                "ldloc.0:i8 ldloc.1:i8 add:i8 conv.i4:i8 ret",
            ]),
        new CalibrationMix(
            "arrays", "Arrays",
            [
                "ldc.i4.0 stloc.0 ldc.i4.0 stloc.1 br.s",
                "ldloc.0 ldarg.1:ref ldloc.1 ldc.i4.s and ldelem.u1 ldarg.2:ref ldloc.1 ldc.i4.s and ldelem.i1 mul add stloc.0 ldloc.1 "
                    + "ldc.i4.1 add stloc.1",
                "ldloc.1 ldarg.0 blt.s",
                "ldloc.0 ret",
            ], readsArrays: true),
        new CalibrationMix(
            "calls", "Calls",
            [
                "ldc.i4.0 stloc.0 ldc.i4.0 stloc.1 br.s",
                "ldloc.0 ldloc.1 ldc.i4.3 call:3:0:value stloc.0 ldloc.1 ldc.i4.1 add stloc.1",
                "ldloc.1 ldarg.0 blt.s",
                "ldloc.0 ret",
            ], callee: "ldarg.0 ldarg.1 ldarg.2 mul add ret"));

    /// <summary>As in the figures.</summary>
    public string Name { get; }

    /// <summary>Method of <see cref="CalibrationMixes"/>.</summary>
    public string Method { get; }

    /// <summary>Entry, body, condition and exit of the loop.</summary>
    public IReadOnlyList<string> Blocks { get; }

    /// <summary>The only block of the method that the body calls; empty where it calls none.</summary>
    public string Callee { get; }

    /// <summary>The method takes two arrays as well.</summary>
    public bool ReadsArrays { get; }

    /// <summary>Weighted instructions of a run.</summary>
    /// <param name="rounds">Rounds of the loop.</param>
    public long Weighted(long rounds) => fixedCost + (rounds * roundCost);
}
