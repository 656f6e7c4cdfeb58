using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>What lies where in the arenas while which layer runs: a block's height is its bytes, its width the layers that write and read it.</summary>
internal static partial class ArenaMap
{
    private const int Width = 1000, Left = 64, Plot = 300, Gap = 10, Bottom = 26;

    public static XElement Of(ModelReport made)
    {
        CodedProgram program = made.Parts[0].Program!;
        int layers = program.Network.Layers.Count, lanes = program.Lanes.Length * sizeof(long), codes = program.Arena.Size, bytes = Math.Max(1, lanes + codes);
        double unit = (Plot - Gap) / (double)bytes, column = (Width - Left) / (double)(layers + 1);
        var shapes = new List<XElement>();
        for (int c = 0; c <= layers; c++)
        {
            if (c > 0)
                shapes.Add(Markup.Line(Left + (c * column), 0, Left + (c * column), Plot, "grid"));
            shapes.Add(Markup.Text(Left + ((c + 0.5) * column), Plot + 18, c == layers ? "heads" : FormattableString.Invariant($"layer {c + 1}"), "middle", "soft"));
        }

        // A small image that lies over a large one for a while stays to be seen.
        foreach (Piece piece in Images(made.Parts).Concat(Codes(program)).OrderByDescending(piece => piece.Length * (long)(piece.To - piece.From + 1)))
        {
            double x = Left + ((piece.From - 1) * column) + 3, width = ((piece.To - piece.From + 1) * column) - 6;
            double y = piece.IsCodes ? (lanes * unit) + Gap + (piece.Start * unit) : piece.Start * unit, height = Math.Max(1, piece.Length * unit);
            shapes.Add(Markup.Rect(x, y, width, height, piece.Style + " image", $"{piece.Name}: {TextTable.Number(piece.Length)} bytes from {TextTable.Number(piece.Start)}", 2));
            if (height > 15)
                shapes.Add(Markup.Text(x + 7, y + 13, $"{piece.Name}  {TextTable.Number(piece.Length)}", "start", "inside"));
        }

        if (lanes > 0)
        {
            shapes.Add(Markup.Text(Left - 8, 11, "0", "end", "soft"));
            shapes.Add(Markup.Text(Left - 8, lanes * unit, TextTable.Number(lanes), "end", "soft"));
        }

        if (codes > 0)
            shapes.Add(Markup.Text(Left - 8, Plot, TextTable.Number(codes), "end", "soft"));
        string about = $"{TextTable.Number(program.ArenaBytes)} bytes hold every activation, allocated once; no plan needs less than {TextTable.Number(program.ArenaLowerBound)}. "
            + (lanes > 0 ? $"Above: packed images, {TextTable.Number(lanes)} bytes of a long[]; a layer that reads its input once writes over it. " : "")
            + (codes > 0 ? $"{(lanes > 0 ? "Below: codes" : "Codes")}, {TextTable.Number(codes)} bytes of a byte[]." : "");
        return Markup.Section("arena", "Memory over the layers", about, Markup.Svg("Memory map of the arenas over the layers", Width, Plot + Bottom, shapes));
    }

    // Every part has the same places; each layer's images are known to the parts that compute it.
    private static IEnumerable<Piece> Images(IEnumerable<CompilationResult> parts)
    {
        CodedProgram[] programs = [.. parts.Select(part => part.Program!)];
        CodedProgram program = programs[0];
        if (program.Lanes.Length == 0)
            yield break;
        PlacedLaneLayer?[] lanes = [.. program.Network.Layers.Select(layer => programs.SelectMany(each => each.Layers).FirstOrDefault(each => each.Layer.Index == layer.Index && each.Lanes is not null)?.Lanes)];
        int layers = lanes.Length;
        for (int i = 0; i < layers; i++)
        {
            if (lanes[i] is not { } lane)
                continue;
            int number = i + 1;
            if (program.Plan.Packs(number))
                yield return Image(number == 1 ? "input, packed" : FormattableString.Invariant($"layer {number - 1}, packed"), lane.InputStart, lane.Input, number, number, "shared");
            bool goesOn = number < layers && lanes[number] is not null && !program.Plan.Packs(number + 1);
            yield return Image(FormattableString.Invariant($"layer {number}"), lane.OutputStart, lane.Output, number, goesOn ? number + 1 : number, Tone(number));
        }

        int images = program.Lanes.SumsStart, first = lanes.OfType<PlacedLaneLayer>().Select(lane => Math.Min(lane.InputStart, lane.OutputStart)).DefaultIfEmpty().Min();
        if (first > 0)
            yield return new Piece("line of zeros", 0, first * sizeof(long), 1, layers + 1, "track", IsCodes: false);
        if (program.Lanes.Length > images)
            yield return new Piece("sums of loops", images * sizeof(long), (program.Lanes.Length - images) * sizeof(long), 1, layers + 1, "track", IsCodes: false);
    }

    // Neighbours are told apart by two tones.
    private static string Tone(int layer) => layer % 2 == 0 ? "m0" : "m1";

    private static Piece Image(string name, int start, LaneImage image, int from, int to, string style) =>
        new(name, start * sizeof(long), image.Length * sizeof(long), from, to, style, IsCodes: false);

    // A buffer is written by its layer and read by the next one.
    private static IEnumerable<Piece> Codes(CodedProgram program) => program.Arena.Buffers.Where(buffer => buffer.Length > 0).Select(buffer =>
    {
        int layer = int.Parse(Layer().Match(buffer.Name).Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return new Piece(buffer.Name, buffer.Offset, buffer.Length, layer, layer + 1, Tone(layer), IsCodes: true);
    });

    [GeneratedRegex(@"layer (?<number>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Layer();

    /// <summary>Bytes that are in use from one layer to another, both included; layer count + 1 are the heads.</summary>
    private sealed record Piece(string Name, int Start, int Length, int From, int To, string Style, bool IsCodes);
}
