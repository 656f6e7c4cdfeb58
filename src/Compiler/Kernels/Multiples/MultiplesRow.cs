using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Multiples;

/// <summary>Where multiples of inputs stand, and an output's weights as such places.</summary>
internal static class MultiplesRow
{
    /// <summary>Places that a kernel adds up at a time; rows are filled up to whole numbers of them.</summary>
    public const int Group = 4;

    /// <summary>The first place is a 0.</summary>
    private const int First = 1;

    /// <summary>The largest magnitude of a weight of a kernel's width.</summary>
    public static int Largest(LayerKernel kernel) => (1 << (kernel.Width - 1)) - 1;

    /// <summary>Every weight is one of a width.</summary>
    public static bool Holds(LayerKernel kernel, IEnumerable<ValueArray<sbyte>> rows)
    {
        int largest = Largest(kernel);
        return rows.All(row => row.All(weight => weight >= -largest && weight <= largest));
    }

    /// <summary>Where the multiples of inputs from one on begin.</summary>
    public static int Start(LayerKernel kernel, int input) => First + (input * Each(kernel));

    /// <summary>Ints for the multiples of inputs.</summary>
    /// <param name="kernel">The width.</param>
    /// <param name="inputs">Shared ones, and the most of any task.</param>
    public static int Length(LayerKernel kernel, int inputs) => Start(kernel, inputs);

    /// <summary>Groups of places of an output.</summary>
    public static long Groups(ValueArray<sbyte> weights) => (weights.Count(weight => weight != 0) + Group - 1) / Group;

    /// <summary>An output's row: how many groups of places it has, and these, two bytes each, the lower first.</summary>
    /// <param name="kernel">The width.</param>
    /// <param name="weights">Shared inputs, then own ones.</param>
    public static ValueArray<sbyte> Of(LayerKernel kernel, ValueArray<sbyte> weights)
    {
        int[] places = [.. weights.Select((weight, input) => (weight, input)).Where(each => each.weight != 0).Select(each => Place(kernel, each.input, each.weight))];
        int groups = (places.Length + Group - 1) / Group;
        return places.Concat(Enumerable.Repeat(0, (groups * Group) - places.Length)).Prepend(groups).SelectMany(value => new[] { unchecked((sbyte)value), (sbyte)(value >> 8) }).ToValueArray();
    }

    private static int Place(LayerKernel kernel, int input, sbyte weight) => Start(kernel, input) + (weight > 0 ? (weight - 1) * 2 : ((-weight - 1) * 2) + 1);

    private static int Each(LayerKernel kernel) => 2 * Largest(kernel);
}
