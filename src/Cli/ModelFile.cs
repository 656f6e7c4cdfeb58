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
    /// <summary>The file's sha256, 64 digits: its last line, which reading has checked.</summary>
    public string Hash => ModelSeal.HashOf(Text);

    /// <summary>True for NAME.adapter.</summary>
    public static bool IsNamedLikeOne(string path) => System.IO.Path.GetExtension(path).Equals(".adapter", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and checks a model file; prints what is wrong and returns null.</summary>
    public static ModelFile? Load(string path)
    {
        if (Directory.Exists(path))
        {
            string[] models = [.. Directory.EnumerateFiles(path, "*.adapter").Order(StringComparer.Ordinal).Take(3)];
            string said = models.Length == 0 ? "it is a folder, and holds no *.adapter" : "it is a folder; it holds " + string.Join(", ", models);
            Print(path, [DiagnosticCatalogue.ModelNotReadable.At(default, said)]);
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of a link that leads nowhere the system says that the link itself is not there.
            string said = exception is FileNotFoundException or DirectoryNotFoundException && new FileInfo(path).LinkTarget is { } target ? $"it is a link to '{target}', where there is no file" : exception.Message.TrimEnd('.');
            Print(path, [DiagnosticCatalogue.ModelNotReadable.At(default, said)]);
            return null;
        }

        return Read(path, bytes);
    }

    /// <summary>Checks a model file's bytes, wherever they are from; prints what is wrong and returns null.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="bytes">All of it.</param>
    public static ModelFile? Read(string path, byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith("version https://git-lfs."u8))
        {
            Print(path, [DiagnosticCatalogue.ModelNotReadable.At(default, "it is a pointer of Git LFS, not the file. 'git lfs pull' gets those of the revision that is checked out; *.adapter is text, and git alone holds it well")]);
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
        CompilationResult result = Patiently(options, () => ModelCompiler.Compile(Text, options));
        Print(Path, result.Warnings);
        if (result.Files.Count > 0)
            return result;
        Print(Path, result.Diagnostics);
        return null;
    }

    /// <summary>Compiles every part of it; prints what is wrong and returns null.</summary>
    public ValueArray<CompilationResult>? CompileParts(CompilationOptions options) => OrMistakes(Patiently(options, () => ModelCompiler.CompileParts(Text, options)));

    /// <summary>Compiles it in as many parts as it needs; prints what is wrong and returns null.</summary>
    public ValueArray<CompilationResult>? CompileFitting(CompilationOptions options) => OrMistakes(Patiently(options, () => ModelCompiler.CompileFitting(Text, options)));

    /// <summary>Asks the compiler for something; a terminal says that it is at work.</summary>
    public static T Patiently<T>(CompilationOptions options, Func<T> compile)
    {
        using var waiting = new WaitingLine($"choosing kernels for {options.Device}");
        return compile();
    }

    /// <summary>Compiled parts; where there are none, what is wrong is printed, and null returned.</summary>
    public ValueArray<CompilationResult>? OrMistakes(ValueArray<CompilationResult> parts)
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
