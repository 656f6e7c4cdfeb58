using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>The blocks of the worked example, by the name that stands behind their fence in docs/kernels.md.</summary>
/// <param name="example">Compiled and run.</param>
internal sealed class KernelExampleText(KernelExample example)
{
    private readonly LaneText text = new(example.Layer.Format);
    private readonly LaneImage input = example.Layer.Input;
    private readonly int guard = 1 << example.Layer.Format.Guard;

    // The four positions of one pooled output, for each of the two outputs of a strip.
    private TreeStep[] Sums => [.. example.Run.Steps.Where(step => step.Target is Local local && local.Name.StartsWith('d'))];

    private TreeStep[] Bests => [.. example.Run.Steps.Where(step => step.Target is Local { Name: "best" })];

    private TreeStep[] Stores => [.. example.Run.Steps.Where(step => step.Target is Element)];

    /// <summary>All blocks.</summary>
    public IReadOnlyDictionary<string, string[]> Blocks() => new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["image"] = [.. Image()],
        ["packed"] = [.. Packed()],
        ["halo"] = [.. Halo()],
        ["method"] = [.. LaneText.Of(example.Program.Code[0].Methods.Single().Method)],
        ["plain"] = [.. Plain()],
        ["sum"] = [.. Sum()],
        ["guard"] = [.. Guard()],
        ["relu"] = [.. Relu()],
        ["maximum"] = [.. Maximum()],
        ["codes"] = [.. Codes()],
        ["unpacked"] = [.. Unpacked()],
    };

    private static IEnumerable<string> Image()
    {
        yield return "             strip 0    strip 1    strip 2    strip 3";
        for (int row = 0; row < KernelExample.Rows; row++)
            yield return Row(row, KernelExample.Codes.Select(code => (int)code), 3);
        yield return "";
        yield return "taps   " + Taps(0) + "      sum  = bias + taps * codes, bias 3 (rounding included)";
        yield return "       " + Taps(1) + "      code = min(7, max(0, best of 4 sums) >> 1)";
        yield return "       " + Taps(2);
    }

    private static string Row(int row, IEnumerable<int> values, int width, int columns = KernelExample.Columns) => FormattableString.Invariant($"line {row}  ")
        + string.Join("  |", values.Skip(row * columns).Take(columns).Chunk(columns / 4).Select(strip => string.Concat(strip.Select(value => Number(value, width)))));

    private static string Taps(int row) => string.Concat(KernelExample.Weights.Skip(row * 3).Take(3).Select(weight => Number(weight, 4)));

    private static string Number(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);

    private IEnumerable<string> Packed()
    {
        yield return "                                    strip 3    2    1    0";
        for (int line = 0; line < input.Lines; line++)
        {
            for (int place = 0; place < input.Places; place++)
            {
                long packed = example.Packed[example.Layer.InputStart + input.At(line, place)];
                yield return FormattableString.Invariant($"line {line}  place {place}   {LaneText.Hex(packed)}{text.Values(packed)}");
            }
        }
    }

    private IEnumerable<string> Halo()
    {
        long first = example.Packed[example.Layer.InputStart + input.At(0, 0)], last = example.Packed[example.Layer.InputStart + input.At(0, 1)];
        long before = Loaded(0, 0), behind = Loaded(0, 3);
        yield return "                     lane 3   lane 2   lane 1   lane 0";
        yield return "  place 1              " + text.Groups(last).Replace("   ", "     ", StringComparison.Ordinal);
        yield return "                           /        /        /          << 16";
        yield return "  before place 0       " + text.Groups(before).Replace("   ", "     ", StringComparison.Ordinal) + "  <- 0   " + LaneText.Hex(before);
        yield return "";
        yield return "  place 0              " + text.Groups(first).Replace("   ", "     ", StringComparison.Ordinal);
        yield return "                           \\        \\        \\             >> 16";
        yield return "  behind place 1  0 -> " + text.Groups(behind).Replace("   ", "     ", StringComparison.Ordinal) + "         " + LaneText.Hex(behind);
    }

    // What the first step loaded of the patch: lines above to two below, places before the strip to behind it.
    private long Loaded(int line, int place)
    {
        int element = ((line + 1) * 4) + place;
        var patch = new LanePatch(example.Layer);
        int[] used = LaneTile.Used(example.Layer, patch, example.Layer.Whole[0]);
        return example.Run.Steps.First(step => step.Target is Local local && local.Name == "p" + Array.IndexOf(used, element).ToString(CultureInfo.InvariantCulture)).Result;
    }

    private static IEnumerable<string> Plain()
    {
        yield return "             strip 0      strip 1      strip 2      strip 3";
        for (int row = 0; row < KernelExample.Rows; row++)
            yield return Row(row, PlainSums(), 4);
    }

    /// <summary>The convolution as the definition has it, nothing packed.</summary>
    public static IReadOnlyList<int> PlainSums()
    {
        var sums = new List<int>();
        for (int row = 0; row < KernelExample.Rows; row++)
        {
            for (int column = 0; column < KernelExample.Columns; column++)
            {
                int sum = KernelExample.Bias;
                for (int tap = 0; tap < 9; tap++)
                {
                    int y = row + (tap / 3) - 1, x = column + (tap % 3) - 1;
                    if (y is >= 0 and < KernelExample.Rows && x is >= 0 and < KernelExample.Columns)
                        sum += KernelExample.Weights[tap] * KernelExample.Codes[(y * KernelExample.Columns) + x];
                }

                sums.Add(sum);
            }
        }

        return sums;
    }

    private IEnumerable<string> Sum()
    {
        TreeStep step = Sums[0];
        yield return "                                           lane 3    2    1    0 less the guard";
        foreach ((string operation, Expression operand, Expression whole) in LaneText.Chain(step.Value))
        {
            if (operand is Binary { Operator: Operator.Multiply, Left: var members, Right: Local factor })
            {
                yield return "";
                yield return ("  " + LaneText.Of(members)).PadRight(24) + LaneText.Hex(step.Of(members)) + "   the group alone, " + factor.Name + " = " + Number(step.Of(factor), 1);
                yield return ("  (" + LaneText.Of(members) + ") * " + factor.Name).PadRight(24) + LaneText.Hex(step.Of(operand));
                yield return ("  sum " + operation + " that").PadRight(24) + LaneText.Hex(step.Of(whole)) + text.Values(step.Of(whole), guard);
                continue;
            }

            yield return (operand is Literal ? "  bias 3 and guard" : "  " + operation + " " + LaneText.Of(operand)).PadRight(24) + LaneText.Hex(step.Of(whole)) + text.Values(step.Of(whole), guard);
        }
    }

    private IEnumerable<string> Guard()
    {
        long sum = Sums[0].Result;
        foreach (int lane in new[] { NegativeLane(sum), PositiveLane(sum) })
        {
            int value = text.Bits(sum, lane) - guard;
            yield return FormattableString.Invariant($"  lane {lane}   {Number(value, 4)} + 32768 = {text.Bits(sum, lane)}   {text.Binary(sum, lane)}");
        }

        yield return "                                  ^ bit 15, the guard";
    }

    private int NegativeLane(long sum) => text.FromTheTop.Last(lane => text.Bits(sum, lane) < guard);

    private int PositiveLane(long sum) => text.FromTheTop.Last(lane => text.Bits(sum, lane) > guard);

    private IEnumerable<string> Relu() => Steps(Bests[0], Bests[0].Value, "d");

    // The parts of an expression, the innermost first; variables and constants apart.
    private static IEnumerable<string> Steps(TreeStep step, Expression whole, string first)
    {
        var parts = new List<Expression>();
        Add(whole);
        var constants = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Local local in parts.SelectMany(Operands).OfType<Local>().Where(local => !local.Name.StartsWith(first, StringComparison.Ordinal)))
            constants.Add(("  " + local.Name).PadRight(36) + LaneText.Hex(step.Before[local.Name]));
        foreach (string constant in constants)
            yield return constant;
        foreach (Local local in parts.SelectMany(Operands).OfType<Local>().Where(local => local.Name.StartsWith(first, StringComparison.Ordinal)).Distinct())
            yield return ("  " + local.Name).PadRight(36) + LaneText.Hex(step.Before[local.Name]);
        yield return "";
        foreach (Expression part in parts)
            yield return ("  " + Short(part, parts)).PadRight(36) + LaneText.Hex(step.Of(part));

        void Add(Expression expression)
        {
            if (expression is not Binary binary)
                return;
            Add(binary.Left);
            Add(binary.Right);
            parts.Add(binary);
        }
    }

    private static IEnumerable<Expression> Operands(Expression expression) => expression is Binary binary ? [binary.Left, binary.Right] : [];

    // A part that has its own line above is "(1)", "(2)" and so on.
    private static string Short(Expression part, List<Expression> parts)
    {
        var binary = (Binary)part;
        string Operand(Expression operand)
        {
            int index = parts.FindIndex(other => ReferenceEquals(other, operand));
            return index < 0 ? LaneText.Of(operand) : FormattableString.Invariant($"({index + 1})");
        }

        string symbol = LaneText.Of(new Binary(binary.Operator, new Local("x", binary.Left.Type), new Local("y", binary.Right.Type)))[2..^2];
        int own = parts.FindIndex(other => ReferenceEquals(other, part));
        return FormattableString.Invariant($"({own + 1})  ") + Operand(binary.Left) + " " + symbol + " " + Operand(binary.Right);
    }

    private IEnumerable<string> Maximum()
    {
        yield return "                                               lane 3    2    1    0";
        for (int position = 0; position < 4; position++)
        {
            TreeStep sum = Sums[position], best = Bests[position];
            string name = ((Local)sum.Target).Name;
            if (position > 0)
            {
                var difference = (Binary)sum.Value;
                yield return ("  sum at " + Number(position / 2, 1) + ", " + Number(position % 2, 1)).PadRight(28) + LaneText.Hex(sum.Of(difference.Left)) + text.Values(sum.Of(difference.Left), guard);
                yield return ("  " + name + " = sum - best").PadRight(28) + LaneText.Hex(sum.Result) + text.Values(sum.Result, guard);
                yield return ("  relu(" + name + ")").PadRight(28) + LaneText.Hex(best.Of(((Binary)best.Value).Left)) + text.Values(best.Of(((Binary)best.Value).Left));
            }
            else
            {
                yield return ("  " + name + " = sum at 0, 0").PadRight(28) + LaneText.Hex(sum.Result) + text.Values(sum.Result, guard);
            }

            yield return (position == 0 ? "  best = relu(" + name + ")" : "  best = relu(" + name + ") + best").PadRight(28) + LaneText.Hex(best.Result) + text.Values(best.Result);
            if (position < 3)
                yield return "";
        }
    }

    private IEnumerable<string> Codes()
    {
        foreach (string line in Steps(Stores[0], Stores[0].Value, "best"))
            yield return line;
        long codes = Stores[0].Result;
        yield return "";
        yield return "  codes of lanes 3 2 1 0".PadRight(36) + text.Values(codes).TrimStart();
    }

    private IEnumerable<string> Unpacked()
    {
        int columns = KernelExample.Columns / 2;
        for (int line = 0; line < 2; line++)
        {
            long packed = Stores[line].Result;
            yield return FormattableString.Invariant($"line {line}   {LaneText.Hex(packed)}   codes by strip  {string.Join("  ", Enumerable.Range(0, 4).Select(lane => text.Bits(packed, lane)))}   bytes  {string.Join(" ", UnpackedCodes().Skip(line * columns).Take(columns))}");
        }
    }

    /// <summary>Codes that the layer left in the arena of bytes.</summary>
    public IEnumerable<int> UnpackedCodes() => example.Arena.Skip(example.Program.Layers[0].Steps[0].Output).Take(KernelExample.Rows * KernelExample.Columns / 4).Select(code => (int)code);
}
