using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Codes of slices in a file, one after the other: read where they lie, by as many processes as like, held by none.</summary>
internal sealed class MappedCodes : IReadOnlyList<byte[]>
{
    private readonly MemoryMappedViewAccessor view;
    private readonly int first, bytes;

    /// <summary>Some slices of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">First slice, counted from 0.</param>
    /// <param name="count">Slices.</param>
    /// <param name="bytes">Codes of a slice.</param>
    public MappedCodes(string path, int first, int count, int bytes)
    {
        (this.first, this.bytes, Count) = (first, bytes, count);

        // The view keeps the mapping; both go with the process.
        var mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>A copy of a slice's codes.</summary>
    public byte[] this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            byte[] codes = new byte[bytes];
            view.ReadArray((long)(first + index) * bytes, codes, 0, bytes);
            return codes;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<byte[]> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
