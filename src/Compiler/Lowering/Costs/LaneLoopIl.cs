using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Lowering.Lanes;

namespace AdapterCompiler.Lowering.Costs;

/// <summary>Basic blocks of the lane loops, as <see cref="KernelIl"/> keeps those of other kernels; here what repeats is written once.</summary>
internal static class LaneLoopIl
{
    private const int Taps = 18;
    private const int Kept = 12;

    // The lower bits of a byte with their sign.
    private const string Low = "ldc.i4.s shl:i8 ldc.i4.s shr:i8 stloc.s:i8";

    // One line of the patch: left, here and right in both input channels.
    private static readonly string Line = string.Join(
        " ",
        "ldarg.0:ref ldloc.0 ldloc.s add ldelem.i8 ldloc.s ldc.i4.s and shl:i8 ldloc.s:i8 and:i8 stloc.s:i8",
        "ldarg.0:ref ldloc.0 ldelem.i8 stloc.s:i8",
        "ldarg.0:ref ldloc.0 ldloc.s add ldelem.i8 ldloc.s ldc.i4.s and shr:i8 stloc.s:i8",
        "ldarg.0:ref ldloc.0 ldloc.s add ldelem.i8 ldloc.s ldc.i4.s and shl:i8 ldloc.s:i8 and:i8 stloc.s:i8",
        "ldarg.0:ref ldloc.0 ldloc.s add ldelem.i8 stloc.s:i8",
        "ldarg.0:ref ldloc.0 ldloc.s add ldelem.i8 ldloc.s ldc.i4.s and shr:i8 stloc.s:i8");

    /// <summary>PoolSums.</summary>
    public static string[] PoolSums { get; } =
    [
        "ldarg.s ldc.i4.1 sub stloc.0 ldc.i4.1 conv.i8 ldloc.0 ldc.i4.s and shl:i8 ldc.i4.1 conv.i8 sub:i8 stloc.1:i8 ldarg.s:i8 ldloc.0 "
            + "ldc.i4.s and shl:i8 stloc.2:i8 ldarg.s conv.i8 stloc.3:i8 ldloc.1:i8 ldloc.3:i8 ldc.i4.1 conv.i8 add:i8 ldarg.s ldc.i4.s and "
            + "shl:i8 ldc.i4.1 conv.i8 sub:i8 sub:i8 stloc.s:i8 ldloc.s:i8 ldloc.s:i8 ldc.i4.s shr:i8 not:i8 and:i8 ldarg.s:i8 mul:i8 "
            + "stloc.s:i8 ldloc.3:i8 ldloc.1:i8 ldarg.s ldc.i4.s and shr:i8 and:i8 ldarg.s:i8 mul:i8 stloc.s:i8 ldc.i4.0 stloc.s br",
        "ldarg.s stloc.s ldc.i4.0 stloc.s br",
        "ldarg.0:ref ldloc.s ldelem.i8 stloc.s:i8 ldarg.1 ldloc.s ldarg.s mul add ldloc.s ldarg.2 mul add stloc.s ldc.i4.0 stloc.s br.s",
        "ldloc.s stloc.s ldloc.s stloc.s br.s",
        "ldarg.0:ref ldloc.s ldelem.i8 stloc.s:i8 ldloc.s:i8 ldloc.s:i8 ldloc.0 ldc.i4.s and shr:i8 ldarg.s:i8 and:i8 ldloc.1:i8 mul:i8 "
            + "and:i8 ldloc.2:i8 add:i8 ldloc.s:i8 sub:i8 stloc.s:i8 ldloc.s:i8 ldloc.s:i8 ldloc.s:i8 ldloc.0 ldc.i4.s and shr:i8 "
            + "ldarg.s:i8 and:i8 ldloc.1:i8 mul:i8 and:i8 add:i8 stloc.s:i8 ldloc.s ldarg.2 add stloc.s ldloc.s ldc.i4.1 add stloc.s",
        "ldloc.s ldloc.s ldarg.s add bge.s",
        "ldloc.s ldarg.3 blt.s",
        "ldloc.s ldarg.s add stloc.s ldloc.s ldc.i4.1 add stloc.s",
        "ldloc.s ldarg.s blt.s",
        "ldarg.0:ref ldloc.s ldloc.s:i8 ldarg.s ldc.i4.s and shr:i8 ldloc.s:i8 ldloc.s:i8 add:i8 ldloc.0 ldc.i4.s and shr:i8 ldarg.s:i8 "
            + "and:i8 ldloc.3:i8 mul:i8 or:i8 ldloc.s:i8 and:i8 stelem.i8 ldloc.s ldarg.s add stloc.s ldloc.s ldarg.s add stloc.s",
        "ldloc.s ldarg.s blt",
        "ldarg.s ldarg.s add starg.s ldloc.s ldarg.s add stloc.s",
        "ldloc.s ldarg.3 blt",
        "ret",
    ];

