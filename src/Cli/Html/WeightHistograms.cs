using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>How weights are spread over their width, for the shared encoder and every adapter. A zero costs nothing, so it stands apart.</summary>
internal static class WeightHistograms
{
    private const int Width = 232, Height = 96, Floor = 78, MostBins = 64;

    public static XElement Of(ModelArtifact model, TaskArtifact[] tasks) => Markup.Section(
        "weights", "Weights",
        "Of open channels and heads, every layer together, as integers of the file. Zeros, which cost no instruction where weights are code, are counted beside the bars.",
        Markup.Styled("div", "multiples", Enumerable.Range(-1, tasks.Length + 1).Select(task => Histogram(
            task < 0 ? "shared" : tasks[task].Name, task, [.. task < 0 ? Of(model.Shared) : Of(tasks[task].Layers).Concat(tasks[task].Head.Classes.SelectMany(each => each.Weights))]))));

    private static IEnumerable<sbyte> Of(IEnumerable<LayerArtifact> layers) =>
        layers.SelectMany(layer => layer.Channels.Where((_, c) => layer.Gates[c]).SelectMany(channel => channel.Weights));

    private static XElement Histogram(string name, int task, sbyte[] weights)
    {
        int reach = Math.Max(1, weights.Select(weight => Math.Abs((int)weight)).DefaultIfEmpty().Max()), bin = ((2 * reach) + MostBins) / MostBins;
        // Bins are symmetric around 0: of one bin's width to either side of the middle one.
        int side = (reach + (bin / 2)) / bin;
        int[] counts = new int[(2 * side) + 1];
        foreach (sbyte weight in weights)
        {
            if (weight != 0)
                counts[Math.Clamp((int)Math.Floor((weight + (bin / 2.0)) / bin), -side, side) + side]++;
        }

        int zeros = weights.Count(weight => weight == 0), most = Math.Max(1, counts.Max());
        double width = (double)Width / counts.Length;
        IEnumerable<XElement> bars = counts.Select((count, i) => Markup.Rect(
            i * width, Floor - (70.0 * count / most), Math.Max(0.5, width - 0.6), 70.0 * count / most, Markup.Colour(task), $"{Range((i - side) * bin, bin)}: {TextTable.Number(count)} weights"));
        return Markup.Of(
            "div",
            Markup.Of("h3", $"{name}: {TextTable.Number(weights.Length)}, zeros {CostText.Percent(zeros, weights.Length)}"),
            Markup.Svg(
                $"Histogram of the weights of {name}", Width, Height, bars, Markup.Line(0, Floor, Width, Floor, "grid"),
                Markup.Text(0, Height - 4, TextTable.Number(-reach), "start", "soft"), Markup.Text(Width / 2.0, Height - 4, "0", "middle", "soft"), Markup.Text(Width, Height - 4, "+" + TextTable.Number(reach), "end", "soft")));
    }

    private static string Range(int middle, int bin)
    {
        int low = middle - (bin / 2);
        return bin == 1 ? TextTable.Number(low) : $"{TextTable.Number(low)} to {TextTable.Number(low + bin - 1)}";
    }
}
