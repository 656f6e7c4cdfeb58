using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Prints a method's tree as C# 7.3, with no parenthesis that a reader does not need.</summary>
public static class CSharpPrinter
{
    private const int LineLength = 120;

    /// <summary>The method with its documentation, not indented, one statement a line.</summary>
    public static IEnumerable<string> Print(Method method) => Print(method, inRows: false);

    /// <summary>The same, but a comment and all assignments under it are one line: what a retrained output changes.</summary>
    public static IEnumerable<string> PrintRows(Method method) => Print(method, inRows: true);

    private static IEnumerable<string> Print(Method method, bool inRows)
    {
        foreach (string line in method.Documentation)
            yield return (method.IsPublic ? "/// " : "// ") + line;
        foreach (string line in Wrapped($"{(method.IsPublic ? "public" : "private")} static {TypeName(method.Returns)} {method.Name}(", method.Parameters.Select(p => TypeName(p.Type) + " " + p.Name + (p.IsVariable ? " = 0" : "")), ")"))
            yield return line;
        yield return "{";
        foreach (string line in Print(method.Body, 1, inRows))
            yield return line;
        yield return "}";
    }

    private static IEnumerable<string> Print(ValueArray<Statement> statements, int depth, bool inRows)
    {
        string indent = new(' ', depth * 4);
        for (int i = 0; i < statements.Count; i++)
        {
            Statement statement = statements[i];
            switch (statement)
            {
                case Comment comment when inRows && i + 1 < statements.Count && statements[i + 1] is Assign:
                    string row = indent + "/* " + comment.Text + " */";
                    while (i + 1 < statements.Count && statements[i + 1] is Assign next)
                    {
                        row += " " + Print(next);
                        i++;
                    }

                    yield return row;
                    break;
                case Blank:
                    yield return "";
                    break;
                case Comment comment:
                    yield return indent + "// " + comment.Text;
                    break;
                case Assign assign:
                    yield return indent + Print(assign);
                    break;
                case Declare declare:
                    yield return indent + TypeName(declare.Local.Type) + " " + declare.Local.Name + ";";
                    break;
                case DoWhile loop:
                    yield return indent + "do";
                    yield return indent + "{";
                    foreach (string line in Print(loop.Body, depth + 1, inRows))
                        yield return line;
                    yield return indent + "}";
                    yield return indent + "while (" + Print(loop.Condition) + " != 0);";
                    break;
                case Return result:
                    yield return indent + "return " + Print(result.Value) + ";";
                    break;
                case Refuse refuse:
                    yield return indent + "if (" + string.Join(" || ", refuse.Conditions.Select(Print)) + ")";
                    yield return indent + "    return " + Print(refuse.Body.Value) + ";";
                    break;
                case Call call:
                    foreach (string line in PrintCall(call))
                        yield return indent + line;
                    break;
                default:
                    foreach (string line in PrintBlock(statement, indent, depth, inRows))
                        yield return line;
                    break;
            }
        }
    }

    // Named arguments in lines of a readable length.
    private static IEnumerable<string> PrintCall(Call call)
    {
        string[] arguments = [.. call.Arguments.Select((argument, i) => (call.Names.Count == 0 ? "" : call.Names[i] + ": ") + Print(argument))];
        if (call.Names.Count == 0)
        {
            yield return call.Method + "(" + string.Join(", ", arguments) + ");";
            yield break;
        }

        foreach (string line in Wrapped(call.Method + "(", arguments, ");"))
            yield return line;
    }

    // On one line where that is short, else indented lines of a readable length.
    private static IEnumerable<string> Wrapped(string head, IEnumerable<string> items, string end)
    {
        string[] all = [.. items];
        if (head.Length + all.Sum(item => item.Length + 2) + end.Length <= LineLength)
        {
            yield return head + string.Join(", ", all) + end;
            yield break;
        }

        yield return head;
        string open = "";
        foreach (string item in all)
        {
            if (open.Length > 0 && open.Length + item.Length > LineLength)
            {
                yield return "    " + open + ",";
                open = "";
            }

            open += (open.Length == 0 ? "" : ", ") + item;
        }

        yield return "    " + open + end;
    }