    /// <summary>ConvolveFour and ConvolveOne, for each width of weights.</summary>
    /// <param name="group">Output channels at a time.</param>
    /// <param name="width">Bits of a weight; 0 for a byte.</param>
    public static string[] Convolve(int group, int width)
    {
        IEnumerable<int> outputs = Enumerable.Range(0, group);
        string all = IlCost.Constant(group);
        return
        [
            "ldc.i4.1 conv.i8 stloc.s:i8 ldc.i4.1 stloc.s br.s",
            "ldloc.s:i8 ldarg.s ldc.i4.s and shl:i8 ldc.i4.1 conv.i8 add:i8 stloc.s:i8 ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt.s",
            "ldc.i4.1 conv.i8 ldarg.s ldc.i4.1 sub ldc.i4.s and shl:i8 stloc.s:i8 ldarg.s ldc.i4.3 beq.s",
            "ldc.i4.m1 conv.i8 br.s",
            "ldc.i8",
            "stloc.s:i8 ldarg.s ldc.i4.1 beq.s",
            "ldarg.3 br.s",
            "ldc.i4.0",
            "stloc.s ldarg.s ldc.i4.1 beq.s",
            "ldc.i4.0 br.s",
            "ldarg.s",
            "stloc.s ldarg.s ldc.i4.1 sub ldarg.3 mul stloc.s ldarg.s ldarg.s add stloc.s ldloc.s ldc.i4.1 add ldc.i4.2 div ldarg.s mul stloc.s ldarg.s ldarg.s add stloc.s br",
            "ldc.i4.0 stloc.s br",
            "ldloc.s ldarg.s add ldarg.s bgt.s",
            "ldloc.s ldarg.s add br.s",
            "ldarg.s",
            "stloc.s ldarg.1 ldloc.s ldarg.2 mul add stloc.s ldloc.s ldloc.s sub ldc.i4.1 add ldc.i4.2 div " + IlCost.Constant(2 * group) + " mul stloc.s "
                + Each(outputs, g => "ldloc.s:i8 ldloc.s:i8 ldarg.s:ref ldarg.s " + Plus(g) + "ldelem.i4 conv.i8 add:i8 mul:i8 stloc.s:i8")
                + " ldarg.s ldarg.s ldloc.s mul add " + all + " sub stloc.1 br.s",
            Each(outputs, g => "ldarg.0:ref ldloc.1 " + Plus(g) + "ldloc.s:i8 stelem.i8") + " ldloc.1 " + all + " sub stloc.1",
            "ldloc.1 ldarg.s bge.s",
            "ldc.i4.0 stloc.s br",
            "ldarg.s ldloc.s ldc.i4.1 shr ldarg.s mul add stloc.3 " + Rows(k => width == 4 ? "dup:i8 " + Low + " " + Rest("ldc.i4.4")
                : width == 0 ? "stloc.s:i8"
                : k < Taps / 4 ? "dup:i8 " + Low + " dup:i8 " + Low + " dup:i8 " + Low + " " + Rest("ldc.i4.6") : "dup:i8 " + Low + " " + Low) + " ldloc.s ldarg.s blt.s",
            "ldarg.s ldloc.s add ldarg.s sub br.s",
            "ldloc.s",
            "stloc.s ldloc.s ldc.i4.1 add ldloc.s blt.s",
            "ldc.i4.0 br.s",
            "ldloc.s ldc.i4.1 add ldarg.s blt.s",
            "ldarg.s ldloc.s add ldc.i4.1 add ldarg.s sub br.s",
            "ldloc.s ldc.i4.1 add",
            "ldloc.s sub",
            "stloc.s ldloc.s stloc.s ldarg.s stloc.s ldloc.s ldloc.s add stloc.s ldarg.s stloc.1 ldc.i4.0 stloc.s br",
            "ldarg.s ldloc.s add stloc.s ldloc.s ldloc.s add stloc.s ldloc.s brfalse.s",
            "ldloc.s ldarg.2 sub ldloc.s add br.s",
            "ldloc.s",
            "stloc.0 " + Line + " ldloc.s ldloc.s add stloc.0 " + Line + " ldloc.s stloc.2 br",
            "ldloc.0 ldarg.2 add stloc.0 ldloc.2 ldc.i4.1 add ldarg.s blt.s",
            "ldloc.s stloc.0",
            Line + " ldloc.0 ldarg.2 add stloc.0 ldloc.2 ldc.i4.2 add ldarg.s blt.s",
            "ldloc.s stloc.0",
            Line + " " + Each(Enumerable.Range(0, 2 * group), g => "ldarg.0:ref ldloc.1 " + Plus(g) + "ldarg.0:ref ldloc.1 " + Plus(g) + "ldelem.i8 "
                    + Each(Enumerable.Range(0, Taps), _ => "ldloc.s:i8 ldloc.s:i8 mul:i8 add:i8") + " stelem.i8")
                + " " + Each(Enumerable.Range(0, Kept), _ => "ldloc.s:i8 stloc.s:i8")
                + " ldloc.1 " + IlCost.Constant(2 * group) + " add stloc.1 ldloc.2 ldc.i4.2 add stloc.2",
            "ldloc.2 ldloc.s blt",
            "ldarg.3 neg stloc.s ldc.i4.0 stloc.s ldloc.s ldarg.3 add stloc.s ldloc.s ldc.i4.1 add stloc.s",
            "ldloc.s ldarg.s blt",
            "ldloc.s ldc.i4.2 add stloc.s",
            "ldloc.s ldloc.s blt",
            .. group == 1
                ? [Pool("", "")]
                : new[] { "ldc.i4.0 stloc.3 br.s", Pool(" ldloc.3 add", " ldloc.3 ldc.i4.1 add stloc.3"), "ldloc.3 " + all + " blt.s", "ldloc.s ldarg.s add stloc.s" },
            "ldloc.s ldarg.s blt",
            "ldarg.s ldloc.s " + (group == 1 ? "" : all + " mul ") + "add starg.s ldarg.s " + all + " add starg.s ldarg.s " + all + " add starg.s",
            "ldarg.s ldloc.s blt",
            "ret",
        ];

        // The weights of a pair of inputs, row by row; what is made of each byte.
        string Rows(System.Func<int, string> made) => Each(outputs, g => (g == 0 ? "" : "ldloc.3 ldloc.s add stloc.3 ")
            + Each(Enumerable.Range(0, NarrowWeights.BytesOfPair(width)), k => "ldarg.s:ref ldloc.3 " + Plus(k) + "ldelem.i1 conv.i8 " + made(k)));

        // One channel alone needs no loop: the next tile follows.
        string Pool(string offset, string next) =>
            "ldarg.0:ref ldarg.s" + offset + " " + all + " ldloc.s ldloc.s sub ldloc.s ldarg.s ldarg.s ldarg.s ldarg.s ldloc.s ldarg.s div ldarg.s mul add" + offset
            + " ldarg.s ldarg.s ldarg.s:ref ldarg.s" + offset + " ldelem.u1 ldarg.s ldloc.s:i8 ldarg.s call:15:15:void" + (next.Length > 0 ? next : " ldloc.s ldarg.s add stloc.s");
    }

    private static string Each(IEnumerable<int> numbers, System.Func<int, string> text) => string.Join(" ", numbers.Select(text));

    private static string Rest(string bits) => bits + " shr:i8 stloc.s:i8";

    private static string Plus(int offset) => offset == 0 ? "" : IlCost.Constant(offset) + " add ";
}
