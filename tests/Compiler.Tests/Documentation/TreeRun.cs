using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>One executed assignment.</summary>
/// <param name="Target">What was written.</param>
/// <param name="Value">The expression.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Before">The variables that it could read.</param>
internal sealed record TreeStep(Expression Target, Expression Value, long Result, IReadOnlyDictionary<string, long> Before)
{
    /// <summary>The value of a part of the expression, without array elements.</summary>
    public long Of(Expression part) => TreeRun.Evaluate(part, Before, null);
}

/// <summary>Runs the trees of generated methods, which are what the emitter prints, and keeps every assignment.</summary>
/// <param name="fields">Arrays by name.</param>
/// <param name="after">Told the name of each kernel and method that a code has called.</param>
internal sealed class TreeRun(IReadOnlyDictionary<string, Array> fields, Action<string>? after = null)
{
    private readonly List<TreeStep> steps = [];

    /// <summary>Assignments in the order of execution.</summary>
    public IReadOnlyList<TreeStep> Steps => steps;

    /// <summary>Runs a layer's method: calls of copied kernels run the kernels themselves.</summary>
    public void Run(LayerCode code)
    {
        foreach (Call call in code.Entry.Method.Body.OfType<Call>())
        {
            if (code.Methods.FirstOrDefault(each => each.Method.Name == call.Method) is { } own)
                Run(own.Method);
            else
                RunKernel(call);
            after?.Invoke(call.Method);
        }
    }

    /// <summary>Runs a method, its optional arguments 0.</summary>
    public void Run(Method method)
    {
        var variables = method.Parameters.ToDictionary(parameter => parameter.Name, _ => 0L, StringComparer.Ordinal);
        var arrays = new Dictionary<string, Array>(fields, StringComparer.Ordinal);
        Run(method.Body, variables, arrays);
    }

    /// <summary>What an expression comes to.</summary>
    public static long Evaluate(Expression expression, IReadOnlyDictionary<string, long> variables, IReadOnlyDictionary<string, Array>? arrays)
    {
        long Of(Expression part) => Evaluate(part, variables, arrays);
        return expression switch
        {
            Literal literal => literal.Value,
            Local local => variables[local.Name],
            Argument argument => variables[argument.Name],
            Element element => System.Convert.ToInt64(arrays![NameOf(element.Array)].GetValue(Of(element.Index)), System.Globalization.CultureInfo.InvariantCulture),
            Not not => ~Of(not.Operand),
            Conversion convert => convert.Type switch { IlType.Bytes => unchecked((byte)Of(convert.Operand)), IlType.Int => unchecked((int)Of(convert.Operand)), _ => Of(convert.Operand) },
            Binary { Type: IlType.Int } binary => unchecked((int)Apply(binary.Operator, Of(binary.Left), Of(binary.Right))),
            Binary binary => Apply(binary.Operator, Of(binary.Left), Of(binary.Right)),
            _ => throw new NotSupportedException(expression.ToString()),
        };
    }

    private void Run(IEnumerable<Statement> body, Dictionary<string, long> variables, Dictionary<string, Array> arrays)
    {
        foreach (Statement statement in body)
        {
            switch (statement)
            {
                case Assign { Target: Local { Type: IlType.Longs or IlType.Bytes or IlType.Ints } array, Value: var field }:
                    arrays[array.Name] = arrays[NameOf(field)];
                    break;
                case Assign assign:
                    var before = new Dictionary<string, long>(variables, StringComparer.Ordinal);
                    long result = Evaluate(assign.Value, variables, arrays);
                    steps.Add(new TreeStep(assign.Target, assign.Value, result, before));
                    if (assign.Target is Element element)
                        Store(arrays[NameOf(element.Array)], Evaluate(element.Index, variables, arrays), result);
                    else
                        variables[NameOf(assign.Target)] = result;
                    break;
                case For loop:
                    for (int i = loop.First; i < loop.End; i += loop.Step)
                    {
                        variables[loop.Variable.Name] = i;
                        Run(loop.Body, variables, arrays);
                    }

                    break;
                case IfEqual test when Evaluate(test.Left, variables, arrays) == Evaluate(test.Right, variables, arrays):
                    Run(test.Body, variables, arrays);
                    break;
                case IfEqual or Declare or Comment or Blank:
                    break;
                default:
                    throw new NotSupportedException(statement.ToString());
            }
        }
    }

    private void RunKernel(Call call)
    {
        MethodInfo kernel = typeof(LaneKernels).GetMethod(call.Method)!;
        var given = call.Names.Zip(call.Arguments).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        kernel.Invoke(null, [.. kernel.GetParameters().Select(parameter => given[parameter.Name!] is Literal number ? (object)(int)number.Value : ArrayOf(given[parameter.Name!]))]);
    }

    private Array ArrayOf(Expression expression) => fields[NameOf(expression)];

    private static string NameOf(Expression expression) => expression switch
    {
        Local local => local.Name,
        Argument argument => argument.Name,
        StaticField field => field.Name,
        _ => throw new NotSupportedException(expression.ToString()),
    };

    private static void Store(Array array, long index, long value)
    {
        if (array is long[] longs)
            longs[index] = value;
        else if (array is byte[] bytes)
            bytes[index] = checked((byte)value);
        else
            ((int[])array)[index] = checked((int)value);
    }

    private static long Apply(Operator operation, long left, long right) => unchecked(operation switch
    {
        Operator.Add => left + right,
        Operator.Subtract => left - right,
        Operator.Multiply => left * right,
        Operator.And => left & right,
        Operator.Or => left | right,
        Operator.ShiftLeft => left << (int)right,
        _ => left >> (int)right,
    });
}
