using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Predicted cost of hearing, in weighted instructions.</summary>
internal static class SoundCost
{
    // How often a group of frames runs through a copied section, where pushes are as long as a group or a little shorter; of the first look at the
    // block shift the loop. A window's samples are copied by its class itself, a stream's by a section.
    private static readonly ReadOnlyDictionary<string, int> Runs = new(new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["NextGroup"] = 1,
        ["KeepRows"] = 1,
        ["NextPacked"] = 1,
        ["FirstShift"] = 1,
    });

    private static readonly ReadOnlyDictionary<string, int> StreamRuns = new(new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BeginPush"] = 1,
        ["BeginBytes"] = 1,
        ["TakeShorts"] = 2,
        ["PackBytes"] = 2,
    });

    /// <summary>
    /// A frame, samples pushed as shorts, or as bytes of 16 bits where they are packed. Branches that depend on the data are those of speech: codes below 93, a block shift that the first look finds.
    /// </summary>
    public static long OfFrame(SoundCode code) =>
        (code.Inner.Where(method => method.Method.Name != SoundCode.Others).Concat(code.Group).Concat(Pushed(code)).Sum(method => method.Figures.WeightedCost)
            + (code.IsPacked && !code.IsCompact ? SoundArray.Conversions(code.Definition) * (long)OpcodeCost.NativeCall : 0)
            + (code.IsStream ? 0 : SoundCode.Copies * (long)OpcodeCost.NativeCall)
            + code.Copied.Where(section => section.Name != (code.IsPacked ? "BeginPush" : "BeginBytes")).Sum(section => OfGroup(code, section))) / IntegerMel.GroupFrames;

    // What a push of shorts is, then what one of bytes is.
    private static IEnumerable<AssembledMethod> Pushed(SoundCode code) => code.Face.Skip(code.IsPacked ? Methods(code) : 0).Take(Methods(code));

    private static int Methods(SoundCode code) => code.IsStream ? 2 : 1;

    private static long OfGroup(SoundCode code, CopiedSection section) =>
        section.Name == "PackLongs" ? code.IsCompact ? Packing(code, section) : 0
        : Runs.TryGetValue(section.Name, out int runs) || (code.IsStream && StreamRuns.TryGetValue(section.Name, out runs))
        ? runs * (section.CallCost + (section.Name is "PackBytes" or "TakeShorts" ? Taking(section.Methods[0]) : section.Methods[0].Costs.Sum()))
        : 0;

    // Samples are copied as they are, and no group begins anew: blocks that call methods of the class are not reached.
    private static long Taking(CopiedMethod method) => Enumerable.Range(0, method.Blocks.Count)
        .Where(i => !method.Blocks[i].Contains("call:")).Sum(i => method.Costs[i]);

    // The block that makes four longs, and its test; the rest once.
    private static long Packing(SoundCode code, CopiedSection section)
    {
        CopiedMethod method = section.Methods[0];
        int loop = Enumerable.Range(0, method.Blocks.Count).Single(i => method.Blocks[i].Contains("4 call "));
        return section.CallCost + (SoundArray.Conversions(code.Definition) / 4 * (method.Costs[loop] + method.Costs[loop + 1])) + Enumerable.Range(0, method.Blocks.Count)
            .Where(i => i < loop || (i > loop + 1 && !method.Blocks[i].Contains("stelem.i8"))).Sum(i => (long)method.Costs[i]);
    }
}
