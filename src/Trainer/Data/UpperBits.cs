using System.Collections;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Codes without their lower bits, shifted as they are read: what an input of fewer bits than its front end's codes reads of slices that are kept whole.</summary>
/// <param name="codes">Whole codes, an array per slice.</param>
/// <param name="lost">Bits that go.</param>
internal sealed class UpperBits(IReadOnlyList<byte[]> codes, int lost) : IReadOnlyList<byte[]>
{
    /// <inheritdoc/>
    public int Count => codes.Count;

    /// <summary>A copy of a slice's codes, shifted.</summary>
    public byte[] this[int index] => Shifted(codes[index], lost);

    /// <summary>A task's slices without the lower bits of their codes.</summary>
    /// <param name="task">Whole codes.</param>
    /// <param name="lost">Bits that go; 0 leaves everything as it is.</param>
    public static TaskData Of(TaskData task, int lost) => lost == 0 ? task : task with { Train = Of(task.Train, lost), Validation = Of(task.Validation, lost), Test = Of(task.Test, lost) };

    /// <inheritdoc/>
    public IEnumerator<byte[]> GetEnumerator()
    {
        foreach (byte[] each in codes)
            yield return Shifted(each, lost);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static SliceSet Of(SliceSet set, int lost) => set with { Codes = new UpperBits(set.Codes, lost) };

    private static byte[] Shifted(byte[] codes, int lost)
    {
        byte[] upper = new byte[codes.Length];
        for (int i = 0; i < upper.Length; i++)
            upper[i] = (byte)(codes[i] >> lost);
        return upper;
    }
}
