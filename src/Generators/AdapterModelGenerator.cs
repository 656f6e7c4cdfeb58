using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AdapterCompiler.Generators;

/// <summary>
/// Turns every AdapterModel item of a project into C#. This file is the table of contents: each step is a pure function with
/// an equatable result, so that an edit runs only the steps that it reaches.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class AdapterModelGenerator : IIncrementalGenerator
{
    // Files that EmitCompilerGeneratedFiles writes are those of adapterc emit, which have no byte order mark.
    private static readonly Encoding WithoutMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // What the project asks for: one request per model file, and the project file for the place of mistakes.
        IncrementalValuesProvider<ModelRequest> requests = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ItemMetadata.IsModel(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => ModelRequest.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(StepNames.Requests);

        IncrementalValueProvider<ProjectFile> project = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(static pair => ItemMetadata.IsProject(pair.Left, pair.Right))
            .Select(static (pair, cancellation) => ProjectFile.Read(pair.Left, cancellation))
            .Collect()
            .Select(static (files, _) => files.IsEmpty ? ProjectFile.None : files[0])
            .WithTrackingName(StepNames.Project);

        // Items that would make the same class: looked at together, and by name only.
        IncrementalValueProvider<ValueArray<Clash>> clashes = requests
            .Select(static (request, _) => request.Identity)
            .Collect()
            .Select(static (identities, _) => Clash.Find(identities))
            .WithTrackingName(StepNames.Clashes);

        // The work.
        IncrementalValuesProvider<CompiledModel> compiled = requests
            .Select(static (request, cancellation) => CompiledModel.From(request, cancellation))
            .WithTrackingName(StepNames.Compiled);

        // The device's limits count per assembly: models that fit alone are added up, by their figures only.
        IncrementalValueProvider<ValueArray<Overrun>> overruns = compiled
            .Select(static (model, _) => new ModelShare(model.Identity, model.Share))
            .Collect()
            .Combine(clashes)
            .Select(static (pair, _) => Overrun.Find(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Overruns);

        // Parts and the class that hears are of other projects. This alone looks at the project's code and references, so it runs with every edit, where a model is cut or hears apart.
        IncrementalValueProvider<ValueArray<MissingClass>> missing = compiled
            .Where(static model => model.Needs.Count > 0)
            .Select(static (model, _) => new ModelNeeds(model.Identity, model.Needs))
            .Combine(context.CompilationProvider)
            .Select(static (pair, _) => MissingClass.Find(pair.Left, pair.Right))
            .Collect()
            .Select(static (each, _) => each.SelectMany(classes => classes).ToValueArray())
            .WithTrackingName(StepNames.Missing);

        // Two outputs, each cached alone: a mistake that moves by a line emits no source again.
        IncrementalValuesProvider<ValueArray<NamedSource>> sources = compiled
            .Combine(clashes)
            .Select(static (pair, _) => pair.Left.SourcesUnless(pair.Right))
            .WithTrackingName(StepNames.Sources);

        IncrementalValuesProvider<ValueArray<LocatedDiagnostic>> diagnostics = compiled
            .Combine(clashes)
            .Combine(overruns)
            .Combine(missing)
            .Combine(project)
            .Select(static (all, _) => LocatedDiagnostic.All(all.Left.Left.Left.Left, all.Left.Left.Left.Right, all.Left.Left.Right, all.Left.Right, all.Right))
            .WithTrackingName(StepNames.Diagnostics);

        context.RegisterSourceOutput(sources, static (output, files) =>
        {
            foreach (NamedSource file in files)
                output.AddSource(file.HintName, SourceText.From(file.Text, WithoutMark));
        });

        context.RegisterSourceOutput(diagnostics, static (output, mistakes) =>
        {
            foreach (LocatedDiagnostic mistake in mistakes)
                output.ReportDiagnostic(mistake.ToRoslyn());
        });
    }
}
