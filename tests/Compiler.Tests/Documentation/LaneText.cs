using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>How docs/kernels.md writes longs, lanes and expressions.</summary>
/// <param name="format">Lanes.</param>
internal sealed class LaneText(LaneFormat format)
{
    /// <summary>The bits of one lane, 0 the lowest.</summary>
    public int Bits(long packed, int lane) => (int)((packed >> (lane * format.Bits)) & ((1L << format.Bits) - 1));

    /// <summary>Lanes as in the long: the highest first.</summary>
    public IEnumerable<int> FromTheTop => Enumerable.Range(0, format.Lanes).Reverse();

    /// <summary>"0x0123456789ABCDEF".</summary>
    public static string Hex(long packed) => "0x" + packed.ToString("X16", CultureInfo.InvariantCulture);

    /// <summary>What lanes hold, less an offset each carries.</summary>
    public string Values(long packed, long offset = 0) =>
        string.Concat(FromTheTop.Select(lane => (Bits(packed, lane) - offset).ToString(CultureInfo.InvariantCulture).PadLeft(5)));

    /// <summary>Hexadecimal digits of each lane.</summary>
    public string Groups(long packed) => string.Join("   ", FromTheTop.Select(lane => Bits(packed, lane).ToString("X4", CultureInfo.InvariantCulture)));

    /// <summary>"1000 0000 0000 0011".</summary>
    public string Binary(long packed, int lane)
    {
        string digits = System.Convert.ToString(Bits(packed, lane), 2).PadLeft(format.Bits, '0');
        return string.Join(" ", Enumerable.Range(0, digits.Length / 4).Select(i => digits.Substring(4 * i, 4)));
    }

    /// <summary>An expression as generated code has it.</summary>
    public static string Of(Expression expression) => Statement(new Assign(new Local("v", expression.Type), expression))["v = ".Length..^1];

    /// <summary>A statement as generated code has it.</summary>
    public static string Statement(Statement statement) =>
        CSharpPrinter.Print(new Method("M", ValueArray<Argument>.Empty, ValueArray.Of(statement), ValueArray<string>.Empty)).ElementAt(2).Trim();

    /// <summary>A method as generated code has it.</summary>
    public static IEnumerable<string> Of(Method method) => CSharpPrinter.Print(method);

    /// <summary>Operands of a chain of sums and differences, with the sums up to each: the leaves of its left spine.</summary>
    public static IEnumerable<(string Operation, Expression Operand, Expression Whole)> Chain(Expression expression)
    {
        var chain = new Stack<(string, Expression, Expression)>();
        while (expression is Binary { Operator: Operator.Add or Operator.Subtract } sum)
        {
            chain.Push((sum.Operator == Operator.Add ? "+" : "-", sum.Right, sum));
            expression = sum.Left;
        }

        chain.Push(("", expression, expression));
        return chain;
    }
}
