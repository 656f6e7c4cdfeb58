extern alias generators;

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text;
using System.Threading;
using AdapterCompiler.Hosting;
using generators::AdapterCompiler.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AdapterCompiler.GeneratorTests;

/// <summary>A firmware project in memory: what the .props and .targets hand to the compiler.</summary>
internal sealed record TestProject(ImmutableArray<TestFile> Files, string? RootNamespace = "Firmware")
{
    public static TestProject Empty { get; } = new(ImmutableArray<TestFile>.Empty);

    /// <summary>Adds an AdapterModel item, or changes the one of that path.</summary>
    public TestProject Model(string path, string? text, params (string Name, string Value)[] metadata) =>
        With(new TestFile(path, text, [("AdapterCompilerKind", "model"), .. metadata]));

    /// <summary>Adds the project file itself.</summary>
    public TestProject ProjectFile(string text) => With(new TestFile("/firmware/firmware.csproj", text, [("AdapterCompilerKind", "project")]));

    /// <summary>Adds an additional file of somebody else.</summary>
    public TestProject Other(string path, string text) => With(new TestFile(path, text, []));

    /// <summary>Runs the generator once.</summary>
    public GeneratorRunResult Run() => Driver(Compilation("")).GetRunResult().Results.Single();

    /// <summary>A driver that has run once and can run again.</summary>
    public GeneratorDriver Driver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new AdapterModelGenerator().AsSourceGenerator()],
        Files,
        new CSharpParseOptions(LanguageVersion.CSharp7_3),
        Options,
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)).RunGenerators(compilation);

    /// <summary>As the build passes them.</summary>
    public AnalyzerConfigOptionsProvider Options => new OptionsProvider(this);

    public static CSharpCompilation Compilation(string source) => CSharpCompilation.Create(
        "firmware",
        [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp7_3))],
        [GeneratedAssembly.Reference(ClassLibrary.Desktop)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private TestProject With(TestFile file)
    {
        int index = Files.ToList().FindIndex(other => other.Path == file.Path);
        return this with { Files = index < 0 ? Files.Add(file) : Files.SetItem(index, file) };
    }

    private sealed class OptionsProvider(TestProject project) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(
            project.RootNamespace is { } name ? [("build_property.RootNamespace", name)] : []);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(
            ((TestFile)textFile).Metadata.Select(item => ("build_metadata.AdditionalFiles." + item.Name, item.Value)));
    }

    private sealed class Values(IEnumerable<(string Name, string Value)> items) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> values = items.ToDictionary(item => item.Name, item => item.Value, KeyComparer);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

/// <summary>An additional file in memory; without text it cannot be read.</summary>
internal sealed class TestFile(string path, string? text, IReadOnlyList<(string Name, string Value)> metadata, Encoding? encoding = null) : AdditionalText
{
    public override string Path => path;

    public IReadOnlyList<(string Name, string Value)> Metadata => metadata;

    public override SourceText? GetText(CancellationToken cancellationToken = default) => text is null ? null : SourceText.From(text, encoding ?? Encoding.UTF8);
}
