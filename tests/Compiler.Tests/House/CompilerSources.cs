using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>A name in the compiler's sources, and what it means.</summary>
/// <param name="File">Its file, from src/Compiler, with slashes.</param>
/// <param name="Node">The name.</param>
/// <param name="Symbol">What it means.</param>
internal sealed record NameUse(string File, SimpleNameSyntax Node, ISymbol Symbol)
{
    /// <summary>"Planning/PlanSpace.cs:12: the line".</summary>
    public string Place => CompilerSources.Place(File, Node);
}

/// <summary>
/// The compiler's sources as Roslyn understands them, for what leaves no trace in IL: constants, <c>nameof</c>, constraints, what a value is used for. Parsed once
/// for all tests; whoever asks binds the names that matter to it, for all of them take as long as compiling the compiler.
/// </summary>
internal sealed class CompilerSources
{
    private static readonly Lazy<CompilerSources> Parsed = new(() => new CompilerSources(Compile(), _ => true));
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly CSharpCompilation compilation;
    private readonly Dictionary<SyntaxTree, SemanticModel> models;

    private CompilerSources(CSharpCompilation compilation, Predicate<string> looksAt)
    {
        this.compilation = compilation;
        models = compilation.SyntaxTrees.Where(tree => looksAt(tree.FilePath)).ToDictionary(tree => tree, tree => compilation.GetSemanticModel(tree));
    }

    /// <summary>The sources as they are.</summary>
    public static CompilerSources All => Parsed.Value;

    /// <summary>Files of the types of a name, as <see cref="NameUse.File"/>.</summary>
    public static ILookup<string, string> Types { get; } = All.Trees
        .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).Select(declared => (Name: Declared(declared), File: tree.FilePath)))
        .Where(declared => declared.Name.Length > 0)
        .ToLookup(declared => declared.Name, declared => declared.File, StringComparer.Ordinal);

    /// <summary>Every file that is looked at.</summary>
    public IEnumerable<SyntaxTree> Trees => models.Keys;

    /// <summary>The sources with a file more, looked at alone: a fault that a test must find.</summary>
    public static CompilerSources Planted(string file, string text) =>
        new(All.compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, Parsing, file)), path => path == file);

    /// <summary>The sources with a file written anew, looked at alone.</summary>
    public static CompilerSources Rewritten(string file, Func<string, string> text) => new(All.With([(file, text)]), path => path == file);

    /// <summary>The sources with some files written anew, and others more.</summary>
    public CSharpCompilation With(IEnumerable<(string File, Func<string, string> Text)> changed, params string[] added)
    {
        CSharpCompilation with = compilation.AddSyntaxTrees(added.Select(text => CSharpSyntaxTree.ParseText(text, Parsing)));
        foreach ((string file, Func<string, string> text) in changed)
        {
            SyntaxTree tree = Trees.Single(each => each.FilePath == file);
            with = with.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text(tree.ToString()), Parsing, file));
        }

        return with;
    }

    /// <summary>Names that somebody asks about, and what they mean.</summary>
    /// <param name="wanted">Of a name and its file.</param>
    /// <exception cref="InvalidOperationException">One means nothing: the search would see less than it should.</exception>
    public IEnumerable<NameUse> Uses(Func<SimpleNameSyntax, string, bool> wanted)
    {
        foreach ((SyntaxTree tree, SemanticModel model) in models)
        {
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Where(name => wanted(name, tree.FilePath)))
            {
                SymbolInfo info = model.GetSymbolInfo(name);
                if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { } symbol)
                    yield return new NameUse(tree.FilePath, name, symbol);
                else if (name.Identifier.Text is not ("nameof" or "var" or "_"))
                    throw new InvalidOperationException("not understood: " + Place(tree.FilePath, name));
            }
        }
    }

    /// <summary>Files of the types that a name can mean; an attribute is written without the end of its name.</summary>
    public static IEnumerable<string> FilesOf(SimpleNameSyntax name) => Types[name.Identifier.Text].Concat(Types[name.Identifier.Text + "Attribute"]);

    /// <summary>Names of members that hand out one of some types, which a file may ask without naming the type.</summary>
    public IEnumerable<string> MembersOf(Func<string, bool> inFile, params string[] types)
    {
        return compilation.SyntaxTrees.Where(tree => inFile(tree.FilePath)).SelectMany(tree => tree.GetRoot().DescendantNodes()).SelectMany(Names);

        IEnumerable<string> Names(SyntaxNode node) => node switch
        {
            PropertyDeclarationSyntax property when Is(property.Type) => [property.Identifier.Text],
            MethodDeclarationSyntax method when Is(method.ReturnType) => [method.Identifier.Text],
            FieldDeclarationSyntax field when Is(field.Declaration.Type) => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
            ParameterSyntax { Type: { } type, Parent.Parent: RecordDeclarationSyntax } parameter when Is(type) => [parameter.Identifier.Text],
            TupleElementSyntax element when Is(element.Type) => [element.Identifier.Text],
            _ => [],
        };

        bool Is(TypeSyntax type) => type.DescendantTokens().Any(token => types.Contains(token.ValueText, StringComparer.Ordinal));
    }

    /// <summary>Every name of the files in which one of some words stands.</summary>
    public IEnumerable<NameUse> UsesWith(Func<string, bool> inFile, params string[] words)
    {
        HashSet<string> files = [.. Trees.Where(tree => inFile(tree.FilePath) && tree.GetRoot().DescendantTokens().Any(token => words.Contains(token.ValueText, StringComparer.Ordinal))).Select(tree => tree.FilePath)];
        return Uses((_, file) => files.Contains(file));
    }

    /// <summary>What is known of the nodes of a file.</summary>
    public SemanticModel Model(SyntaxNode node) => models[node.SyntaxTree];

    /// <summary>Where a type, or the type of a member, is declared, as <see cref="NameUse.File"/>; null for whatever is not the compiler's.</summary>
    public static string? FileOf(ISymbol symbol)
    {
        INamedTypeSymbol? type = (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.OriginalDefinition;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
    }

    /// <summary>"file:line: text".</summary>
    public static string Place(string file, SyntaxNode node)
    {
        int line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
        return FormattableString.Invariant($"{file}:{line + 1}: {node.SyntaxTree.GetText().Lines[line].ToString().Trim()}");
    }

    private static string Declared(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };

    private static CSharpCompilation Compile()
    {
        string folder = Path.Combine(Sources.Root, "src", "Compiler");
        return CSharpCompilation.Create(
            "Sources",
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(path => (Path: Path.GetRelativePath(folder, path).Replace('\\', '/'), Full: path))
                .Where(file => file.Path.Split('/')[0] is not ("obj" or "bin"))
                .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Full), Parsing, file.Path)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
    }
}
