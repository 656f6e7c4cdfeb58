using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Cli;

/// <summary>A model file as a command meets it: read, or its mistakes printed.</summary>
internal sealed record ModelFile(string Path, string Text, ModelArtifact Artifact)
{
    /// <summary>Reads and checks a model file; prints what is wrong and returns null.</summary>
    public static ModelFile? Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Print(path, [DiagnosticCatalogue.ModelNotReadable.At(new TextPosition(1, 1, 1), exception.Message.TrimEnd('.'))]);
            return null;
        }

        ReadResult read = ModelReader.ReadUtf8(bytes);
        if (read.Model is null)
        {
            Print(path, read.Diagnostics);
            return null;
        }

        return new ModelFile(path, System.Text.Encoding.UTF8.GetString(bytes), read.Model);
    }

    /// <summary>Compiles it; prints what is wrong and returns null.</summary>
    public CompilationResult? Compile(CompilationOptions options)
    {
        CompilationResult result = ModelCompiler.Compile(Text, options);
        Print(Path, result.Warnings);
        if (result.Program is not null)
            return result;
        Print(Path, result.Diagnostics);
        return null;
    }

    /// <summary>Compiles every part of it; prints what is wrong and returns null.</summary>
    public ValueArray<CompilationResult>? CompileParts(CompilationOptions options) => OrMistakes(ModelCompiler.CompileParts(Text, options));

    /// <summary>Compiles it in as many parts as it needs; prints what is wrong and returns null.</summary>
    public ValueArray<CompilationResult>? CompileFitting(CompilationOptions options) => OrMistakes(ModelCompiler.CompileFitting(Text, options));

    private ValueArray<CompilationResult>? OrMistakes(ValueArray<CompilationResult> parts)
    {
        Print(Path, parts[0].Warnings);
        if (parts[0].Program is not null)
            return parts;
        // The mistakes of one part are those of all.
        Print(Path, parts[0].Diagnostics);
        return null;
    }

    private static void Print(string path, System.Collections.Generic.IEnumerable<Diagnostic> diagnostics)
    {
        // A mistake in the options has no place in the file.
        foreach (string line in diagnostics.Select(d => d.Position.Line == 0 ? $"adapterc: {d.Rule.Severity} {d.Rule.Id}: {d.Message}" : d.ToText(path)))
            Console.Error.WriteLine(OptionNames.In(line));
    }
}
