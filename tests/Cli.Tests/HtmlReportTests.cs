using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc report --html</c>: one file, every figure drawn, nothing fetched.</summary>
[Collection(CommandLine.Collection)]
public sealed partial class HtmlReportTests : IDisposable
{
    private static readonly string[] Sections = ["accuracy", "confusion", "gates", "cost", "time", "arena", "weights", "layers"];

    private static byte[]? quickstart;

    private readonly string folder = Directory.CreateTempSubdirectory("html").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_figure_of_the_quickstarts_model_is_in_one_small_file()
    {
        string text = File.ReadAllText(Quickstart(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        Assert.True(text.Length < 200_000, $"{text.Length} characters");
        Assert.DoesNotMatch(Foreign(), text);
        XElement page = Page(text);
        Assert.Equal(Sections, page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        // Gates: a square a channel. 88 shared ones and 44 of each task.
        XElement[] squares = [.. Section(page, "gates").Descendants("rect")];
        Assert.Equal(88 + (3 * 44), squares.Length);
        Assert.Equal(132 - 106, squares.Count(square => square.Attribute("class")!.Value == "closed"));
        Assert.Equal("pitch, layer 1, channel 2: closed", squares[89].Element("title")!.Value);
        // Costs: eight bars a chart, a piece for each block that has any.
        XElement[] charts = [.. Section(page, "cost").Descendants("svg")];
        Assert.Equal(2, charts.Length);
        Assert.All(charts, chart => Assert.Equal(8, chart.Elements("rect").Count(rect => rect.Attribute("class")!.Value == "track")));
        Assert.Contains("layer 2, chirp: 353,472, 0.8 %", charts[0].Descendants("title").Select(title => title.Value));
        Assert.Equal(4, Section(page, "weights").Descendants("svg").Count());
        Assert.Contains(Section(page, "arena").Descendants("title"), title => title.Value.StartsWith("layer 2: 13,440 bytes from ", StringComparison.Ordinal));
        Assert.Contains("367-441 ms  (44.1 M)", Section(page, "time").Descendants("text").Select(word => word.Value));
    }

    [Fact]
    public void Classes_and_what_they_were_taken_for_are_squares()
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));
        TaskArtifact keyword = model.Tasks[0] with { Accuracy = model.Tasks[0].Accuracy! with { Confusion = ValueArray.Of(ValueArray.Of(190, 10), ValueArray.Of(42, 158)) } };
        string path = Path.Combine(folder, "classes.adapter");
        File.WriteAllText(path, ModelWriter.Write(model with { Tasks = ValueArray.Of(keyword, model.Tasks[1]) }));
        XElement section = Section(Page(File.ReadAllText(Html(path))), "confusion");
        Assert.Equal("keyword", Assert.Single(section.Descendants("h3")).Value);
        Assert.Equal(
            ["quiet taken for quiet: 190 of 200", "quiet taken for \"keyword\": 10 of 200", "\"keyword\" taken for quiet: 42 of 200", "\"keyword\" taken for \"keyword\": 158 of 200"],
            section.Descendants("title").Select(title => title.Value));
        Assert.Equal(["190", "10", "42", "158", "quiet", "0.950", "\"keyword\"", "0.790"], section.Descendants("text").Select(word => word.Value));
        Assert.DoesNotContain(Page(File.ReadAllText(Html(Pages.Find("models", "dense.adapter")))).Descendants("section"), each => each.Attribute("id")!.Value == "confusion");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(11)]
    public void Any_model_has_its_figures(int seed)
    {
        string path = Path.Combine(folder, "random.adapter");
        File.WriteAllText(path, ModelWriter.Write(RandomArtifacts.Create(seed)));
        string text = File.ReadAllText(Html(path));
        XElement page = Page(text);
        Assert.DoesNotMatch(Foreign(), text);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
        Assert.All(Sections.Where(id => id is not ("accuracy" or "confusion" or "layers")), id => Assert.NotEmpty(Section(page, id).Descendants("rect")));
        Assert.All(page.Descendants("rect"), rect => Assert.True(Number(rect, "width") >= 0 && Number(rect, "height") >= 0 && Number(rect, "x") >= 0));
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_a_place_that_cannot_be_written_is_a_message()
    {
        Assert.Equal(File.ReadAllBytes(Html(Tiny())), File.ReadAllBytes(Html(Tiny())));
        CommandResult result = CommandLine.Run("report", Tiny(), "--html", Path.Combine(folder, "nowhere", "x.html"));
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.EndsWith(" Give another file with --html.\n", result.Error, StringComparison.Ordinal);
    }

    /// <summary>What a browser makes of it: the page's own elements, none dropped or moved, and a picture of them.</summary>
    [ChromiumFact]
    public void A_browser_draws_every_figure()
    {
        string page = Quickstart(), picture = Path.Combine(folder, "page.png");
        string dom = Browse("--dump-dom", page);
        XElement sent = Page(File.ReadAllText(page));
        foreach (string id in Sections)
        {
            Match section = Regex.Match(dom, $"<section id=\"{id}\">(?<inside>.*?)</section>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
            Assert.True(section.Success, id);
            Assert.Equal(Section(sent, id).Descendants("rect").Count(), Regex.Count(section.Groups["inside"].Value, "<rect ", RegexOptions.None, TimeSpan.FromSeconds(10)));
            Assert.Equal(Section(sent, id).Descendants("text").Count(), Regex.Count(section.Groups["inside"].Value, "<text ", RegexOptions.None, TimeSpan.FromSeconds(10)));
        }

        Browse("--screenshot=" + picture, page);
        // An empty page of this size takes some 6 KB.
        Assert.InRange(new FileInfo(picture).Length, 60_000, 2_000_000);
    }

    private string Browse(string what, string page)
    {
        ProcessResult browser = ProcessResult.Of(
            ChromiumFactAttribute.Path!, folder, null,
            ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,2400", "--user-data-dir=" + Path.Combine(folder, "profile"),
             "--host-resolver-rules=MAP * ~NOTFOUND", what, new Uri(page).AbsoluteUri]);
        Assert.True(browser.Code == 0, browser.Text);
        return browser.Output;
    }

    // Compiled once for all tests.
    private string Quickstart()
    {
        string file = Path.Combine(folder, "quickstart.html");
        File.WriteAllBytes(file, quickstart ??= File.ReadAllBytes(Html(QuickstartModel)));
        return file;
    }

    private string Html(string model)
    {
        string file = Path.Combine(folder, "report.html");
        CommandResult result = CommandLine.Run("report", model, "--html", file);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return file;
    }

    private string Tiny()
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"))));
        return path;
    }

    private static string QuickstartModel => Pages.Find("models", "quickstart.adapter");

    // The document is XML too, but for its first line.
    private static XElement Page(string text)
    {
        const string DocumentType = "<!DOCTYPE html>\n";
        Assert.StartsWith(DocumentType, text, StringComparison.Ordinal);
        return XElement.Parse(text[DocumentType.Length..]);
    }

    private static XElement Section(XElement page, string id) => page.Descendants("section").Single(section => section.Attribute("id")!.Value == id);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    // Whatever makes a browser fetch or run something.
    [GeneratedRegex(@"<(script|link|img|iframe|object|embed|image|use)\b|\b(src|href|srcset)=|url\(|@import|\bon[a-z]+=", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Foreign();
}

/// <summary>A test that needs Debian's package chromium. It installs nothing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Path is null)
            Skip = "chromium is not installed: apt-get install chromium";
    }

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
