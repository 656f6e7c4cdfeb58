extern alias generators;

using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using generators::AdapterCompiler.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Parts and a class that hears apart are of other projects: without a reference to those a build says what is missing, besides the C# compiler's CS0103.</summary>
public sealed class MissingClassTests
{
    private const string Path = "/firmware/Models/audio.adapter";

    private static readonly string Listening = ModelWriter.Write(
        TinyModels.Create([2, 3, 3], ("keyword", "1 11 10")) with { Input = new InputSpec(16, 16, 7), FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28) });

    private static readonly TestProject Apart = TestProject.Empty
        .ProjectFile("<Project>\n  <AdapterModel Include=\"Models/audio.adapter\" />\n</Project>")
        .Model(Path, Listening, ("Sound", "apart"));

    private static readonly Lazy<MetadataReference> Hearing = new(() => Compiled(Apart.Model(Path, Listening, ("Sound", "apart"), ("Part", "sound"))));

    [Fact]
    public void A_class_that_hears_and_is_not_there_is_named_at_the_item()
    {
        GeneratorRunResult run = Apart.Run();
        Assert.Equal(
            "/firmware/firmware.csproj(2,3): error ADC006: Firmware.AudioModel calls Firmware.AudioModelSound, which is in no project that this one refers to. " +
            "Add a reference to the project whose AdapterModel item has the same file, ClassName, Namespace and settings, and Part=\"sound\" ('adapterc scaffold' writes such projects).",
            Assert.Single(run.Diagnostics).ToString());
        Assert.NotEmpty(run.GeneratedSources);
        Assert.Contains("CS0103", Errors(Apart, null));
    }

    [Fact]
    public void With_the_reference_nothing_is_missing_and_everything_compiles() => Assert.Empty(Errors(Apart, Hearing.Value));

    /// <summary>Found by the C# compiler or not, it is of another build.</summary>
    [Theory]
    [InlineData("Firmware.Ears", "CS0117")]
    [InlineData("Firm", "CS0103")]
    [InlineData("", "CS0103")]
    public void A_class_of_another_namespace_is_another(string names, string error)
    {
        string[] errors = Errors(Apart.Model(Path, Listening, ("Sound", "apart"), ("Namespace", names)) with { RootNamespace = names }, Hearing.Value);
        Assert.Equal(["ADC006", error], errors.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_need_those_before_them()
    {
        Assert.Empty(Part("1/3").Run().Diagnostics);
        Assert.Equal(["Part1 1/3"], Missing(Part("2/3")));
        Assert.Equal(["Part1 1/3", "Part2 2/3"], Missing(Part("3/3")));

        TestProject Part(string part) => TestProject.Empty.Model(Path, Models.Two, ("Part", part));

        static string[] Missing(TestProject project) => [.. project.Run().Diagnostics
            .Select(mistake => mistake.GetMessage(System.Globalization.CultureInfo.InvariantCulture))
            .Select(text => text[(text.IndexOf("calls Firmware.AudioModel", StringComparison.Ordinal) + "calls Firmware.AudioModel".Length)..text.IndexOf(',', StringComparison.Ordinal)] + " " + text.Split('"')[1])];
    }

    [Fact]
    public void A_class_that_hears_here_is_no_other_projects() => Assert.Empty(Errors(Apart.Model(Path, Listening, ("Sound", "here")), null));

    [Fact]
    public void An_edit_of_other_code_emits_nothing_again()
    {
        GeneratorDriver driver = Apart.Driver(TestProject.Compilation("class Before { }"));
        GeneratorRunResult run = driver.RunGenerators(TestProject.Compilation("class After { }")).GetRunResult().Results.Single();
        foreach (string step in StepNames.All)
            Assert.All(run.TrackedSteps[step].SelectMany(each => each.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    // Ids of all errors, the generator's and the C# compiler's.
    private static string[] Errors(TestProject project, MetadataReference? reference)
    {
        CSharpCompilation compilation = TestProject.Compilation("");
        if (reference is not null)
            compilation = compilation.AddReferences(reference);
        GeneratorRunResult run = project.Driver(compilation).GetRunResult().Results.Single();
        return [.. run.Diagnostics.Concat(With(compilation, run).GetDiagnostics()).Where(mistake => mistake.Severity == DiagnosticSeverity.Error).Select(mistake => mistake.Id)];
    }

    private static PortableExecutableReference Compiled(TestProject project)
    {
        using var image = new MemoryStream();
        Assert.True(With(TestProject.Compilation("").WithAssemblyName("hearing"), project.Run()).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation With(CSharpCompilation compilation, GeneratorRunResult run) => compilation.AddSyntaxTrees(run.GeneratedSources.Select(each => each.SyntaxTree));
}
