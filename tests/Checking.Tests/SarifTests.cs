using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using AdapterCompiler.Checking;
using AdapterCompiler.Checking.Reports;
using AdapterCompiler.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>The report for code scanning: what SARIF 2.1.0 requires, and lines of the source.</summary>
public sealed class SarifTests
{
    private const string Source = """
        public enum Mode { Idle, Listening }
        public static class Radio
        {
            static int last;
            public static string Name(Mode mode)
            {
                return mode.ToString();
            }
            static int Half(int n) { return n >> 1; }
            public static void Tune(uint key) { last = Half((int)key); last = (int)key >> 3; last = (int)key >> 4; }
        }
        """;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "repository"));

    [Fact]
    public void What_the_standard_requires_is_there_and_nothing_unknown_to_it()
    {
        using JsonDocument json = Sarif(Planted.Check(Compile("app.cs", DebugInformationFormat.Embedded)));
        JsonElement root = json.RootElement;
        Assert.Equal(["$schema", "runs", "version"], Names(root));
        Assert.Equal("2.1.0", root.GetProperty("version").GetString());
        JsonElement run = Assert.Single(root.GetProperty("runs").EnumerateArray());
        Assert.Equal(["columnKind", "results", "tool"], Names(run));
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal(["name", "rules", "semanticVersion"], Names(driver));
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(["NFC040", "NFC044", "NFC065"], rules.Select(rule => rule.GetProperty("id").GetString()));
        Assert.All(rules, rule =>
        {
            Assert.Equal(["defaultConfiguration", "help", "id", "shortDescription"], Names(rule));
            Assert.NotEqual("", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        });
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.All(results, result =>
        {
            Assert.Equal(["level", "locations", "message", "partialFingerprints", "ruleId", "ruleIndex"], Names(result));
            JsonElement rule = rules[result.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            Assert.Equal(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(), result.GetProperty("level").GetString());
            Assert.Equal(["logicalLocations", "physicalLocation"], Names(Assert.Single(result.GetProperty("locations").EnumerateArray())));
        });
        // Certain, possible.
        Assert.Equal(["error", "error", "warning", "error"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.Equal(4, results.Select(result => result.GetProperty("partialFingerprints").GetProperty("place/v1").GetString()).Distinct().Count());
        Assert.StartsWith("Radio.Tune(uint)+IL_", results[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src/My Radio/app.cs", "src/My%20Radio/app.cs")]
    [InlineData("/_/src/app.cs", "src/app.cs")]
    public void A_finding_points_at_its_line_of_the_source(string file, string uri)
    {
        string path = file[0] == '/' ? file : Path.Combine(Root, file);
        using JsonDocument json = Sarif(Planted.Check(Compile(path, DebugInformationFormat.Embedded)));
        JsonElement[] places = Places(json);
        Assert.All(places, place => Assert.Equal(uri, place.GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.Equal([(10, 64), (10, 86), (10, 41), (7, 9)], places.Select(place => place.GetProperty("region")).Select(region => (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32())));
    }

    [Fact]
    public void The_pdb_may_lie_beside_the_assembly_and_a_damaged_one_is_none()
    {
        string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
        try
        {
            string assembly = Path.Combine(folder, "Radio.dll"), pdb = Path.Combine(folder, "Radio.pdb");
            File.WriteAllBytes(assembly, Compile("app.cs", DebugInformationFormat.PortablePdb, pdb));
            CheckReport report = AssemblyCheck.Run(assembly, new CheckOptions());
            Assert.Equal([10, 10, 10, 7], report.Findings.Select(finding => finding.Source!.Line));
            File.WriteAllBytes(pdb, [1, 2, 3]);
            Assert.All(AssemblyCheck.Run(assembly, new CheckOptions()).Findings, finding => Assert.Null(finding.Source));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Without_a_pdb_a_finding_points_at_the_assembly()
    {
        using JsonDocument json = Sarif(Planted.Check(Planted.Compile(Source)));
        Assert.All(Places(json), place =>
        {
            Assert.Equal("app.dll", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.False(place.TryGetProperty("region", out _));
        });
    }

    [Fact]
    public void A_clean_assembly_and_no_assembly_are_documents_too()
    {
        using JsonDocument clean = Sarif(Planted.Check(""));
        Assert.Equal(0, clean.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        using JsonDocument broken = Sarif(Planted.Check([1, 2, 3]));
        JsonElement result = Assert.Single(broken.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal("NFC001", result.GetProperty("ruleId").GetString());
        Assert.Equal(["physicalLocation"], Names(result.GetProperty("locations")[0]));
    }

    /// <summary>Code above a finding may change: code scanning still knows it for the same.</summary>
    [Fact]
    public void A_finding_stays_the_same_one_when_lines_move()
    {
        static string[] Prints(string source)
        {
            using JsonDocument json = Sarif(Planted.Check(Planted.Compile(source)));
            return [.. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result.GetProperty("partialFingerprints").GetProperty("place/v1").GetString()!)];
        }

        Assert.Equal(Prints(Source), Prints(Source.Replace("static int last;", "static int last;\n\n\n static int first = 5; static int Other() { return first; }", StringComparison.Ordinal)));
    }

    private static JsonDocument Sarif(CheckReport report) => JsonDocument.Parse(CheckReportSarif.Write(report, Root));

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)];

    private static JsonElement[] Places(JsonDocument json) =>
        [.. json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result.GetProperty("locations")[0].GetProperty("physicalLocation"))];

    private static byte[] Compile(string path, DebugInformationFormat format, string? pdb = null)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Radio",
            [CSharpSyntaxTree.ParseText(SourceText.From(Source, System.Text.Encoding.UTF8), new CSharpParseOptions(LanguageVersion.CSharp7_3), path)],
            [GeneratedAssembly.Reference(ClassLibrary.NanoFramework)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));
        using var image = new MemoryStream();
        using FileStream? beside = pdb is null ? null : File.Create(pdb);
        EmitResult result = compilation.Emit(image, beside, options: new EmitOptions(debugInformationFormat: format, pdbFilePath: pdb));
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
    }
}
