using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdapterCompiler.Checking.Reports;

/// <summary>The report for other programs; docs/checks.md describes it. Fields may be added, none is renamed or removed within a version.</summary>
public static class CheckReportJson
{
    /// <summary>Names format and version.</summary>
    public const string Schema = "adapterc-check/1";

    /// <summary>The whole document, indented, with a final line end.</summary>
    public static string Write(CheckReport report)
    {
        using var stream = new MemoryStream();
        // Quotes and angle brackets stay readable: this goes to a terminal or file, not into a web page.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("assembly", report.Assembly);
            json.WriteString("device", report.Device?.Name);
            json.WriteBoolean("clean", report.IsClean);
            WriteFindings(json, report);
            WriteMeasurements(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteFindings(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("id", finding.Rule.Id);
            json.WriteString("severity", finding.Severity);
            json.WriteString("title", finding.Rule.Title);
            json.WriteString("place", finding.Place);
            WriteNumber(json, "ilOffset", finding.Offset);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeasurements(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartArray("measurements");
        foreach (Measurement measurement in report.Measurements)
        {
            json.WriteStartObject();
            json.WriteString("name", measurement.Key);
            json.WriteNumber("value", measurement.Value);
            WriteNumber(json, "limit", measurement.Limit);
            json.WriteString("place", measurement.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
