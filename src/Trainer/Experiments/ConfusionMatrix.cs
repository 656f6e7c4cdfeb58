using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>Which classes were taken for which.</summary>
/// <param name="Labels">Class names.</param>
/// <param name="Counts">Slices: [true class][class found].</param>
internal sealed record ConfusionMatrix(IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    private const int MostInFile = 100;

    /// <summary>Slices.</summary>
    public int Slices => Counts.Sum(row => row.Sum());

    /// <summary>Right answers.</summary>
    public int Correct => Counts.Select((row, c) => row[c]).Sum();

    /// <summary>Of each class's slices the share that was found, 0-1; null where there are none.</summary>
    public IReadOnlyList<double?> Recall => [.. Counts.Select((row, c) => row.Sum() is > 0 and int all ? (double)row[c] / all : (double?)null)];

    /// <summary>For the model file, which takes matrices of up to 100 classes: those of more are no reading matter, and would make up most of the file.</summary>
    public ValueArray<ValueArray<int>> InFile => Labels.Count > MostInFile ? ValueArray<ValueArray<int>>.Empty : Counts.Select(row => row.ToValueArray()).ToValueArray();

    /// <summary>For a run's numbers: [true class, class found, slices] where there are any.</summary>
    public int[][] Sparse => [.. Counts.SelectMany((row, right) => row.Select((count, answer) => new[] { right, answer, count })).Where(each => each[2] > 0)];

    /// <summary>Counts.</summary>
    /// <param name="labels">Class names.</param>
    /// <param name="classes">True class of each slice.</param>
    /// <param name="found">What was found.</param>
    public static ConfusionMatrix Of(IReadOnlyList<string> labels, IReadOnlyList<int> classes, IReadOnlyList<int> found)
    {
        int[][] counts = [.. labels.Select(_ => new int[labels.Count])];
        foreach ((int right, int answer) in classes.Zip(found))
            counts[right][answer]++;
        return new ConfusionMatrix(labels, counts);
    }
}
