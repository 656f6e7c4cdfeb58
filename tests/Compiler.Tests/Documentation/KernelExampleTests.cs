using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Tests.Documentation;

/// <summary>
/// Every block of docs/kernels.md that has a name is what the compiler's own trees print and compute. ADAPTER_KERNEL_EXAMPLE=1 writes the blocks
/// into the page instead, after a change of the generated code.
/// </summary>
public sealed class KernelExampleTests
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("ADAPTER_KERNEL_EXAMPLE") == "1";
    private static readonly string[] Languages = ["text", "csharp"];
    private static readonly KernelExample Example = KernelExample.Create();

    public static TheoryData<string> Names => [.. Blocks().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_block_of_the_page_is_what_the_code_computes(string name)
    {
        string expected = string.Join("\n", Blocks()[name].Select(line => line.TrimEnd()));
        string page = Page();
        string fence = Languages.Select(language => "\n```" + language + " " + name + "\n").Single(each => page.Contains(each, StringComparison.Ordinal));
        int start = page.IndexOf(fence, StringComparison.Ordinal) + fence.Length, end = page.IndexOf("\n```", start, StringComparison.Ordinal);
        if (Writes)
            File.WriteAllText(PagePath(), page[..start] + expected + page[end..]);
        else
            Assert.Equal(expected, page[start..end]);
    }

    [Fact]
    public void No_long_of_the_page_stands_outside_those_blocks_unless_one_of_them_has_it()
    {
        var known = new HashSet<string>(Blocks().Values.SelectMany(lines => lines).SelectMany(Longs), StringComparer.Ordinal);
        string[] quoted = [.. Longs(Page())];
        Assert.True(quoted.Length >= 60, $"only {quoted.Length} longs quoted");
        Assert.All(quoted, number => Assert.Contains(number, known));
    }

    [Fact]
    public void The_codes_of_the_example_are_those_of_the_plain_convolution_and_of_the_interpreter()
    {
        IReadOnlyList<int> sums = KernelExampleText.PlainSums();
        const int columns = KernelExample.Columns;
        int[] plain = [.. Enumerable.Range(0, KernelExample.Rows * columns / 4).Select(output =>
        {
            int row = output / (columns / 2) * 2, column = output % (columns / 2) * 2;
            int best = new[] { 0, 1, columns, columns + 1 }.Max(offset => sums[(row * columns) + column + offset]);
            return Math.Min(KernelExample.MaxCode, Math.Max(0, best) >> KernelExample.Shift);
        })];
        Assert.Equal(plain, new KernelExampleText(Example).UnpackedCodes());
        Assert.Equal(plain, FixedPointInterpreter.Run(Example.Program.Network, KernelExample.Codes).Layers[0].Shared[0]);
    }

    [Fact]
    public void Strip_s_of_the_window_is_packed_into_lane_s_and_the_output_lies_over_a_line_that_was_read()
    {
        LaneImage image = Example.Layer.Input;
        for (int code = 0; code < KernelExample.Codes.Length; code++)
        {
            int column = code % KernelExample.Columns;
            long packed = Example.Packed[Example.Layer.InputStart + image.At(code / KernelExample.Columns, column % 2)];
            Assert.Equal(KernelExample.Codes[code], (packed >> (column / 2 * 16)) & 0xFFFF);
        }

        Assert.Equal(Example.Layer.InputStart - 1, Example.Layer.OutputStart);
        // Behind the images the sums of the last convolution, a loop: ten longs, and two rows of four columns and one more.
        Assert.Equal(11, Example.Program.Lanes.SumsStart);
        Assert.Equal(11 + 20, Example.Program.Lanes.Length);
        Assert.Equal(11 + 20, Example.Program.Lanes.LowerBound);
    }

    [Fact]
    public void The_example_shows_a_negative_sum_and_every_case_of_the_clamp()
    {
        IReadOnlyList<int> sums = KernelExampleText.PlainSums();
        int[] firsts = [.. Enumerable.Range(0, 4).Select(strip => sums[strip * 2])];
        Assert.Contains(firsts, sum => sum < 0);
        Assert.Contains(firsts, sum => sum > 0);
        int[] bests = [.. Enumerable.Range(0, 4).Select(strip => new[] { 0, 1, KernelExample.Columns, KernelExample.Columns + 1 }.Max(offset => sums[(strip * 2) + offset]))];
        Assert.Contains(bests, best => best < 0);
        Assert.Contains(((KernelExample.MaxCode + 1) << KernelExample.Shift) - 1, bests);
        Assert.Contains(bests, best => best >> KernelExample.Shift > KernelExample.MaxCode);
    }

    private static Dictionary<string, string[]> Blocks() => new KernelExampleText(Example).Blocks().Concat(DenseExample.Blocks()).Concat(CostExample.Blocks(Example))
        .ToDictionary(block => block.Key, block => block.Value, StringComparer.Ordinal);

    // 0x... constants of more than four digits.
    private static IEnumerable<string> Longs(string text) => Regex.Matches(text, "0x[0-9A-F]{5,16}", RegexOptions.NonBacktracking).Select(match => match.Value);

    private static string Page() => File.ReadAllText(PagePath()).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string PagePath()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return Path.Combine(folder.FullName, "docs", "kernels.md");
    }
}
