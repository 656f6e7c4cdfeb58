using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Cli.Html;

/// <summary>What anyone asks first: how long a window takes, and how full code, tables and memory are.</summary>
internal static class Tiles
{
    public static XElement Of(Report report)
    {
        bool isLimited = report.Device.Name != DeviceLimits.Desktop;
        ReportAssembly code = report.Assemblies.MaxBy(each => each.DeviceIlBytes)!, tables = report.Assemblies.MaxBy(each => each.DataBytes)!;
        string where = report.Assemblies.Count == 1 ? "" : $", the fullest of {report.Assemblies.Count}";
        ReportChoice all = report.Choices[^1];
        return Markup.Styled(
            "div", "tiles",
            Tile(all.Time?.ToText() ?? CostText.Weighted(all.Weighted), all.Time is { } time ? $"a window, {time.Kind}" : "weighted instructions a window", null, null),
            Tile(Bytes(code.DeviceIlBytes), "IL on the device" + where, code.DeviceIlBytes, isLimited ? AssemblyLimits.IlBytes : null),
            Tile(Bytes(tables.DataBytes), "tables in flash" + where, tables.DataBytes, isLimited ? AssemblyLimits.DataBytes : null),
            Tile(Bytes(report.RamBytes), "RAM, allocated once", report.RamBytes, report.Device.HeapHighBytes));
    }

    private static string Bytes(int bytes) => TextTable.Number(bytes) + " B";

    private static XElement Tile(string figure, string what, int? bytes, int? limit)
    {
        var content = new List<XElement> { Markup.Of("b", figure), Markup.Of("span", what) };
        if (bytes is { } used && limit is { } most)
        {
            bool isOver = used > most;
            content.Add(Markup.Styled("span", isOver ? "over" : "of", $"{(isOver ? "OVER: " : "")}{CostText.Percent(used, most)} of {TextTable.Number(most)}"));
            XElement meter = Markup.Svg($"{what}: {CostText.Percent(used, most)}", 200, 6,
                Markup.Rect(0, 0, 200, 6, "track", "limit " + TextTable.Number(most), 3),
                Markup.Rect(0, 0, Math.Min(200, 200.0 * used / most), 6, isOver ? "over" : "c0", TextTable.Number(used), 3));
            meter.Add(new XAttribute("class", "meter"), new XAttribute("preserveAspectRatio", "none"));
            content.Add(meter);
        }

        return Markup.Styled("div", "tile", content);
    }
}
