using System;
using System.Linq;
using System.Threading;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AdapterCompiler.Generators;

/// <summary>What one model came to: files or mistakes, in values that compare.</summary>
/// <param name="Identity">Of the request.</param>
/// <param name="Share">What it takes of the assembly's limits; nothing where there are mistakes.</param>
/// <param name="Needs">Classes of other projects that it calls; none where there are mistakes.</param>
/// <param name="Sources">Empty where there are mistakes.</param>
/// <param name="Mistakes">In the file and in the settings; warnings too, which leave the sources as they are.</param>
internal sealed record CompiledModel(ModelIdentity Identity, AssemblyShare Share, ValueArray<NeededClass> Needs, ValueArray<NamedSource> Sources, ValueArray<Mistake> Mistakes)
{
    /// <summary>Runs the compiler, which knows neither Roslyn nor projects. Never throws, except to cancel.</summary>
    public static CompiledModel From(ModelRequest request, CancellationToken cancellation) => From(request, ModelCompiler.Compile, cancellation);

    internal static CompiledModel From(ModelRequest request, Func<string, CompilationOptions, CompilationResult> compile, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string text = request.Text ?? "";
        try
        {
            if (request.Text is null)
                return Failed(request, text, DiagnosticCatalogue.ModelNotReadable.At(default, request.Options.SourceName + " is missing or locked"));
            if (!request.IsUtf8)
                return Failed(request, text, NotUtf8(text));

            CompilationResult result = compile(text, request.Options);
            return result.Diagnostics.Count > 0
                ? Failed(request, text, result.Diagnostics.ToArray())
                : new CompiledModel(
                    request.Identity,
                    AssemblyShare.Of(result.Budget, request.Options.Device),
                    NeededClass.Of(request.Options),
                    result.Files.Select(file => new NamedSource(request.Folder + file.Name, file.Text)).ToValueArray(),
                    result.Warnings.Select(warning => Mistake.In(text, warning)).ToValueArray());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An exception in a generator is only a warning (CS8785), followed by errors that mislead.
            return Failed(request, text, ModelCompiler.Fault(request.Options, e));
        }
    }

    /// <summary>Files to add: none of a model whose class another one makes.</summary>
    public ValueArray<NamedSource> SourcesUnless(ValueArray<Clash> clashes) =>
        clashes.Any(clash => clash.Identity.Equals(Identity)) ? ValueArray<NamedSource>.Empty : Sources;

    private static CompiledModel Failed(ModelRequest request, string text, params Diagnostic[] diagnostics) => new(
        request.Identity,
        AssemblyShare.None,
        ValueArray<NeededClass>.Empty,
        ValueArray<NamedSource>.Empty,
        diagnostics.Select(diagnostic => Mistake.In(text, diagnostic)).ToValueArray());

    // Roslyn falls back to the machine's code page, so which byte it was cannot be told; its first character can.
    private static Diagnostic NotUtf8(string text)
    {
        int line = 1, column = 1;
        foreach (char c in text.TakeWhile(c => c < 0x80))
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        return DiagnosticCatalogue.NotUtf8.At(new TextPosition(line, column, 1), "The byte here");
    }
}

/// <summary>A file for the compilation.</summary>
/// <param name="HintName">Unique in the project.</param>
/// <param name="Text">Exactly what <c>adapterc emit</c> writes.</param>
internal sealed record NamedSource(string HintName, string Text);

/// <summary>A diagnostic with the character positions that Roslyn wants beside lines and columns.</summary>
/// <param name="Diagnostic">The compiler's.</param>
/// <param name="Span">In the model file's text; null for a mistake in the settings, which has no place in the model file.</param>
internal sealed record Mistake(Diagnostic Diagnostic, TextSpan? Span)
{
    public static Mistake In(string text, Diagnostic diagnostic) =>
        new(diagnostic, diagnostic.Position.Line > 0 ? TextPlaces.Span(text, diagnostic.Position) : null);
}
