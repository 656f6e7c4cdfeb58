using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>What a search knows of its points, <c>points.json</c> in its folder: written whole after each prediction and each training.</summary>
/// <param name="Search">What every point depends on: data, weights, the compression's options.</param>
/// <param name="Budget">What costs depend on: another budget may have other plans.</param>
/// <param name="Points">Mild to severe.</param>
internal sealed record PointsFile(string Search, string Budget, IReadOnlyList<CompressionPoint> Points)
{
    private const string Name = "points.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>A search of which nothing is known yet.</summary>
    public static PointsFile Of(string search, string budget) => new(search, budget, [.. CompressionPoint.Grid.Select(each => new CompressionPoint(each.WeightBits, each.Zeros))]);

    /// <summary>The same with something learnt of a point.</summary>
    public PointsFile With(int index, CompressionPoint point) => this with { Points = [.. Points.Select((each, i) => i == index ? point : each)] };

    /// <summary>Reads what an earlier search left; null where there is none.</summary>
    /// <param name="folder">Of the search.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static PointsFile? Load(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<PointsFile>(File.ReadAllText(path), Indented) is { Points: { } points } file && points.Select(point => (point.WeightBits, point.Zeros)).SequenceEqual(CompressionPoint.Grid)
                ? file
                : throw new InvalidDataException("it holds no points of this program");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("it was changed", exception);
        }
    }

    /// <summary>Writes it.</summary>
    public void Save(string folder) => WholeFile.Write(Path.Combine(folder, Name), JsonSerializer.Serialize(this, Indented) + "\n");
}
