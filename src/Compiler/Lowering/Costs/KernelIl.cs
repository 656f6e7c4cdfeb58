using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>
/// The basic blocks of the copied kernels, as Roslyn (Release, C# 7.3) compiles them, in the notation of <see cref="IlCost"/>. A test
/// compiles the kernels for the device and compares: after a change of a kernel it prints the new text. Which block runs how often is
/// <see cref="KernelTally"/>'s.
/// </summary>
internal static class KernelIl
{
    private static readonly Dictionary<string, string[]> BlocksOf = new(StringComparer.Ordinal)
    {
        ["Convolve"] =
        [
            "ldc.i4.s ldarg.s div stloc.3 ldarg.2 ldarg.s add stloc.s ldloc.s ldc.i4.s mul stloc.s ldarg.s ldarg.s mul stloc.s ldloc.s "
                + "ldarg.s ldarg.s mul div stloc.s ldarg.s ldarg.s add stloc.s br",
            "ldarg.s ldarg.s add ldloc.s ble.s",
            "ldloc.s ldarg.s sub starg.s",
            "ldarg.s:ref ldarg.s ldc.i4.s add ldc.i4.0 conv.i8 stelem.i8 ldc.i4.0 stloc.s br",
            "ldloc.s ldarg.s add ldarg.s bgt.s",
            "ldloc.s ldarg.s add br.s",
            "ldarg.s",
            "stloc.s ldc.i4.0 conv.i8 stloc.0:i8 ldarg.s ldc.i4.1 sub stloc.1 br.s",
            "ldloc.0:i8 ldloc.3 ldc.i4.s and shl:i8 ldarg.s:ref ldarg.s ldloc.1 add ldelem.i4 conv.i8 add:i8 stloc.0:i8 ldloc.1 ldc.i4.1 "
                + "sub stloc.1",
            "ldloc.1 ldc.i4.0 bge.s",
            "ldarg.s ldc.i4.s add ldloc.s ldloc.s sub ldarg.s ldc.i4.1 add mul add stloc.s br.s",
            "ldarg.s:ref ldloc.s ldloc.0:i8 stelem.i8 ldloc.s ldc.i4.1 sub stloc.s",
            "ldloc.s ldarg.s ldc.i4.s add bgt.s",
            "ldc.i4.0 stloc.s br",
            "ldc.i4.0 stloc.s br.s",
            "ldc.i4.0 conv.i8 stloc.0:i8 ldarg.s ldarg.s ldloc.s mul add ldloc.s ldc.i4.s mul add ldloc.s add stloc.2 ldc.i4.0 stloc.1 "
                + "br.s",
            "ldloc.2 ldloc.s sub stloc.2 ldloc.0:i8 ldloc.3 ldc.i4.s and shl:i8 ldarg.s:ref ldloc.2 ldelem.i1 conv.i8 add:i8 stloc.0:i8 "
                + "ldloc.1 ldc.i4.1 add stloc.1",
            "ldloc.1 ldarg.s blt.s",
            "ldarg.s:ref ldarg.s ldloc.s add ldloc.0:i8 stelem.i8 ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldc.i4.s blt.s",
            "ldloc.s ldarg.2 bge.s",
            "ldarg.0:ref ldarg.s:ref ldarg.1 ldloc.s ldloc.s mul add ldloc.s ldarg.s mul add ldarg.s ldc.i4.s add ldarg.s ldarg.s ldarg.s "
                + "ldloc.s ldloc.s call:9:21:void br.s",
            "ldarg.3:ref ldarg.s:ref ldarg.s ldloc.s ldarg.2 sub ldloc.s mul add ldloc.s ldarg.s mul add ldarg.s ldc.i4.s add ldarg.s "
                + "ldarg.s ldarg.s ldloc.s ldloc.s call:9:21:void",
            "ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldloc.s blt",
            "ldarg.s:ref ldarg.s ldc.i4.s add ldloc.s ldloc.s sub ldarg.s ldarg.s ldarg.s ldloc.s ldloc.3 ldarg.s ldarg.s:ref ldarg.s "
                + "ldarg.s ldarg.s:ref ldarg.s ldloc.s ldarg.s div ldarg.s ldarg.s div mul add call:14:14:void ldloc.s ldarg.s add stloc.s",
            "ldloc.s ldarg.s blt",
            "ldarg.s ldarg.s ldloc.s mul add starg.s ldarg.s ldarg.s ldloc.s mul add starg.s ldarg.s ldarg.s add starg.s",
            "ldarg.s ldloc.s blt",
            "ret",
        ],
        ["AddInput"] =
        [
            "ldarg.1:ref ldarg.s ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.1 add ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.2 "
                + "add ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.3 add ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.4 add ldelem.i8 "
                + "stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.5 add ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.6 add ldelem.i8 stloc.s:i8 "
                + "ldarg.1:ref ldarg.s ldc.i4.7 add ldelem.i8 stloc.s:i8 ldarg.1:ref ldarg.s ldc.i4.8 add ldelem.i8 stloc.s:i8 ldarg.s stloc.s "
                + "br",
            "ldloc.s neg ldc.i4.s shr stloc.s ldarg.s neg ldloc.s and stloc.s ldloc.s conv.i8 stloc.s:i8 ldloc.s ldc.i4.1 add ldarg.s sub "
                + "ldc.i4.s shr stloc.s ldarg.s ldloc.s and stloc.s ldloc.s conv.i8 stloc.s:i8 ldc.i4.0 conv.i8 stloc.3:i8 ldc.i4.0 conv.i8 "
                + "stloc.s:i8 ldarg.2 ldarg.s add stloc.s br.s",
            "ldloc.s:i8 ldarg.0:ref ldarg.2 ldloc.s add ldelem.u1 conv.u8 and:i8 stloc.0:i8 ldarg.0:ref ldarg.2 ldelem.u1 conv.u8 "
                + "stloc.1:i8 ldloc.s:i8 ldarg.0:ref ldarg.2 ldloc.s add ldelem.u1 conv.u8 and:i8 stloc.2:i8 ldarg.1:ref ldarg.3 ldarg.1:ref "
                + "ldarg.3 ldelem.i8 ldloc.3:i8 add:i8 ldloc.0:i8 ldloc.s:i8 mul:i8 add:i8 ldloc.1:i8 ldloc.s:i8 mul:i8 add:i8 ldloc.2:i8 "
                + "ldloc.s:i8 mul:i8 add:i8 stelem.i8 ldloc.s:i8 ldloc.0:i8 ldloc.s:i8 mul:i8 add:i8 ldloc.1:i8 ldloc.s:i8 mul:i8 add:i8 "
                + "ldloc.2:i8 ldloc.s:i8 mul:i8 add:i8 stloc.3:i8 ldloc.0:i8 ldloc.s:i8 mul:i8 ldloc.1:i8 ldloc.s:i8 mul:i8 add:i8 ldloc.2:i8 "
                + "ldloc.s:i8 mul:i8 add:i8 stloc.s:i8 ldarg.3 ldc.i4.1 add starg.s ldarg.2 ldc.i4.1 add starg.s",
            "ldarg.2 ldloc.s blt.s",
            "ldarg.1:ref ldarg.3 ldarg.1:ref ldarg.3 ldelem.i8 ldloc.3:i8 add:i8 stelem.i8 ldarg.3 ldc.i4.1 add starg.s ldloc.s ldc.i4.1 "
                + "add stloc.s",
            "ldloc.s ldarg.s blt",
            "ret",
        ],
        ["PoolGroup"] =
        [
            "ldarg.s ldc.i4.1 sub stloc.s ldc.i4.1 conv.i8 ldloc.s ldc.i4.s and shl:i8 ldc.i4.1 conv.i8 sub:i8 stloc.s:i8 ldc.i4.0 "
                + "conv.i8 stloc.s:i8 ldc.i4.0 stloc.3 br.s",
            "ldloc.s:i8 ldarg.s ldc.i4.s and shl:i8 ldc.i4.1 conv.i8 add:i8 stloc.s:i8 ldloc.3 ldc.i4.1 add stloc.3",
            "ldloc.3 ldarg.s blt.s",
            "ldloc.s:i8 ldloc.s ldc.i4.s and shl:i8 stloc.s:i8 ldc.i4.0 stloc.s br",
            "ldc.i4.0 stloc.s br",
            "ldarg.s ldc.i4.1 beq.s",
            "ldc.i4.0 conv.i8 br.s",
            "ldarg.0:ref ldarg.1 ldelem.i8",
            "stloc.1:i8 ldloc.s stloc.s br.s",
            "ldarg.1 ldc.i4.2 add ldloc.s ldarg.3 ldc.i4.1 add mul add ldloc.s add stloc.2 ldloc.2 ldarg.s add stloc.s br.s",
            "ldarg.0:ref ldloc.2 ldelem.i8 ldloc.s:i8 add:i8 stloc.0:i8 ldloc.0:i8 ldloc.0:i8 ldloc.s ldc.i4.s and shr:i8 ldloc.s:i8 "
                + "and:i8 ldloc.s:i8 mul:i8 and:i8 ldloc.s:i8 add:i8 ldloc.1:i8 sub:i8 stloc.0:i8 ldloc.1:i8 ldloc.0:i8 ldloc.0:i8 ldloc.s "
                + "ldc.i4.s and shr:i8 ldloc.s:i8 and:i8 ldloc.s:i8 mul:i8 and:i8 add:i8 stloc.1:i8 ldloc.2 ldc.i4.1 add stloc.2",
            "ldloc.2 ldloc.s blt.s",
            "ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldloc.s ldarg.s add bge.s",
            "ldloc.s ldarg.2 blt.s",
            "ldarg.0:ref ldarg.1 ldloc.1:i8 stelem.i8 ldc.i4.0 stloc.3 br.s",
            "ldloc.1:i8 ldloc.s:i8 and:i8 ldarg.s:ref ldarg.s ldloc.3 add ldelem.u1 ldc.i4.s and shr:i8 conv.i4:i8 stloc.s ldarg.s "
                + "ldloc.s sub stloc.s ldarg.s:ref ldarg.s ldloc.3 ldarg.s mul add ldloc.s ldloc.s ldloc.s ldc.i4.s shr and add conv.u1 "
                + "stelem.i1 ldloc.1:i8 ldarg.s ldc.i4.s and shr:i8 stloc.1:i8 ldloc.3 ldc.i4.1 add stloc.3",
            "ldloc.3 ldarg.s blt.s",
            "ldarg.s ldc.i4.1 add starg.s ldloc.s ldarg.s add stloc.s",
            "ldloc.s ldarg.3 blt",
            "ldloc.s ldarg.s add stloc.s",
            "ldloc.s ldarg.2 blt",
            "ret",
        ],
        ["Connect"] =
        [
            "ldarg.s ldarg.s add stloc.0 br.s",
            "ldarg.s:ref ldarg.s ldelem.i4 ldarg.0:ref ldarg.1 ldarg.2 ldarg.s:ref ldarg.s call:5:2:value add ldarg.0:ref ldarg.3 "
                + "ldarg.s ldarg.s:ref ldarg.s ldarg.2 add call:5:2:value add stloc.1 ldarg.0:ref ldarg.s dup ldc.i4.1 add starg.s ldloc.1 "
                + "ldarg.s:ref ldarg.s ldelem.u1 ldarg.s call:3:1:value conv.u1 stelem.i1 ldarg.s ldarg.2 ldarg.s add add starg.s ldarg.s "
                + "ldc.i4.1 add starg.s",
            "ldarg.s ldloc.0 blt.s",
            "ret",
        ],
        ["Classify"] =
        [
            "ldarg.s ldarg.s add stloc.0 br.s",
            "ldarg.s:ref ldarg.s dup ldc.i4.1 add starg.s ldarg.s:ref ldarg.s ldelem.i4 ldarg.0:ref ldarg.1 ldarg.2 ldarg.s:ref "
                + "ldarg.s call:5:2:value add ldarg.0:ref ldarg.3 ldarg.s ldarg.s:ref ldarg.s ldarg.2 add call:5:2:value add stelem.i4 "
                + "ldarg.s ldarg.2 ldarg.s add add starg.s ldarg.s ldc.i4.1 add starg.s",
            "ldarg.s ldloc.0 blt.s",
            "ret",
        ],
        ["Product"] =
        [
            "ldc.i4.0 stloc.0 ldc.i4.0 stloc.1 br.s",
            "ldloc.0 ldarg.0:ref ldarg.1 ldloc.1 add ldelem.u1 ldarg.3:ref ldarg.s ldloc.1 add ldelem.i1 mul add stloc.0 ldloc.1 "
                + "ldc.i4.1 add stloc.1",
            "ldloc.1 ldarg.2 blt.s",
            "ldloc.0 ret",
        ],
        ["Requantise"] =
        [
            "ldarg.0 ldc.i4.0 bgt.s",
            "ldc.i4.0 ret",
            "ldarg.0 ldarg.1 ldc.i4.s and shr stloc.0 ldloc.0 ldarg.2 bgt.s",
            "ldloc.0 ret",
            "ldarg.2 ret",
        ],
        ["Pack"] =
        [
            "ldc.i4.1 ldarg.s ldc.i4.s and shl stloc.0 ldc.i4.1 conv.i8 ldarg.s ldarg.s ldc.i4.1 add ldc.i4.2 div mul ldc.i4.s and "
                + "shl:i8 stloc.1:i8 ldarg.s ldarg.s mul stloc.2 ldloc.2 ldc.i4.2 mul stloc.3 ldloc.2 ldc.i4.3 mul stloc.s ldc.i4.0 stloc.s "
                + "br",
            "ldc.i4.0 stloc.s br",
            "ldarg.1 ldloc.s ldarg.s mul add stloc.s ldarg.s ldloc.s add ldloc.s ldarg.s mul add stloc.s ldloc.s ldarg.s ldarg.s mul "
                + "add stloc.s br.s",
            "ldarg.s ldc.i4.4 bne.un.s",
            "ldarg.3:ref ldloc.s ldloc.1:i8 ldarg.0:ref ldloc.s ldloc.s add ldelem.u1 ldloc.0 mul ldarg.0:ref ldloc.s ldloc.3 add "
                + "ldelem.u1 add conv.i8 mul:i8 ldarg.0:ref ldloc.s ldloc.2 add ldelem.u1 ldloc.0 mul ldarg.0:ref ldloc.s ldelem.u1 add "
                + "conv.i8 add:i8 stelem.i8 br.s",
            "ldarg.s ldc.i4.3 bne.un.s",
            "ldarg.3:ref ldloc.s ldloc.1:i8 ldarg.0:ref ldloc.s ldloc.3 add ldelem.u1 conv.u8 mul:i8 ldarg.0:ref ldloc.s ldloc.2 add "
                + "ldelem.u1 ldloc.0 mul ldarg.0:ref ldloc.s ldelem.u1 add conv.i8 add:i8 stelem.i8 br.s",
            "ldarg.3:ref ldloc.s ldloc.1:i8 ldarg.0:ref ldloc.s ldloc.2 add ldelem.u1 conv.u8 mul:i8 ldarg.0:ref ldloc.s ldelem.u1 "
                + "conv.u8 add:i8 stelem.i8",
            "ldloc.s ldarg.s add stloc.s ldloc.s ldarg.s add stloc.s",
            "ldloc.s ldloc.s blt.s",
            "ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt",
            "ldarg.1 ldarg.s ldarg.s mul ldarg.s mul add starg.s ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.2 blt",
            "ret",
        ],
        ["Unpack"] =
        [
            "ldarg.s ldarg.s mul stloc.0 ldloc.0 ldc.i4.2 mul stloc.1 ldloc.0 ldc.i4.3 mul stloc.2 ldarg.s ldc.i4.2 mul stloc.3 "
                + "ldarg.s ldc.i4.3 mul stloc.s ldc.i4.0 stloc.s br",
            "ldc.i4.0 stloc.s br",
            "ldarg.s ldloc.s ldarg.s mul add stloc.s ldarg.1 ldloc.s add ldloc.s ldarg.2 mul add stloc.s ldloc.s ldarg.s ldarg.3 mul "
                + "add stloc.s br.s",
            "ldarg.0:ref ldloc.s ldelem.i8 stloc.s:i8 ldarg.s:ref ldloc.s ldloc.s:i8 conv.u1:i8 stelem.i1 ldarg.s:ref ldloc.s ldloc.0 "
                + "add ldloc.s:i8 ldarg.s ldc.i4.s and shr:i8 conv.u1:i8 stelem.i1 ldarg.s ldc.i4.2 ble.s",
            "ldarg.s:ref ldloc.s ldloc.1 add ldloc.s:i8 ldloc.3 ldc.i4.s and shr:i8 conv.u1:i8 stelem.i1",
            "ldarg.s ldc.i4.3 ble.s",
            "ldarg.s:ref ldloc.s ldloc.2 add ldloc.s:i8 ldloc.s ldc.i4.s and shr:i8 conv.u1:i8 stelem.i1",
            "ldloc.s ldarg.s add stloc.s ldloc.s ldarg.3 add stloc.s",
            "ldloc.s ldloc.s blt.s",
            "ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt",
            "ldarg.s ldarg.s ldarg.s mul ldarg.s mul add starg.s ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt",
            "ret",
        ],
        ["Clear"] =
        [
            "ldc.i4.0 conv.i8 stloc.0:i8 ldc.i4.0 stloc.1 br.s",
            "ldarg.1 stloc.2 ldarg.1 ldarg.s ldarg.3 mul add stloc.3 br.s",
            "ldloc.2 stloc.s ldloc.2 ldarg.s add stloc.s br.s",
            "ldarg.0:ref ldloc.s ldloc.0:i8 stelem.i8 ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldloc.s blt.s",
            "ldloc.2 ldarg.3 add stloc.2",
            "ldloc.2 ldloc.3 blt.s",
            "ldarg.1 ldarg.2 add starg.s ldloc.1 ldc.i4.1 add stloc.1",
            "ldloc.1 ldarg.s blt.s",
            "ret",
        ],
        ["Halo"] =
        [
            "ldarg.s ldarg.3 mul stloc.0 ldc.i4.0 stloc.1 br.s",
            "ldarg.1 stloc.2 ldarg.1 ldarg.s add stloc.3 br.s",
            "ldarg.0:ref ldloc.2 ldloc.0 add ldarg.0:ref ldloc.2 ldelem.i8 ldarg.s ldc.i4.s and shr:i8 stelem.i8 ldloc.2 ldc.i4.1 add "
                + "stloc.2",
            "ldloc.2 ldloc.3 blt.s",
            "ldarg.1 ldarg.2 add starg.s ldloc.1 ldc.i4.1 add stloc.1",
            "ldloc.1 ldarg.s blt.s",
            "ret",
        ],
        ["Pair"] =
        [
            "ldarg.3 ldarg.s sub stloc.0 ldc.i4.0 stloc.1 br.s",
            "ldarg.1 stloc.2 ldc.i4.0 stloc.3 br.s",
            "ldloc.2 ldarg.s add stloc.s br.s",
            "ldarg.0:ref ldloc.2 ldelem.i8 stloc.s:i8 ldarg.0:ref ldloc.2 ldc.i4.1 add ldelem.i8 stloc.s:i8 ldarg.0:ref ldloc.2 ldloc.s:i8 "
                + "ldloc.s:i8 add:i8 stelem.i8 ldarg.0:ref ldloc.2 ldc.i4.1 add ldloc.s:i8 ldloc.s:i8 sub:i8 stelem.i8 ldloc.2 ldc.i4.2 add stloc.2",
            "ldloc.2 ldloc.s blt.s",
            "ldloc.2 ldloc.0 add stloc.2 ldloc.3 ldc.i4.1 add stloc.3",
            "ldloc.3 ldarg.s blt.s",
            "ldarg.1 ldarg.2 add starg.s ldloc.1 ldc.i4.1 add stloc.1",
            "ldloc.1 ldarg.s blt.s",
            "ret",
        ],
        ["ConvolveFour"] = LaneLoopIl.Convolve(group: 4, width: 0),
        ["ConvolveFourOf4Bits"] = LaneLoopIl.Convolve(group: 4, width: 4),
        ["ConvolveFourOf2Bits"] = LaneLoopIl.Convolve(group: 4, width: 2),
        ["ConvolveOne"] = LaneLoopIl.Convolve(group: 1, width: 0),
        ["ConvolveOneOf4Bits"] = LaneLoopIl.Convolve(group: 1, width: 4),
        ["ConvolveOneOf2Bits"] = LaneLoopIl.Convolve(group: 1, width: 2),
        ["PoolSums"] = LaneLoopIl.PoolSums,
        ["PoolLanes"] =
        [
            "ldc.i4.1 conv.i8 ldarg.s ldc.i4.s and shl:i8 ldc.i4.1 conv.i8 sub:i8 stloc.0:i8 ldc.i4.0 stloc.1 br.s",
            "ldarg.0:ref ldarg.1 ldloc.1 add ldelem.i8 stloc.2:i8 ldloc.2:i8 ldloc.0:i8 and:i8 stloc.3:i8 ldc.i4.1 stloc.s br.s",
            "ldloc.2:i8 ldarg.s ldc.i4.s and shr:i8 stloc.2:i8 ldloc.3:i8 ldloc.2:i8 ldloc.0:i8 and:i8 sub:i8 stloc.s:i8 ldloc.3:i8 "
                + "ldloc.s:i8 ldloc.s:i8 ldc.i4.s shr:i8 and:i8 sub:i8 stloc.3:i8 ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt.s",
            "ldloc.3:i8 ldarg.s:ref ldarg.s ldloc.1 add ldelem.u1 ldc.i4.s and shr:i8 conv.i4:i8 stloc.s ldarg.s ldloc.s sub stloc.s "
                + "ldarg.3:ref ldarg.s ldloc.1 add ldloc.s ldloc.s ldloc.s ldc.i4.s shr and add conv.u1 stelem.i1 ldloc.1 ldc.i4.1 add "
                + "stloc.1",
            "ldloc.1 ldarg.2 blt.s",
            "ret",
        ],
    };

    private static readonly Dictionary<string, long[]> CostsOf = BlocksOf.ToDictionary(
        pair => pair.Key, pair => pair.Value.Select(IlCost.Of).ToArray(), StringComparer.Ordinal);

    private static readonly Dictionary<string, int[]> LengthsOf = BlocksOf.ToDictionary(
        pair => pair.Key, pair => pair.Value.Select(IlCost.Count).ToArray(), StringComparer.Ordinal);

    /// <summary>Names of the kernels.</summary>
    public static IEnumerable<string> Kernels => BlocksOf.Keys;

    /// <summary>Blocks of a kernel in order.</summary>
    public static IReadOnlyList<string> Blocks(string kernel) => BlocksOf[kernel];

    /// <summary>Cost of each block; a call in it is the call alone, without the called method's body.</summary>
    public static IReadOnlyList<long> Costs(string kernel) => CostsOf[kernel];

    /// <summary>Instructions of each block.</summary>
    public static IReadOnlyList<int> Lengths(string kernel) => LengthsOf[kernel];
}
