using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>
/// A method body as a list of instruction sizes: enough to know its bytes, its stack and its branches, not enough to run. Sizes are
/// those of ECMA-335, partition III, in the forms that Roslyn chooses: the shortest that holds the operand.
/// </summary>
internal sealed class IlBody
{
    private const int ShortBranch = 2;
    private const int LongBranch = 5;
    // An opcode and a token or a distance, converted for the device.
    private const int DeviceOperand = 3;

    private readonly List<Item> items = [];
    private readonly List<int> labels = [];
    private int depth;
    private int deepest;

    /// <summary>ldc.i4 in its shortest form.</summary>
    public static int IntBytes(int value) => value is >= -1 and <= 8 ? 1 : value is >= sbyte.MinValue and <= sbyte.MaxValue ? 2 : 5;

    /// <summary>A place that branches lead to; <see cref="Mark"/> says where.</summary>
    public int NewLabel()
    {
        labels.Add(-1);
        return labels.Count - 1;
    }

    /// <summary>The label stands here.</summary>
    public IlBody Mark(int label)
    {
        labels[label] = items.Count;
        return this;
    }

    /// <summary>Loads a parameter.</summary>
    public IlBody Argument(int index) => Add(index < 4 ? 1 : 2, 0, 1);

    /// <summary>Loads or, popping, stores one of the first four locals.</summary>
    public IlBody Local(bool store = false) => store ? Add(1, 1, 0) : Add(1, 0, 1);

    /// <summary>Loads a constant.</summary>
    public IlBody Int(int value) => Add(IntBytes(value), 0, 1);

    /// <summary>ldtoken, the only one that keeps four bytes of operand on the device.</summary>
    public IlBody Token() => Add(5, 0, 1);

    /// <summary>Loads a static field or a string: an opcode and four bytes.</summary>
    public IlBody Load() => Add(5, 0, 1, device: DeviceOperand);

    /// <summary>Stores into a static field.</summary>
    public IlBody Store() => Add(5, 1, 0, device: DeviceOperand);

    /// <summary>Calls a static method.</summary>
    public IlBody Call(int arguments, int results = 0) => Add(5, arguments, results, device: DeviceOperand);

    /// <summary>newarr.</summary>
    public IlBody NewArray() => Add(5, 1, 1, device: DeviceOperand);

    /// <summary>An instruction without operand.</summary>
    public IlBody Plain(int pops, int pushes) => Add(1, pops, pushes);

    /// <summary>ret; what follows is reached by branches only, with an empty stack.</summary>
    public IlBody Return(bool value = false) => Add(1, value ? 1 : 0, 0);

    /// <summary>A branch, one byte of distance where that reaches.</summary>
    public IlBody Branch(int label, int pops) => Add(LongBranch, pops, 0, [label], isSwitch: false, DeviceOperand);

    /// <summary>switch. On the device it counts its cases in one byte.</summary>
    public IlBody Switch(IReadOnlyList<int> cases) => Add(5 + (4 * cases.Count), 1, 0, cases, isSwitch: true, 2 + (2 * cases.Count));

    /// <summary>The method made of this body.</summary>
    public MethodCost Cost(string name, int arguments, int locals, int signatureBytes)
    {
        int[] ends = Shrink();
        int furthest = items.Select((item, i) => (item, i))
            .SelectMany(pair => (pair.item.Targets ?? []).Select(label => Math.Abs(Distance(ends, pair.i, label))))
            .DefaultIfEmpty(0)
            .Max();
        return new MethodCost(name, ends.Length == 0 ? 0 : ends[ends.Length - 1], items.Sum(item => item.DeviceBytes), arguments, locals, deepest, furthest, signatureBytes);
    }

    // Branches start long, as in Roslyn's ILBuilder, and shrink as long as one of them reaches in short form.
    private int[] Shrink()
    {
        while (true)
        {
            int[] ends = Ends();
            bool changed = false;
            for (int i = 0; i < items.Count; i++)
            {
                if (items[i] is not { IsSwitch: false, Bytes: LongBranch, Targets: [int label] })
                    continue;
                // The branch itself gets shorter by the difference, which a backward one gains.
                int distance = Distance(ends, i, label);
                if (distance < 0)
                    distance += LongBranch - ShortBranch;
                if (distance is < sbyte.MinValue or > sbyte.MaxValue)
                    continue;
                items[i] = items[i] with { Bytes = ShortBranch, DeviceBytes = ShortBranch };
                changed = true;
            }

            if (!changed)
                return ends;
        }
    }

    private int[] Ends()
    {
        int[] ends = new int[items.Count];
        int offset = 0;
        for (int i = 0; i < items.Count; i++)
            ends[i] = offset += items[i].Bytes;
        return ends;
    }

    private int Distance(int[] ends, int instruction, int label)
    {
        int target = labels[label];
        return (target == 0 ? 0 : ends[target - 1]) - ends[instruction];
    }

    private IlBody Add(int bytes, int pops, int pushes, IReadOnlyList<int>? targets = null, bool isSwitch = false, int device = 0)
    {
        depth += pushes - pops;
        deepest = Math.Max(deepest, depth);
        items.Add(new Item(bytes, device > 0 ? device : bytes, targets, isSwitch));
        return this;
    }

    private sealed record Item(int Bytes, int DeviceBytes, IReadOnlyList<int>? Targets, bool IsSwitch);
}
