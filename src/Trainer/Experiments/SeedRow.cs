using System;
using System.Globalization;
using System.IO;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>What one seed came to: means over the tasks, on the test split.</summary>
/// <param name="Seed">The seed, of data, weights and batches.</param>
/// <param name="Chance">Accuracy of always answering the most frequent training class.</param>
/// <param name="Linear">Accuracy of logistic regression on the codes.</param>
/// <param name="MultiHead">Accuracy of the float multi-head baseline; null where it was not trained.</param>
/// <param name="Adapters">Accuracy of the float adapter network.</param>
/// <param name="Quantised">Accuracy of its integers.</param>
/// <param name="Dead">Channels whose code never changes on training slices, see <see cref="Training.DeadChannels"/>.</param>
/// <param name="Revived">Channels that were given a new start in training.</param>
/// <param name="Open">Open adapter channels.</param>
/// <param name="AdapterChannels">Adapter channels.</param>
internal sealed record SeedRow(
    int Seed, double Chance, double Linear, double? MultiHead, double Adapters, double Quantised, int Dead, int Revived, int Open, int AdapterChannels)
{
    /// <summary>First line of a table of these.</summary>
    public const string Header = "seed,chance,linear,multi-head,adapters,quantised,dead,revived,open,adapter channels";

    /// <summary>As a line under <see cref="Header"/>; accuracies with four decimals.</summary>
    public string ToCsv() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seed},{Chance:F4},{Linear:F4},{MultiHead:F4},{Adapters:F4},{Quantised:F4},{Dead},{Revived},{Open},{AdapterChannels}");

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static SeedRow Parse(string line)
    {
        string[] cells = line.Split(',');
        try
        {
            if (cells.Length != Header.Split(',').Length)
                throw new FormatException();
            double Share(int cell) => double.Parse(cells[cell], CultureInfo.InvariantCulture);
            int Whole(int cell) => int.Parse(cells[cell], CultureInfo.InvariantCulture);
            return new SeedRow(Whole(0), Share(1), Share(2), cells[3].Length == 0 ? null : Share(3), Share(4), Share(5), Whole(6), Whole(7), Whole(8), Whole(9));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"'{line}' is no row of '{Header}'", exception);
        }
    }
}
