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
    private static readonly string[] Texts = ["Name", "Keyword", "Describe", "Summary", "ToText"];

    // Amounts that may be more or less than others; which one it is, is a kind's business.
    private static readonly string[] Amounts = ["InputOf", "Divisor"];

    // Kinds for the reader of model files, which finds what it has read and knows what may come next.
    private static readonly string[] Finding = ["Find", "All", "First", "Next"];

    /// <summary>Layer kinds outside Operators.</summary>
    public static IEnumerable<string> Layers(CompilerSources sources) => sources
        .UsesWith(IsOutsideOperators, ["LayerKind", "Kind", "LayerOperators", "LayerOperator", "Operator", "Deconstruct", .. sources.MembersOf(IsOutsideOperators, ["LayerKind", "LayerOperator"])])
        .Where(use => IsMemberOf(use.Symbol, nameof(LayerKind)) || IsNamedAsValue(use, nameof(LayerKind)) || IsKindUsed(sources, use) || IsOneOf(use.Symbol, nameof(LayerOperator))
            || IsToldApart(sources, use, nameof(LayerOperator)) || IsPicked(use))
        .Select(use => use.Place);

    /// <summary>Kernels' kinds outside Kernels.</summary>
    public static IEnumerable<string> Kernels(CompilerSources sources)
    {
        string[] rooms = [.. CompilerSources.Types.Where(type => type.Key.EndsWith("Kernel", StringComparison.Ordinal)).SelectMany(type => type)
            .Where(file => file.Count(c => c == '/') == 2 && file.StartsWith("Kernels/", StringComparison.Ordinal)).Select(file => file[..(file.LastIndexOf('/') + 1)]).Distinct()];
        return sources
            .UsesWith(IsOutsideKernels, ["KernelKind", "Kind", "LayerKernel", "Kernel", "KernelRegistry", "IKernel", "Kernels", "Heads", "Deconstruct", .. sources.MembersOf(IsOutsideKernels, "KernelKind", "IKernel")])
            .Where(use => !IsRecord(use) && (IsMemberOf(use.Symbol, nameof(KernelKind)) || IsType(use.Symbol, nameof(KernelKind)) || IsType(ValueUse.TypeOf(use.Symbol), nameof(KernelKind))
                || (CompilerSources.FileOf(use.Symbol) is { } file && rooms.Any(room => file.StartsWith(room, StringComparison.Ordinal)))
                || IsToldApart(sources, use, nameof(IKernel)) || IsComparedWithOne(sources, use)))
            .Select(use => use.Place);
    }

    private static bool IsOutsideOperators(string file) => !file.StartsWith("Operators/", StringComparison.Ordinal);

    private static bool IsOutsideKernels(string file) => !file.StartsWith("Kernels/", StringComparison.Ordinal);

    // The record declares a kind, and makes choices of one; it asks for none.
    private static bool IsRecord(NameUse use) => use.File == KernelRecord && (IsType(use.Symbol, nameof(KernelKind)) || use.Symbol is IFieldSymbol)
        && (use.Node.Parent is ParameterSyntax || ValueUse.Whole(use.Node).Parent is ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax } || (use.Node.Parent as MemberAccessExpressionSyntax)?.Parent is ArgumentSyntax);

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
        // A method that is named and not called is handed to what calls it for many, as a key.
        return ValueUse.TypeOf(use.Symbol) is { } type && IsType(type, nameof(LayerKind))
            && (use.Symbol is IMethodSymbol && !IsCalled(use.Node) || !ValueUse.IsHandedOn(sources.Model(use.Node), ValueUse.Whole(use.Node), type, isAnyTaken: IsReader(use)));
    }

    private static bool IsCalled(SimpleNameSyntax name) => ValueUse.Whole(name) is InvocationExpressionSyntax;

    private static bool IsListed(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var element] } && IsType(element, nameof(LayerKind));

    // A concrete operator or kernel by its class.
    private static bool IsOneOf(ISymbol symbol, string name) => symbol is INamedTypeSymbol type && BasesOf(type.BaseType).Any(each => IsType(each, name));

    // It finds what it has read among what may come.
    private static bool IsReader(NameUse use) => use.File.StartsWith("Artifact/Reading/", StringComparison.Ordinal);

    private static bool IsToldApart(CompilerSources sources, NameUse use, string name)
    {
        if (ValueUse.TypeOf(use.Symbol) is not { } type)
            return false;
        bool isOne = BasesOf(type as INamedTypeSymbol).Concat(type.AllInterfaces).Any(each => IsType(each, name));
        bool says = Telling.Contains(use.Symbol.Name, StringComparer.Ordinal) && Speakers(use.Symbol.ContainingType).Any(each => IsType(each, name) || (name == nameof(IKernel) && IsType(each, nameof(LayerKernels))));
        SyntaxNode whole = ValueUse.Whole(use.Node);
        if (!says)
            return isOne && use.Symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor } && !Speakers(type as INamedTypeSymbol).Where(each => CompilerSources.FileOf(each) is not null).Any(each => ValueUse.IsAskedOrHandedOn(sources.Model(use.Node), whole, each));
        if (Texts.Contains(use.Symbol.Name, StringComparer.Ordinal))
            return !ValueUse.IsWritten(whole);
        // One tap less, or a number under another name, tells as much.
        return Amounts.Contains(use.Symbol.Name, StringComparer.Ordinal) ? ValueUse.IsToldApart(whole, isOrdered: true)
            : ValueUse.IsToldApart(ValueUse.Arithmetic(whole)) || (use.Symbol.Name == "Taps" && whole.Parent is EqualsValueClauseSyntax);
    }

    private static IEnumerable<INamedTypeSymbol> Speakers(INamedTypeSymbol? type) => type is null ? [] : BasesOf(type).Concat(type.AllInterfaces);

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    // From the list of all, or by its word.
    private static bool IsPicked(NameUse use) => Finding.Contains(use.Symbol.Name, StringComparer.Ordinal) && (IsType(use.Symbol.ContainingType, nameof(LayerOperators)) || IsType(use.Symbol.ContainingType, nameof(LayerOperator)))
        && !IsReader(use);

    // Two choices may be the same; whether one is a certain one is its kernel's business.
    private static bool IsComparedWithOne(CompilerSources sources, NameUse use)
    {
        SyntaxNode whole = ValueUse.Whole(use.Node);
        if (use.Symbol is { IsStatic: true, ContainingType: { } of } && (IsType(of, nameof(LayerKernel)) || (IsType(of, nameof(KernelPlan)) && IsType(ValueUse.TypeOf(use.Symbol), nameof(KernelPlan)))))
            return !ValueUse.IsAskedOrHandedOn(sources.Model(use.Node), whole, ValueUse.TypeOf(use.Symbol)!) || whole.Parent is EqualsValueClauseSyntax;
        if (IsType(use.Symbol, nameof(LayerKernel)) && use.Node.Parent is ObjectCreationExpressionSyntax)
            return ValueUse.IsToldApart(whole);
        // A record's text names its kind.
        return IsType(ValueUse.TypeOf(use.Symbol), nameof(LayerKernel)) && (whole.Parent is InterpolationSyntax or MemberAccessExpressionSyntax { Name.Identifier.Text: "ToString" or "GetHashCode" });
    }
}
