using System.Collections.ObjectModel;
using System.Linq;
using AdapterCompiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Diagnostic = AdapterCompiler.Diagnostics.Diagnostic;
using RoslynDiagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace AdapterCompiler.Generators;

/// <summary>A diagnostic with its place in whichever file the mistake is in.</summary>
/// <param name="Path">Model or project file.</param>
/// <param name="Span">Offsets in that file.</param>
/// <param name="Diagnostic">The compiler's, its position in that file.</param>
internal sealed record LocatedDiagnostic(string Path, TextSpan Span, Diagnostic Diagnostic)
{
    /// <summary>Everything to report about a model.</summary>
    public static ValueArray<LocatedDiagnostic> All(CompiledModel model, ValueArray<Clash> clashes, ValueArray<Overrun> overruns, ValueArray<MissingClass> missing, ProjectFile project) =>
        model.Mistakes
            .Concat(clashes.Where(clash => clash.Identity.Equals(model.Identity)).Select(clash => new Mistake(clash.Diagnostic, null)))
            .Concat(overruns.Where(overrun => overrun.Identity.Equals(model.Identity)).Select(overrun => new Mistake(overrun.Diagnostic, null)))
            .Concat(missing.Where(each => each.Identity.Equals(model.Identity)).Select(each => new Mistake(each.Diagnostic, null)))
            .Select(mistake => Locate(mistake, model.Identity.Path, project))
            .ToValueArray();

    public RoslynDiagnostic ToRoslyn() => RoslynDiagnostic.Create(
        Descriptors.Of(Diagnostic.Rule), TextPlaces.Location(Path, Span, Diagnostic.Position), (object[])Diagnostic.Arguments.ToArray());

    private static LocatedDiagnostic Locate(Mistake mistake, string modelPath, ProjectFile project)
    {
        if (mistake.Span is { } span)
            return new LocatedDiagnostic(modelPath, span, mistake.Diagnostic);
        if (project.Find(modelPath) is { } position)
            return new LocatedDiagnostic(project.Path, TextPlaces.Span(project.Text, position), mistake.Diagnostic with { Position = position });
        return new LocatedDiagnostic(modelPath, new TextSpan(0, 0), mistake.Diagnostic with { Position = new TextPosition(1, 1, 0) });
    }
}

/// <summary>The catalogue's rules as Roslyn has them.</summary>
internal static class Descriptors
{
    /// <summary>As in AnalyzerReleases.*.md.</summary>
    public const string Category = "AdapterCompiler";

    private static readonly ReadOnlyDictionary<string, DiagnosticDescriptor> ById = new(DiagnosticCatalogue.All.ToDictionary(rule => rule.Id, Create, System.StringComparer.Ordinal));

    public static DiagnosticDescriptor Of(DiagnosticRule rule) => ById[rule.Id];

    private static DiagnosticDescriptor Create(DiagnosticRule rule) => new(
        rule.Id, rule.Title, rule.Message, Category, rule.IsWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, isEnabledByDefault: true,
        customTags: rule.IsWarning ? [] : [WellKnownDiagnosticTags.NotConfigurable]);
}
