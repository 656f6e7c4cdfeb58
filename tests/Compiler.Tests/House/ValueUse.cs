using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>What becomes of the value that a name stands for.</summary>
internal static class ValueUse
{
    private static readonly string[] Identifying = ["Equals", "ReferenceEquals", "GetType", "ToString", "GetHashCode", "HasFlag", "CompareTo", "Compare", "Is", "SequenceEqual"];

    // Texts by their parts, or as keys.
    private static readonly string[] Searching = ["Contains", "ContainsKey", "TryGetValue", "IndexOf", "LastIndexOf", "StartsWith", "EndsWith", "BinarySearch", "CompareOrdinal", "IsMatch", "Concat"];

    /// <summary>Type of the value; null for what has none.</summary>
    public static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
        IMethodSymbol method => method.ReturnType,
        _ => null,
    };

    /// <summary>The whole expression that yields it: "layer.Operator.Of(x)!" of the name "Of".</summary>
    public static SyntaxNode Whole(SyntaxNode node)
    {
        while (true)
        {
            switch (node.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Name == node:
                case MemberBindingExpressionSyntax:
                case ConditionalAccessExpressionSyntax conditional when conditional.WhenNotNull == node:
                case InvocationExpressionSyntax invocation when invocation.Expression == node:
                case ElementAccessExpressionSyntax element when element.Expression == node:
                case ParenthesizedExpressionSyntax:
                case QualifiedNameSyntax qualified when qualified.Right == node:
                case AliasQualifiedNameSyntax:
                case ObjectCreationExpressionSyntax creation when creation.Type == node:
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                    node = node.Parent;
                    continue;
                default:
                    return node;
            }
        }
    }

    /// <summary>It is told apart from others: compared, matched, switched on, asked for its text or type.</summary>
    /// <param name="whole">The expression.</param>
    /// <param name="isOrdered">More and less may be asked.</param>
    public static bool IsToldApart(SyntaxNode whole, bool isOrdered = false) => whole.Parent switch
    {
        BinaryExpressionSyntax binary => (binary.OperatorToken.Kind() is SyntaxKind.EqualsEqualsToken or SyntaxKind.ExclamationEqualsToken or SyntaxKind.IsKeyword or SyntaxKind.AsKeyword
                || (!isOrdered && binary.OperatorToken.Kind() is SyntaxKind.LessThanToken or SyntaxKind.LessThanEqualsToken or SyntaxKind.GreaterThanToken or SyntaxKind.GreaterThanEqualsToken))
            && !IsNull(binary.Left) && !IsNull(binary.Right),
        IsPatternExpressionSyntax pattern => pattern.Expression != whole || !IsNullPattern(pattern.Pattern),
        SwitchStatementSyntax or SwitchExpressionSyntax or PatternSyntax or CaseSwitchLabelSyntax or CastExpressionSyntax or InterpolationSyntax => true,
        NameColonSyntax or ExpressionColonSyntax => whole.Parent.Parent is SubpatternSyntax { Pattern: var pattern } && !IsNullPattern(pattern),
        MemberAccessExpressionSyntax access => access.Expression == whole && Identifying.Contains(access.Name.Identifier.Text, StringComparer.Ordinal),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => Identifying.Contains(binding.Name.Identifier.Text, StringComparer.Ordinal),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } => Identifying.Contains(Called(invocation), StringComparer.Ordinal),
        _ => false,
    };

    /// <summary>It is handed on as what it is: an argument, a result or a variable of its own type.</summary>
    /// <param name="model">Of the file.</param>
    /// <param name="whole">The expression.</param>
    /// <param name="type">Of the value.</param>
    /// <param name="isAnyTaken">What takes values of any type may have it, and so compare it: lists and sets.</param>
    public static bool IsHandedOn(SemanticModel model, SyntaxNode whole, ITypeSymbol type, bool isAnyTaken = false) => whole.Parent switch
    {
        ArgumentSyntax argument => SymbolEqualityComparer.Default.Equals(ParameterType(model, argument, isAnyTaken), type) && !IsToldApart(whole),
        ArrowExpressionClauseSyntax or ReturnStatementSyntax or EqualsValueClauseSyntax => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(whole).ConvertedType, type),
        AssignmentExpressionSyntax assignment => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(assignment.Left).Type, type),
        _ => false,
    };

    /// <summary>A value is asked for what it says, or handed on as what it is: by the expression, one of whose branches it may be.</summary>
    public static bool IsAskedOrHandedOn(SemanticModel model, SyntaxNode whole, ITypeSymbol type) => whole.Parent switch
    {
        ConditionalExpressionSyntax choice when choice.Condition != whole => IsAskedOrHandedOn(model, Whole(choice), type),
        WithExpressionSyntax changed => IsAskedOrHandedOn(model, Whole(changed), type),
        ParenthesizedExpressionSyntax inner => IsAskedOrHandedOn(model, Whole(inner), type),
        MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax => !IsToldApart(whole),
        // One each, as a list: not a key, by which values are told apart.
        LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } } => Called(invocation) == "Select",
        IsPatternExpressionSyntax or BinaryExpressionSyntax => !IsToldApart(whole),
        _ => IsHandedOn(model, whole, type),
    };

    /// <summary>A text that says which one it is, is written out; any other use could ask it back.</summary>
    public static bool IsWritten(SyntaxNode whole) => whole.Parent switch
    {
        InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } => IsWritten(Whole(text)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsWritten(Whole(sum)),
        ConditionalExpressionSyntax choice when choice.Condition != whole => IsWritten(Whole(choice)),
        LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } } => Called(invocation) == "Select",
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax invocation } => !Identifying.Contains(Called(invocation), StringComparer.Ordinal) && !Searching.Contains(Called(invocation), StringComparer.Ordinal),
        ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax } or ExpressionElementSyntax or InitializerExpressionSyntax => true,
        // Written by a line below, under a name.
        EqualsValueClauseSyntax => whole is InterpolatedStringExpressionSyntax,
        _ => false,
    };

    /// <summary>The sum, difference, product or quotient of which a number is a part.</summary>
    public static SyntaxNode Arithmetic(SyntaxNode whole)
    {
        while (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression or (int)SyntaxKind.ModuloExpression } or ParenthesizedExpressionSyntax)
            whole = whole.Parent;
        return whole;
    }

    private static ITypeSymbol? ParameterType(SemanticModel model, ArgumentSyntax argument, bool isAnyTaken) => model.GetOperation(argument) switch
    {
        IArgumentOperation { Parameter: { } parameter } => isAnyTaken || parameter.OriginalDefinition.Type is not ITypeParameterSymbol ? parameter.Type : null,
        // One of several that are handed over as an array.
        _ => isAnyTaken && argument.Parent?.Parent is { } call && model.GetSymbolInfo(call).Symbol is IMethodSymbol { Parameters: [.., { IsParams: true, Type: IArrayTypeSymbol array }] } ? array.ElementType : null,
    };

    private static string Called(InvocationExpressionSyntax invocation) => invocation.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    private static bool IsNull(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.NullLiteralExpression);

    private static bool IsNullPattern(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => IsNull(constant.Expression),
        UnaryPatternSyntax not => IsNullPattern(not.Pattern),
        // { } name: there, whatever it is.
        RecursivePatternSyntax { Type: null, PositionalPatternClause: null, PropertyPatternClause: null or { Subpatterns.Count: 0 } } => true,
        _ => false,
    };
}
