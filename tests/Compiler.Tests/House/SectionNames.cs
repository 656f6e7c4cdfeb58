using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Kernels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>Where sources name a copied section: as a text, a part of one, or a constant. Its own folder may, where it is marked, and the registry.</summary>
internal static class SectionNames
{
    // The sketch for a clip has a method of the same name as a kernel, copied from its own file.
    private static readonly string[] Others = ["Kernels/KernelRegistry.cs", "SelfTest/ClipEmitter.cs"];

    private static readonly Dictionary<string, string> Folders = Marked();

    // Constants of the kernels: only these can hold a name that is written nowhere else.
    private static readonly HashSet<string> Constants = [.. CompilerSources.All.Trees.Where(tree => tree.FilePath.StartsWith("Kernels/", StringComparison.Ordinal))
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>())
        .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword))
        .SelectMany(field => field.Declaration.Variables).Select(variable => variable.Identifier.Text)];

    private static bool IsConstant(BinaryExpressionSyntax sum) => sum.DescendantNodes().All(node => node is BinaryExpressionSyntax or LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax);

    // Folder in which a section is marked, from src/Compiler.
    private static Dictionary<string, string> Marked()
    {
        string compiler = Path.Combine(Sources.Root, "src", "Compiler");
        Dictionary<string, string> marked = Directory.EnumerateFiles(Path.Combine(compiler, "Kernels"), "*Kernels.cs", SearchOption.AllDirectories)
            .SelectMany(path => File.ReadLines(path).Select(line => line.Trim()).Where(line => line.StartsWith("// <copied ", StringComparison.Ordinal))
                .Select(line => (Name: line["// <copied ".Length..^1], Folder: Path.GetDirectoryName(Path.GetRelativePath(compiler, path))!.Replace('\\', '/'))))
            .ToDictionary(section => section.Name, section => section.Folder, StringComparer.Ordinal);
        foreach (var variant in KernelRegistry.Variants)
            marked[variant.Name] = marked[variant.Marked];
        return marked;
    }

    /// <summary>Names outside the section's folder.</summary>
    public static IEnumerable<string> Outside(CompilerSources sources)
    {
        foreach ((SyntaxNode node, string text) in sources.Trees.SelectMany(tree => Texts(sources, tree)))
        {
            string file = node.SyntaxTree.FilePath, folder = file[..Math.Max(0, file.LastIndexOf('/'))];
            if (!Others.Contains(file, StringComparer.Ordinal) && Folders.Any(section => section.Value != folder && Says(text, section.Key)))
                yield return CompilerSources.Place(file, node);
        }
    }

    private static bool Says(string text, string section) =>
        text.Contains(section, StringComparison.Ordinal) && (text.Trim() == section || Regex.IsMatch(text, Pattern(section), RegexOptions.NonBacktracking));

    // "Pack" may begin a sentence, "ConvolveFour" does not.
    private static string Pattern(string section) => section.Skip(1).Any(char.IsUpper) ? @"(^|\W)" + section + @"($|\W)" : @"(^|\W)" + section + @"\(|(^|[^\w ])" + section + @"($|[^\w ])";

    // Literals, what is written between the holes of interpolated ones, sums of constants, and constants by their names.
    private static IEnumerable<(SyntaxNode Node, string Text)> Texts(CompilerSources sources, SyntaxTree tree)
    {
        SemanticModel model = sources.Model(tree.GetRoot());
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            switch (node)
            {
                case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression): yield return (node, literal.Token.ValueText); break;
                case InterpolatedStringTextSyntax part: yield return (node, part.TextToken.ValueText); break;
                case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) && IsConstant(sum) && model.GetConstantValue(sum) is { HasValue: true, Value: string text }: yield return (node, text); break;
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } name when model.GetConstantValue(name) is { HasValue: true, Value: string text }: yield return (node, text); break;
                case IdentifierNameSyntax name when Constants.Contains(name.Identifier.Text) && model.GetSymbolInfo(name).Symbol is IFieldSymbol { IsConst: true, ConstantValue: string text }: yield return (node, text); break;
            }
        }
    }
}
