using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdapterCompiler.Checking.Reports;

/// <summary>
/// The report as SARIF 2.1.0, which code scanning shows in pull requests: errors are certain, warnings possible. A finding points at its line of the source where the
/// assembly's PDB knows it, at the assembly otherwise.
/// </summary>
public static class CheckReportSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json", Version = "2.1.0";

    /// <summary>The whole document, indented, with a final line end.</summary>
    /// <param name="report">The check.</param>
    /// <param name="root">Folder that paths are relative to: the repository's.</param>
    public static string Write(CheckReport report, string root)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", Version);
            json.WriteStartArray("runs");
            json.WriteStartObject();
            CheckRule[] rules = [.. report.Findings.Select(finding => finding.Rule).Distinct()];
            WriteTool(json, rules);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            var seen = new Dictionary<(CheckRule, string), int>();
            foreach (Finding finding in report.Findings)
            {
                int number = seen[(finding.Rule, finding.Place)] = seen.GetValueOrDefault((finding.Rule, finding.Place)) + 1;
                WriteResult(json, report, finding, Array.IndexOf(rules, finding.Rule), number, root);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, CheckRule[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "adapterc check");
        json.WriteString("semanticVersion", typeof(CheckReportSarif).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (CheckRule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            WriteText(json, "shortDescription", rule.Title);
            WriteText(json, "help", "docs/checks.md of AdapterCompiler has an example of " + rule.Id + " and says what is checked.");
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, CheckReport report, Finding finding, int rule, int number, string root)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(finding.Rule));
        WriteText(json, "message", finding.Place.Length == 0 ? finding.Message : finding.PlaceText + ": " + finding.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(finding.Source?.File ?? report.Assembly, root));
        json.WriteEndObject();
        if (finding.Source is { } source)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", source.Line);
            json.WriteNumber("startColumn", source.Column);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (finding.Place.Length > 0)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", finding.Place);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        // Without line and offset: the finding stays the same one when code above it changes.
        json.WriteString("place/v1", finding.Rule.Id + " " + finding.Place + " " + number);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(CheckRule rule) => rule.Severity == CheckSeverity.Error ? "error" : "warning";

    // Relative to the repository where it lies below it; builds that hide their folders begin with /_/.
    private static string Uri(string file, string root)
    {
        string path = file.Replace('\\', '/');
        const string hidden = "/_/";
        if (path.StartsWith(hidden, StringComparison.Ordinal))
            return Escaped(path[hidden.Length..]);
        if (!Path.IsPathFullyQualified(file))
            return Escaped(path);
        string relative = Path.GetRelativePath(root, file).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathFullyQualified(relative) ? new Uri(Path.GetFullPath(file)).AbsoluteUri : Escaped(relative);
    }

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
