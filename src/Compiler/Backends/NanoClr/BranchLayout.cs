using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Chooses the forms of branches as Roslyn's ILBuilder does: all start long, and shrink as long as one of them reaches in short form.</summary>
internal static class BranchLayout
{
    private const int ShortBytes = 2;
    private const int LongBytes = 5;

    public static (Instruction[] Instructions, int LongestBranch) Resolve(IReadOnlyList<IlWriter.Item> items)
    {
        var isShort = new bool[items.Count];
        (int Index, int Target)[] jumps = Jumps(items);
        while (true)
        {
            int[] offsets = Offsets(items, isShort);
            bool shrank = false;
            int longest = 0;
            foreach ((int index, int target) in jumps)
            {
                int distance = offsets[target] - (offsets[index] + (isShort[index] ? ShortBytes : LongBytes));
                longest = Math.Max(longest, Math.Abs(distance));
                // The branch itself gets shorter by the difference, which a backward one gains.
                if (distance < 0 && !isShort[index])
                    distance += LongBytes - ShortBytes;
                if (!isShort[index] && distance is >= sbyte.MinValue and <= sbyte.MaxValue)
                    shrank = isShort[index] = true;
            }

            if (!shrank)
                return (Instructions(items, isShort).ToArray(), longest);
        }
    }

    private static (int Index, int Target)[] Jumps(IReadOnlyList<IlWriter.Item> items)
    {
        var labels = new List<(IlWriter.Label Label, int Index)>();
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is IlWriter.Label label)
                labels.Add((label, i));
        }

        return items
            .Select((item, i) => (item, i))
            .Where(pair => pair.item is IlWriter.Jump)
            .Select(pair => (pair.i, labels.First(each => ReferenceEquals(each.Label, ((IlWriter.Jump)pair.item).Target)).Index))
            .ToArray();
    }

    private static int[] Offsets(IReadOnlyList<IlWriter.Item> items, bool[] isShort)
    {
        var offsets = new int[items.Count];
        int offset = 0;
        for (int i = 0; i < items.Count; i++)
        {
            offsets[i] = offset;
            offset += items[i] switch
            {
                IlWriter.Plain plain => plain.Instruction.Bytes,
                IlWriter.Jump => isShort[i] ? ShortBytes : LongBytes,
                _ => 0,
            };
        }

        return offsets;
    }

    private static IEnumerable<Instruction> Instructions(IReadOnlyList<IlWriter.Item> items, bool[] isShort)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is IlWriter.Plain plain)
            {
                yield return plain.Instruction;
            }
            else if (items[i] is IlWriter.Jump jump)
            {
                yield return new Instruction(
                    jump.Kind + (isShort[i] ? ".s" : ""), OperandKind.Int32, isShort[i] ? ShortBytes : LongBytes,
                    isShort[i] ? ShortBytes : IlWriter.DeviceTokenBytes, jump.Times, jump.Asked);
            }
        }
    }
}
