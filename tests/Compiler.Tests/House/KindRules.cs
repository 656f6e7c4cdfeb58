using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>
/// Where kinds are told apart outside their rooms, by whatever way: members of the enumerations, numbers, texts, patterns, types, and the names, widths and
/// sentences that say which kind it is.
/// </summary>
internal static class KindRules
{
    private const string KernelRecord = "Programs/LayerKernel.cs";

    // What an operator or kernel says of itself by which one could tell it from others; their yes and no questions are there to be asked.
    private static readonly string[] Telling = ["Name", "Keyword", "Taps", "Weights", "InputOf", "Divisor", "Describe", "Summary", "ToText", "Forms"];


    // Amounts that may be more or less than others; which one it is, is a kind's business.
    private static readonly string[] Amounts = ["InputOf", "Divisor"];

    // Kinds for the reader of model files, which finds what it has read and knows what may come next.
    private static readonly string[] Finding = ["Find", "All", "First", "Next"];

    // A file has a layer or a kernel in hand only where it is in one of these folders or names one.
    private static readonly string[] Knowing = ["Operators", "Artifact", "Model", "Interpreter", "Programs", "Kernels", "Memory", "Schedule", "Planning", "Budgets", "Emit", "Boards", "Compilation", "Reports", "SelfTest"];

    /// <summary>Layer kinds outside Operators.</summary>
    public static IEnumerable<string> Layers(CompilerSources sources) => sources
        .UsesWith(file => !file.StartsWith("Operators/", StringComparison.Ordinal), ["LayerKind", "Kind", "LayerOperators", "LayerOperator", "Operator", "Deconstruct"], Knowing)
        .Where(use => IsMemberOf(use.Symbol, nameof(LayerKind)) || IsNamedAsValue(use, nameof(LayerKind)) || IsKindUsed(sources, use) || IsOneOf(use.Symbol, nameof(LayerOperator))
            || IsToldApart(use, nameof(LayerOperator)) || IsPicked(use))
        .Select(use => use.Place);

    /// <summary>Kernels' kinds outside Kernels.</summary>
    public static IEnumerable<string> Kernels(CompilerSources sources)
    {
        string[] rooms = [.. CompilerSources.Types.Where(type => type.Key.EndsWith("Kernel", StringComparison.Ordinal)).SelectMany(type => type)
            .Where(file => file.Count(c => c == '/') == 2 && file.StartsWith("Kernels/", StringComparison.Ordinal)).Select(file => file[..(file.LastIndexOf('/') + 1)]).Distinct()];
        return sources
            .UsesWith(file => !file.StartsWith("Kernels/", StringComparison.Ordinal) && file != KernelRecord, [
                    "KernelKind", "Kind", "LayerKernel", "KernelRegistry", "IKernel", "ToText", "Summary", "Forms", "Deconstruct",
                    .. CompilerSources.Types.Where(type => type.Any(file => rooms.Any(room => file.StartsWith(room, StringComparison.Ordinal)))).Select(type => type.Key),
                ], Knowing)
            .Where(use => IsMemberOf(use.Symbol, nameof(KernelKind)) || IsType(use.Symbol, nameof(KernelKind)) || IsType(ValueUse.TypeOf(use.Symbol), nameof(KernelKind))
                || (CompilerSources.FileOf(use.Symbol) is { } file && rooms.Any(room => file.StartsWith(room, StringComparison.Ordinal)))
                || IsToldApart(use, nameof(IKernel)) || IsComparedWithOne(use))
            .Select(use => use.Place);
    }

    private static bool IsType(ISymbol? symbol, string name) => symbol is INamedTypeSymbol type && type.Name == name && CompilerSources.FileOf(type) is not null;

    private static bool IsMemberOf(ISymbol symbol, string name) => symbol is IFieldSymbol && IsType(symbol.ContainingType, name);

    // In a cast, typeof, a call's type arguments: anywhere but where a parameter, a field or a variable is declared.
    private static bool IsNamedAsValue(NameUse use, string name) => IsType(use.Symbol, name) && use.Node.Ancestors().TakeWhile(node => node is not (MemberDeclarationSyntax or StatementSyntax))
        .Any(node => node is CastExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or InvocationExpressionSyntax or BinaryExpressionSyntax or PatternSyntax or ArrayCreationExpressionSyntax or SizeOfExpressionSyntax)
        && use.Node.FirstAncestorOrSelf<ParameterSyntax>() is null;

    private static bool IsKindUsed(CompilerSources sources, NameUse use)
    {
        if (IsListed(ValueUse.TypeOf(use.Symbol)))
            return use.Node.Parent is ElementAccessExpressionSyntax || ValueUse.Whole(use.Node).Parent is ElementAccessExpressionSyntax;
        if (ValueUse.TypeOf(use.Symbol) is not { } type || !IsType(type, nameof(LayerKind)) || use.Symbol is IMethodSymbol && !IsCalled(use.Node))
            return false;
        return !ValueUse.IsHandedOn(sources.Model(use.Node), ValueUse.Whole(use.Node), type);
    }

    private static bool IsCalled(SimpleNameSyntax name) => ValueUse.Whole(name) is InvocationExpressionSyntax;

    private static bool IsListed(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var element] } && IsType(element, nameof(LayerKind));

    // A concrete operator or kernel by its class.
    private static bool IsOneOf(ISymbol symbol, string name) => symbol is INamedTypeSymbol type && BasesOf(type.BaseType).Any(each => IsType(each, name));

    private static bool IsToldApart(NameUse use, string name)
    {
        if (ValueUse.TypeOf(use.Symbol) is not { } type)
            return false;
        bool isOne = BasesOf(type as INamedTypeSymbol).Concat(type.AllInterfaces).Any(each => IsType(each, name));
        bool says = Telling.Contains(use.Symbol.Name, StringComparer.Ordinal) && Speakers(use.Symbol.ContainingType).Any(each => IsType(each, name) || (name == nameof(IKernel) && IsType(each, nameof(LayerKernels))));
        SyntaxNode whole = ValueUse.Whole(use.Node);
        return says ? ValueUse.IsToldApart(whole, isOrdered: Amounts.Contains(use.Symbol.Name, StringComparer.Ordinal)) && whole.Parent is not InterpolationSyntax
            : isOne && ValueUse.IsToldApart(whole);
    }

    private static IEnumerable<INamedTypeSymbol> Speakers(INamedTypeSymbol? type) => type is null ? [] : BasesOf(type).Concat(type.AllInterfaces);

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    // From the list of all, or by its word.
    private static bool IsPicked(NameUse use) => Finding.Contains(use.Symbol.Name, StringComparer.Ordinal) && (IsType(use.Symbol.ContainingType, nameof(LayerOperators)) || IsType(use.Symbol.ContainingType, nameof(LayerOperator)))
        && !use.File.StartsWith("Artifact/Reading/", StringComparison.Ordinal);

    // Two choices may be the same; whether one is a certain one is its kernel's business.
    private static bool IsComparedWithOne(NameUse use) =>
        ((use.Symbol.IsStatic && IsType(use.Symbol.ContainingType, nameof(LayerKernel))) || (IsType(use.Symbol, nameof(LayerKernel)) && use.Node.Parent is ObjectCreationExpressionSyntax))
        && ValueUse.IsToldApart(ValueUse.Whole(use.Node));
}
