using System;
using System.Linq;

namespace AdapterCompiler.Model;

/// <summary>The least and the greatest code that a channel can have at a position, over every input.</summary>
internal readonly record struct CodeRange(int Least, int Most);

/// <summary>
/// The ranges of one channel's codes, on as few positions as tell all there are apart. Padding is the same code along the whole border, so
/// positions away from it are alike, and after each 2x2 pooling only the first and the last row and column are not: the image's
/// middle is written once.
/// </summary>
/// <param name="Rows">Rows written: the image's, or 3 for first, middle, last.</param>
/// <param name="Columns">Columns written, likewise.</param>
/// <param name="Cells">Row-major.</param>
internal sealed record RangeImage(int Rows, int Columns, CodeRange[] Cells)
{
    /// <summary>The code that the channel has at every position for every input; null where there is no such code.</summary>
    public int? Constant => DependsOnInput || Cells.Any(cell => cell != Cells[0]) ? null : Cells[0].Least;

    /// <summary>Some position's code may depend on the input.</summary>
    public bool DependsOnInput => Cells.Any(cell => cell.Least != cell.Most);

    /// <summary>The range at a position of an image in which more of the middle is written.</summary>
    public CodeRange At(int row, int column, int rows, int columns) => Cells[(Index(row, rows, Rows) * Columns) + Index(column, columns, Columns)];

    private static int Index(int index, int count, int written) => count == written ? index
        : index == count - 1 ? written - 1
        : Math.Min(index, Math.Min(1, written - 1));
}
