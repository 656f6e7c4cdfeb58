using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Model;

namespace AdapterCompiler.Cli.Html;

/// <summary>Every channel as a square, by layer and block: open, closed, or open without doing work.</summary>
internal static class GateMap
{
    private const int Cell = 13, Square = 10, PerRow = 8;

    public static XElement Of(ModelArtifact model, TaskArtifact[] tasks, Network network)
    {
        var idle = network.Idle.ToDictionary(each => (each.Task, each.Layer, each.Number), each => each.Reason);
        int open = tasks.Sum(task => task.Layers.Sum(layer => layer.Gates.Count(gate => gate))), all = tasks.Sum(task => task.Layers.Sum(layer => layer.Gates.Count));
        IEnumerable<XElement> rows = Enumerable.Range(-1, tasks.Length + 1).Select(task => Markup.Of(
            "tr",
            Markup.Of("td", task < 0 ? "shared" : tasks[task].Name),
            (task < 0 ? model.Shared : tasks[task].Layers).Select((layer, i) => Markup.Of("td", Squares(layer, task, task < 0 ? "shared" : tasks[task].Name, i + 1, idle)))));
        return Markup.Section(
            "gates", "Gates",
            $"{open} of {all} adapter channels are open. A closed one (outlined) costs nothing; red is open, but was proven to do no work, so it was taken out: training's loss.",
            Markup.Styled("div", "wide gates", Markup.Of(
                "table",
                Markup.Of("tr", Markup.Of("th", "block"), model.Shared.Select((layer, i) => Markup.Of("th", FormattableString.Invariant($"layer {i + 1}")))),
                rows)));
    }

    private static XElement Squares(LayerArtifact layer, int task, string name, int number, Dictionary<(int? Task, int Layer, int Number), IdleReason> idle)
    {
        int count = layer.Channels.Count, lines = (count + PerRow - 1) / PerRow, open = layer.Gates.Count(gate => gate);
        int width = Math.Min(count, PerRow) * Cell, height = lines * Cell;
        XElement svg = Markup.Svg(
            FormattableString.Invariant($"{name}, layer {number}: {open} of {count} open"), width, height,
            Enumerable.Range(0, count).Select(c =>
            {
                bool isIdle = idle.TryGetValue((task < 0 ? null : task, number, c + 1), out IdleReason reason) && layer.Gates[c];
                string state = !layer.Gates[c] ? "closed" : isIdle ? "idle" : Markup.Colour(task);
                string title = FormattableString.Invariant($"{name}, layer {number}, channel {c + 1}: {(isIdle ? "open, " + Words(reason) : layer.Gates[c] ? "open" : "closed")}");
                return Markup.Rect((c % PerRow * Cell) + 0.5, (c / PerRow * Cell) + 0.5, Square, Square, state, title, 2);
            }));
        svg.Add(new XAttribute("width", width.ToString(CultureInfo.InvariantCulture)), new XAttribute("height", height.ToString(CultureInfo.InvariantCulture)));
        return svg;
    }

    private static string Words(IdleReason reason) => reason switch
    {
        IdleReason.AlwaysZero => "always 0",
        IdleReason.Folded => "always the same code, folded into biases",
        IdleReason.Constant => "always the same code",
        _ => "read by no channel that is left",
    };
}
