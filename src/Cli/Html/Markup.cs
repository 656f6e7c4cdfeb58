using System;
using System.Globalization;
using System.Xml.Linq;

namespace AdapterCompiler.Cli.Html;

/// <summary>
/// Elements of the page and of its figures. The figures are rectangles with a title each, drawn as inline SVG whose colours are the page's
/// CSS variables: so one document is light and dark, and its bytes depend on no font, no native library and no machine.
/// </summary>
internal static class Markup
{
    /// <summary>An element that a browser never takes for an open one: without content it gets an empty text.</summary>
    public static XElement Of(string name, params object?[] content)
    {
        var element = new XElement(name, content);
        if (element.IsEmpty && name is not ("meta" or "br" or "rect" or "line"))
            element.Add("");
        return element;
    }

    /// <summary>An element with a CSS class.</summary>
    public static XElement Styled(string name, string style, params object?[] content) => Of(name, new XAttribute("class", style), content);

    /// <summary>A section with its heading and what there is to know about it.</summary>
    public static XElement Section(string id, string heading, string about, params object?[] content) =>
        Of("section", new XAttribute("id", id), Of("h2", heading), Styled("p", "about", about), content);

    /// <summary>A figure of this size in units of its own, as wide as the page allows.</summary>
    /// <param name="label">What it shows, for those who cannot see it.</param>
    /// <param name="width">Units.</param>
    /// <param name="height">Units.</param>
    /// <param name="content">Shapes.</param>
    public static XElement Svg(string label, int width, int height, params object?[] content) => Of(
        "svg", new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")), new XAttribute("role", "img"), new XAttribute("aria-label", label), content);

    /// <summary>A rectangle that tells what it is when pointed at.</summary>
    public static XElement Rect(double x, double y, double width, double height, string style, string title, double round = 0) => Of(
        "rect", At("x", x), At("y", y), At("width", width), At("height", height), round > 0 ? At("rx", round) : null, new XAttribute("class", style), Of("title", title));

    /// <summary>A line.</summary>
    public static XElement Line(double x1, double y1, double x2, double y2, string style) =>
        Of("line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), new XAttribute("class", style));

    /// <summary>A word.</summary>
    /// <param name="x">Where it starts, ends or has its middle.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="words">The text.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="style">CSS class.</param>
    public static XElement Text(double x, double y, string words, string anchor = "start", string style = "word") =>
        Of("text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), new XAttribute("class", style), words);

    /// <summary>The class of a block's colour: the shared encoder's, or one of eight for tasks.</summary>
    /// <param name="task">Index of the task; -1 for the shared encoder.</param>
    public static string Colour(int task) => task < 0 ? "shared" : FormattableString.Invariant($"c{task % 8}");

    private static XAttribute At(string name, double value) => new(name, Math.Round(value, 2).ToString(CultureInfo.InvariantCulture));
}
