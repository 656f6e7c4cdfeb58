using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Copied;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Predicted cost of hearing, in weighted instructions.</summary>
internal static class SoundCost
{
    // How often a group of frames runs through a copied section, where pushes are as long as a group or a little shorter; of the first look at the
    // block shift the loop.
    private static readonly ReadOnlyDictionary<string, int> Runs = new(new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BeginPush"] = 1,
        ["TakeShorts"] = 2,
        ["Taken"] = 2,
        ["NextGroup"] = 1,
        ["KeepRows"] = 1,
        ["FirstShift"] = 7,
        ["NextShift"] = 1,
    });

    /// <summary>
    /// A frame, samples pushed in 16 bits. Branches that depend on the data are those of speech: codes below 93, a block shift that the first look finds.
    /// </summary>
    public static long OfFrame(SoundCode code) =>
        (code.Inner.Concat(code.Group).Concat(code.Face.Take(code.IsStream ? 2 : 1)).Sum(method => method.Figures.WeightedCost) + code.Copied.Sum(OfGroup)) / IntegerMel.GroupFrames;

    private static long OfGroup(CopiedSection section) =>
        Runs.TryGetValue(section.Name, out int runs) ? section.CallCost + (runs * section.Methods[0].Costs.Sum()) : 0;
}
