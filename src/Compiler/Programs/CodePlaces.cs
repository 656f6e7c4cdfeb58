using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>Places in the arena of bytes and in the tables, by constants of the class: "Layer2_Pitch_Codes" is where that block leaves its codes, "Layer2_Pitch_Weights" and "Layer2_Pitch_Channels" where its rows start.</summary>
internal static class CodePlaces
{
    /// <summary>What stands for the shared encoder in a place's name, where others have their task.</summary>
    public const string Shared = "Shared";

    /// <summary>Whose place the sums of loops are, behind all images.</summary>
    public const string Sums = "Lanes";

    /// <summary>Codes of a block, so many behind its first; 0 where there are none, which is not read.</summary>
    /// <param name="part">For names.</param>
    /// <param name="layer">Layer from 1.</param>
    /// <param name="task">Index of the block's task; null for the shared encoder.</param>
    /// <param name="start">Its first code.</param>
    /// <param name="behind">How many behind that.</param>
    public static Literal Codes(this PartIdentity part, int layer, int? task, int? start, int behind = 0) => start is { } first
        ? Place.Sum(behind, Of(Owner(part, layer, task), "Codes", first).Times(1))
        : Expressions.Int(0);

    /// <summary>Where a step's own codes go.</summary>
    public static Literal Output(this PartIdentity part, Layer layer, PlacedStep step, int behind = 0)
    {
        // A part may compute a block from some channel on; the block's place is the same for all of them.
        int before = step.First * layer.OutputRows * layer.OutputColumns;
        return Codes(part, layer.Index, step.Task, step.Output - before, before + behind);
    }

    /// <summary>The place of each input of a fully connected step, which reads the layer below.</summary>
    public static ValueArray<Literal> Inputs(this PartIdentity part, int below, int? task, int? sharedStart, int shared, int? ownStart, int own) =>
        Range(part, below, null, sharedStart, shared).Concat(Range(part, below, task, ownStart, own)).ToValueArray();

    /// <summary>The first weight of a step's rows, so many behind it.</summary>
    public static Literal Weight(this PartIdentity part, int? layer, int? task, TablePlace? table, int behind = 0) => table is { } rows
        ? Place.Sum(behind, Of(Owner(part, layer, task), "Weights", rows.Weight).Times(1))
        : Expressions.Int(0);

    /// <summary>The first place of a step's rows in the table of such.</summary>
    public static Literal Term(this PartIdentity part, int? layer, int? task, TablePlace? table) => table is { } rows
        ? Place.Sum(0, Of(Owner(part, layer, task), "Terms", rows.Weight).Times(1))
        : Expressions.Int(0);

    /// <summary>The first row of a step in the tables of biases and shifts, so many behind it.</summary>
    public static Literal Channel(this PartIdentity part, int? layer, int? task, TablePlace? table, int behind = 0) => table is { } rows
        ? Place.Sum(behind, Of(Owner(part, layer, task), "Channels", rows.Channel).Times(1))
        : Expressions.Int(0);

    /// <summary>A place that no block has.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="what">Which of its places.</param>
    /// <param name="start">Where.</param>
    /// <param name="behind">How many behind that.</param>
    public static Literal At(string owner, string what, int start, int behind = 0) => Place.Sum(behind, Of(owner, what, start).Times(1));

    private static IEnumerable<Literal> Range(PartIdentity part, int layer, int? task, int? start, int count) =>
        Enumerable.Range(0, count).Select(i => Codes(part, layer, task, start ?? 0, i));

    private static Place Of(string owner, string what, int value) => new(owner, owner + "_" + what, value);

    // A layer's block, or a head, which has no layer.
    private static string Owner(PartIdentity part, int? layer, int? task) =>
        (layer is { } index ? LayerNames.Method(index) : "Heads") + "_" + (task is { } k ? part.Names[k].Mask : Shared);
}
