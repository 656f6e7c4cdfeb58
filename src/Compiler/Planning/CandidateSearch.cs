using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Planning;

/// <summary>
/// The combinations of kernels that no other beats in time, IL and tables. Costs add up over layers, but for packing and unpacking between layers
/// that hold codes differently, so dynamic programming over layers finds them all.
/// </summary>
internal static class CandidateSearch
{
    // Of the smallest plan.
    private const int SlackShare = 2_048;

    /// <summary>All of them, of a whole network.</summary>
    public static IReadOnlyList<Candidate> Of(Network network, KernelOptions options)
    {
        // Of plans that differ by next to nothing in size the fastest is enough; that keeps them few.
        long slack = options.Layers.Append(options.Heads).Sum(all => all.Select(option => (long)option.Bytes).DefaultIfEmpty(0).Min()) / SlackShare;
        List<Candidate> open = [Candidate.None(network)];
        for (int layer = 0; layer < options.Layers.Length; layer++)
        {
            bool afterImage = layer > 0 && network.Layers[layer - 1].Operator.WritesImage;
            int index = layer;
            open = Best(slack, open.SelectMany(candidate => options.Layers[index].Select(option =>
            {
                LaneFormat? before = afterImage ? candidate.Last!.Kernel.Format : null, now = option.Kernel.Format;
                long transition = before == now ? 0 : (now is null ? 0 : LaneTransitions.Packing(network, index, now)) + (before is null ? 0 : LaneTransitions.Unpacking(network, index - 1, before));
                return candidate.With(option, transition);
            })));
        }

        if (options.Heads.Count > 0)
            open = Best(slack, open.SelectMany(candidate => options.Heads.Select(option => candidate.With(option, 0))));
        return open;
    }

    // Of those that end in the same format, the ones that no other beats in time, IL and tables: IL and tables have limits of their own.
    private static List<Candidate> Best(long slack, IEnumerable<Candidate> candidates)
    {
        var best = new List<Candidate>();
        foreach (IGrouping<LaneFormat?, Candidate> format in candidates.GroupBy(candidate => candidate.Last!.Kernel.Format))
        {
            // Those that are faster, as far as no other of them needs less of both.
            var sizes = new List<Candidate>();
            foreach (Candidate candidate in format.OrderBy(candidate => candidate.Weighted).ThenBy(candidate => candidate.Bytes))
            {
                if (sizes.Exists(faster => faster.IlBytes <= candidate.IlBytes + slack && faster.TableBytes <= candidate.TableBytes + slack))
                    continue;
                sizes.RemoveAll(faster => candidate.IlBytes <= faster.IlBytes && candidate.TableBytes <= faster.TableBytes);
                sizes.Add(candidate);
                best.Add(candidate);
            }
        }

        return best;
    }
}