    private static IEnumerable<string> PrintBlock(Statement statement, string indent, int depth, bool inRows)
    {
        (string head, ValueArray<Statement> body) = statement switch
        {
            For loop => (FormattableString.Invariant($"for (int {loop.Variable.Name} = {loop.First}; {loop.Variable.Name} < {loop.End}; {loop.Variable.Name} += {loop.Step})"), loop.Body),
            IfAbove test => ($"if ({Print(test.Left)} > {test.Limit.ToString(CultureInfo.InvariantCulture)})", test.Body),
            IfBelow test => ($"if ({Print(test.Left)} < {Operand(test.Limit)})", test.Body),
            IfAny test => ("if (" + Operand(test.Value) + " != 0)", test.Body),
            IfEqual test => ("if (" + Print(new Comparison(test.Left, IsEqual: true, test.Right)) + ")", test.Body),
            IfAsked guard => ($"if (({Print(guard.Flags)} & {guard.MaskName}) != 0)", guard.Body),
            _ => throw new ArgumentException($"{statement.GetType().Name} cannot be printed", nameof(statement)),
        };
        yield return indent + head;
        yield return indent + "{";
        foreach (string line in Print(body, depth + 1, inRows))
            yield return line;
        yield return indent + "}";
    }

    private static string Print(Assign assign) =>
        (assign.Declares ? TypeName(assign.Target.Type) + " " : "") + Print(assign.Target) + " = " + Print(assign.Value) + ";";

    private static string Print(Comparison comparison) => comparison.Right is Literal { Type: IlType.Bool, Value: 0 }
        ? (comparison.IsEqual ? "!" : "") + Operand(comparison.Left)
        : Operand(comparison.Left) + (comparison.IsEqual ? " == " : " != ") + (comparison.Right is null ? "null" : Operand(comparison.Right));

    /// <summary>An expression.</summary>
    internal static string Print(Expression expression) => expression switch
    {
        Literal literal => PrintLiteral(literal),
        Constant constant => constant.Name,
        PropertyValue property => property.Name,
        Length length => Print(length.Array) + ".Length",
        Result result => result.Method + "(" + string.Join(", ", result.Arguments.Select(Print)) + ")",
        Local local => local.Name,
        Argument argument => argument.Name,
        StaticField field => field.Name,
        Element element => Print(element.Array) + "[" + Print(element.Index) + "]",
        // Without the step over int the C# compiler would make an unsigned long of a byte (docs/interpreter.md, trap 1).
        Conversion { Type: IlType.Long, Operand: Element { Array.Type: IlType.Bytes } } convert => "(long)(int)" + Print(convert.Operand),
        Conversion convert => "(" + (convert.Type == IlType.Bytes ? "byte" : TypeName(convert.Type)) + ")" + Operand(convert.Operand),
        Not not => "~" + Operand(not.Operand),
        Kept kept => "(" + Print(kept.Variable) + " = " + Print(kept.Value) + ")",
        Binary binary => PrintBinary(binary),
        _ => throw new ArgumentException($"{expression.GetType().Name} cannot be printed", nameof(expression)),
    };

    private static string PrintBinary(Binary binary)
    {
        bool isSum = binary.Operator is Operator.Add or Operator.Subtract;
        // A sum of sums and products reads without parentheses on its left, products also on its right.
        string left = isSum && binary.Left is Binary { Operator: Operator.Add or Operator.Subtract or Operator.Multiply } ? Print(binary.Left) : Operand(binary.Left);
        string right = isSum && binary.Right is Binary { Operator: Operator.Multiply } ? Print(binary.Right) : Operand(binary.Right);
        return left + " " + Symbol(binary.Operator) + " " + right;
    }

    // What has a blank in it is a sum or a product of constants, which only parentheses make one number of.
    private static string Operand(Expression expression) => expression is Binary || (expression is PlaceLiteral place && place.Text.Contains(" ")) ? "(" + Print(expression) + ")" : Print(expression);

    private static string PrintLiteral(Literal literal)
    {
        if (literal is PlaceLiteral place)
            return place.Text;
        if (literal.Type == IlType.Bool)
            return literal.Value == 0 ? "false" : "true";
        if (literal.Type != IlType.Long)
            return literal.Value.ToString(CultureInfo.InvariantCulture);
        return literal.Value > 9999
            ? "0x" + literal.Value.ToString("X", CultureInfo.InvariantCulture) + "L"
            : literal.Value.ToString(CultureInfo.InvariantCulture) + "L";
    }

    private static string Symbol(Operator operation) => operation switch
    {
        Operator.Add => "+",
        Operator.Subtract => "-",
        Operator.Multiply => "*",
        Operator.And => "&",
        Operator.Or => "|",
        Operator.Xor => "^",
        Operator.ShiftLeft => "<<",
        _ => ">>",
    };

    /// <summary>A type's keyword.</summary>
    internal static string TypeName(IlType type) => type switch
    {
        IlType.Int => "int",
        IlType.Long => "long",
        IlType.Bytes => "byte[]",
        IlType.SBytes => "sbyte[]",
        IlType.Ints => "int[]",
        IlType.Longs => "long[]",
        IlType.Shorts => "short[]",
        IlType.Bool => "bool",
        IlType.String => "string",
        IlType.Strings => "string[]",
        _ => "void",
    };
}
