using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Sizes before any code exists, for dividing channels into methods and parts. What is decided is then assembled, which is exact.</summary>
internal static class LaneEstimate
{
    // A weight is a load and an addition; what a channel needs besides is about that of so many weights a position.
    private const int BytesPerTerm = 3;
    private const int TermsPerPosition = 12;

    /// <summary>Bytes of loading an element into a variable and moving it on, and a little of the rest.</summary>
    public const int LoadBytes = 16;

    /// <summary>Additions, and what else takes code, of some channels: proportional to their size.</summary>
    public static int Terms(ChannelSpan span, LaneLayer layer)
    {
        int terms = 0;
        for (int o = span.First; o < span.First + span.Count; o++)
        {
            int digits = span.Block.Proofs[o].Digits > 0 ? 2 : 1;
            foreach (sbyte weight in LaneSum.Weights(span.Block, o, layer.IsPaired))
                terms += weight == 0 ? 0 : digits;
            terms += TermsPerPosition;
        }

        return terms * layer.Positions;
    }

    /// <summary>About the IL bytes of some channels in one method.</summary>
    public static long Bytes(LaneLayer layer, IEnumerable<ChannelSpan> spans) => spans.Sum(span => (long)Terms(span, layer) * BytesPerTerm);
}
