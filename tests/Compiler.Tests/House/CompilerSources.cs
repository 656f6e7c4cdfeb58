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

    /// <summary>A name that may be a type's: not a member of some value. What stands in front of a type is a namespace.</summary>
    public static bool MayBeType(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => Spaces.Contains(access.Expression is MemberAccessExpressionSyntax inner ? inner.Name.Identifier.Text : access.Expression.ToString()),
        MemberBindingExpressionSyntax or NameColonSyntax => false,
        _ => true,
    };

    /// <summary>Every name of the files in which one of some words stands, and which are in one of some folders or name one.</summary>
    public IEnumerable<NameUse> UsesWith(Predicate<string> inFile, IEnumerable<string> words, IReadOnlyCollection<string> folders)
    {
        HashSet<string> wanted = [.. words], files = [.. Trees.Where(IsWanted).Select(tree => tree.FilePath)];
        return Uses((_, file) => files.Contains(file));

        bool IsWanted(SyntaxTree tree)
        {
            if (!inFile(tree.FilePath))
                return false;
            HashSet<string> tokens = [.. tree.GetRoot().DescendantTokens().Select(token => token.ValueText)];
            return tokens.Overlaps(wanted) && (folders.Contains(tree.FilePath.Split('/')[0]) || tokens.Overlaps(folders));
        }
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

    // Every word of a namespace.
    private static readonly HashSet<string> Spaces = ["global::AdapterCompiler", "AdapterCompiler", .. All.Trees.SelectMany(tree => tree.FilePath.Split('/')[..^1])];

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
