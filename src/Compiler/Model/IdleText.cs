using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Model;

/// <summary>Idle channels as a reviewer reads them: one line for each reason.</summary>
public static class IdleText
{
    private static readonly ValueArray<(IdleReason Reason, string Text)> Reasons = ValueArray.Of(
        (IdleReason.AlwaysZero, "Always 0, removed"),
        (IdleReason.Folded, "Always the same code, folded into biases"),
        (IdleReason.Constant, "Always the same code, kept for the readers' borders"),
        (IdleReason.Unread, "Read by no channel that is left, removed"));

    /// <summary>Lines such as "Always 0, removed: shared layer 1 channel 1; bird layer 2 channels 2-4, 7."; none where every channel works.</summary>
    public static IEnumerable<string> Lines(Network network) =>
        Lines(network.Idle.Select(idle => (idle.Layer, Owner(network, idle.Task), idle.Number, idle.Reason)));

    /// <summary>The same of channels whose block has its name: "shared" or a task.</summary>
    public static IEnumerable<string> Lines(IEnumerable<(int Layer, string Block, int Number, IdleReason Reason)> idle)
    {
        ILookup<IdleReason, (int Layer, string Block, int Number, IdleReason Reason)> found = idle.ToLookup(each => each.Reason);
        foreach ((IdleReason reason, string text) in Reasons.Where(each => found.Contains(each.Reason)))
        {
            IEnumerable<string> blocks = found[reason].GroupBy(each => (each.Layer, each.Block)).Select(block =>
                FormattableString.Invariant($"{block.Key.Block} layer {block.Key.Layer} {Numbers([.. block.Select(each => each.Number)])}"));
            yield return text + ": " + string.Join("; ", blocks) + ".";
        }
    }

    /// <summary>"shared" or the task's name.</summary>
    public static string Owner(Network network, int? task) => task is { } adapter ? network.Tasks[adapter].Name : "shared";

    private static string Numbers(int[] numbers)
    {
        var runs = new List<string>();
        for (int first = 0, next; first < numbers.Length; first = next)
        {
            next = first + 1;
            while (next < numbers.Length && numbers[next] == numbers[next - 1] + 1)
                next++;
            string start = numbers[first].ToString(CultureInfo.InvariantCulture), end = numbers[next - 1].ToString(CultureInfo.InvariantCulture);
            runs.Add(next - first == 1 ? start : next - first == 2 ? start + ", " + end : start + "-" + end);
        }

        return (numbers.Length == 1 ? "channel " : "channels ") + string.Join(", ", runs);
    }
}
