using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Il;

/// <summary>Chooses short branches where they reach, as the C# compiler does: all start short, and one that does not reach grows.</summary>
internal static class BranchLayout
{
    private const int ShortBytes = 2;
    private const int LongBytes = 5;

    public static (Instruction[] Instructions, int LongestBranch) Resolve(IReadOnlyList<IlAssembler.Item> items)
    {
        var isLong = new bool[items.Count];
        while (true)
        {
            int[] offsets = Offsets(items, isLong);
            bool grew = false;
            int longest = 0;
            for (int i = 0; i < items.Count; i++)
            {
                if (items[i] is not IlAssembler.Jump jump)
                    continue;
                int distance = offsets[IndexOf(items, jump.Target)] - (offsets[i] + (isLong[i] ? LongBytes : ShortBytes));
                longest = Math.Max(longest, Math.Abs(distance));
                if (!isLong[i] && distance is < sbyte.MinValue or > sbyte.MaxValue)
                    grew = isLong[i] = true;
            }

            if (!grew)
                return (Instructions(items, isLong).ToArray(), longest);
        }
    }

    private static int[] Offsets(IReadOnlyList<IlAssembler.Item> items, bool[] isLong)
    {
        var offsets = new int[items.Count];
        int offset = 0;
        for (int i = 0; i < items.Count; i++)
        {
            offsets[i] = offset;
            offset += items[i] switch
            {
                IlAssembler.Plain plain => plain.Instruction.Bytes,
                IlAssembler.Jump => isLong[i] ? LongBytes : ShortBytes,
                _ => 0,
            };
        }

        return offsets;
    }

    private static int IndexOf(IReadOnlyList<IlAssembler.Item> items, IlAssembler.Label label)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (ReferenceEquals(items[i], label))
                return i;
        }

        throw new ArgumentException("a branch without a target", nameof(label));
    }

    private static IEnumerable<Instruction> Instructions(IReadOnlyList<IlAssembler.Item> items, bool[] isLong)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is IlAssembler.Plain plain)
                yield return plain.Instruction;
            else if (items[i] is IlAssembler.Jump jump)
                yield return new Instruction(jump.Kind + (isLong[i] ? "" : ".s"), OperandKind.Int32, isLong[i] ? LongBytes : ShortBytes, jump.Taken + jump.Fallen);
        }
    }
}
