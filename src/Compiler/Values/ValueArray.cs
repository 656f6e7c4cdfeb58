using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler;

/// <summary>An immutable array that compares by its elements, so that records holding one do too.</summary>
/// <typeparam name="T">Element type; its own equality decides.</typeparam>
/// <remarks>netstandard2.0 has no ImmutableArray without a package, and the compiler takes none.</remarks>
public sealed class ValueArray<T> : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    private readonly T[] items;

    /// <summary>Copies <paramref name="items"/>.</summary>
    public ValueArray(IEnumerable<T> items) => this.items = items.ToArray();

    /// <summary>The array without elements.</summary>
    public static ValueArray<T> Empty { get; } = new(Array.Empty<T>());

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>A fresh, mutable copy.</summary>
    public T[] ToArray() => (T[])items.Clone();

    /// <inheritdoc/>
    public bool Equals(ValueArray<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || items.AsEnumerable().SequenceEqual(other.items));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueArray<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = items.Length;
        foreach (T item in items)
            hash = unchecked((hash * 31) + (item is null ? 0 : EqualityComparer<T>.Default.GetHashCode(item)));
        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}

/// <summary>Makes <see cref="ValueArray{T}"/> values without naming the element type.</summary>
public static class ValueArray
{
    /// <summary>An array of the given elements, copied.</summary>
    public static ValueArray<T> Of<T>(params T[] items) => new(items);

    /// <summary>An array of the sequence's elements.</summary>
    public static ValueArray<T> ToValueArray<T>(this IEnumerable<T> items) => new(items);
}
