using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.SelfTest;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.SelfTest;

/// <summary>The emitted self-test, compiled and run. One class, so that no two tests redirect the console at once.</summary>
[Collection(ConsoleProgram.Collection)]
public sealed class SelfTestTests
{
    private static readonly EmitOptions Names = new("AudioModel", "Firmware", "tiny.adapter");
    private static readonly GeneratedCase Tiny = GeneratedCase.Create(0, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11")));

    [Fact]
    public void Every_vector_passes_on_the_desktop()
    {
        string[] lines = Run(Files(Tiny));
        Assert.Equal("AudioModel self-test: keyword, music-speech", lines[0]);
        Assert.Equal(Enumerable.Range(1, 16).Select(n => FormattableString.Invariant($"PASS {n}")), lines[1..17]);
        Assert.Matches("^self-test: 16 of 16 vectors equal, [0-9]+ ms a window$", Assert.Single(lines[17..]));
    }

    [Fact]
    public void Random_networks_pass()
    {
        foreach (GeneratedCase c in Enumerable.Range(30_000, 6).Select(GeneratedCase.Create))
        {
            EmittedFile[] files = Files(c);
            Assert.StartsWith("self-test: 16 of 16 vectors equal", Run(files)[^1], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Hash", "")]
    [InlineData("Compare", "Main")]
    public void The_class_may_be_called_as_a_member_is(string className, string @namespace)
    {
        EmittedFile[] files = Files(Tiny, new EmitOptions(className, @namespace, "tiny.adapter"));
        string type = (@namespace.Length > 0 ? @namespace + "." : "") + className + "SelfTest";
        Assert.StartsWith("self-test: 16 of 16 vectors equal", ConsoleProgram.Run(files, type)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_parts_passes()
    {
        var options = new CompilationOptions(Names.ClassName, Names.Namespace, Names.SourceName, ValueArray<string>.Empty, DeviceNames.Default, Parts: 2);
        CompilationResult[] parts = [.. Enumerable.Range(1, 2).Select(number => ModelCompiler.Compile(ModelWriter.Write(Tiny.Artifact), options with { Part = number }))];
        EmittedFile selfTest = SelfTestEmitter.Emit(parts[1].Program!, Names);
        Assert.Equal(Files(Tiny)[2], selfTest);
        Assert.StartsWith("self-test: 16 of 16 vectors equal", Run([.. parts.SelectMany(part => part.Files), selfTest])[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Overflow_checks_change_nothing() =>
        Assert.StartsWith("self-test: 16 of 16 vectors equal", Run(Files(Tiny, Names, KernelPlan.Loops), checkOverflow: true)[^1], StringComparison.Ordinal);

    [Fact]
    public void One_changed_weight_fails_and_is_named()
    {
        EmittedFile[] files = Files(Tiny);
        // The last row of the weight table is the last class of the second task's head.
        int end = files[1].Text.IndexOf("};", StringComparison.Ordinal);
        int comma = files[1].Text.LastIndexOf(',', end), start = files[1].Text.LastIndexOf(' ', comma) + 1;
        string changed = files[1].Text[start..comma] == "0" ? "1" : "0";
        files[1] = files[1] with { Text = files[1].Text[..start] + changed + files[1].Text[comma..] };

        string[] lines = Run(files);
        string[] failures = [.. lines.Where(line => line.StartsWith("FAIL ", StringComparison.Ordinal))];
        Assert.NotEmpty(failures);
        Assert.All(failures, line => Assert.Matches("^FAIL [0-9]+ music-speech: hash -?[0-9]+, expected -?[0-9]+, logits( -?[0-9]+){2};$", line));
        Assert.StartsWith(FormattableString.Invariant($"self-test: {16 - failures.Length} of 16 vectors equal"), lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_window_that_does_not_run_is_told()
    {
        EmittedFile[] files = Files(Tiny);
        files[2] = files[2] with { Text = files[2].Text.Replace("new byte[global::Firmware.AudioModel.InputLength]", "new byte[global::Firmware.AudioModel.InputLength + 1]", StringComparison.Ordinal) };
        string[] lines = Run(files);
        Assert.Equal("FAIL 1 Run returned false", lines[1]);
        Assert.StartsWith("self-test: 0 of 16 vectors equal", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_free_heap_is_printed_where_a_board_can_tell()
    {
        var hook = new EmittedFile("Hook.cs", """
            namespace Firmware
            {
                public static partial class AudioModelSelfTest
                {
                    static partial void MeasureFreeHeap(ref int bytes) { bytes = 61120; }
                }
            }
            """);
        Assert.Contains("free heap: 61120 bytes before, 61120 after", Run([.. Files(Tiny), hook]));
    }

    [Fact]
    public void It_compiles_for_the_device_and_refers_to_mscorlib_only() =>
        Assert.Equal("mscorlib", Assert.Single(IlSize.Of(GeneratedAssembly.Compile(Files(Tiny), ClassLibrary.NanoFramework)).References));

    [Fact]
    public void The_same_bytes_under_any_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            string invariant = Files(Tiny)[2].Text;
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NegativeSign = "\u2212";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(invariant, Files(Tiny)[2].Text);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Windows_reach_both_ends_and_differ()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int window = 0; window < 16; window++)
        {
            byte[] codes = new byte[96 * 64];
            SelfTestKernels.FillWindow(codes, 64, 127, window);
            Assert.InRange(codes.Max(), window == 0 ? 0 : 15, 127);
            Assert.True(seen.Add(Convert.ToBase64String(codes)), $"window {window} is there twice");
            if (window > 3)
                Assert.Equal((127 >> (window % 4)) + 1, codes.Distinct().Count());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_hash_tells_one_changed_logit(int position)
    {
        int[] logits = [12_345, -7, int.MaxValue], other = [.. logits];
        other[position] ^= 1;
        Assert.NotEqual(SelfTestKernels.Hash(logits), SelfTestKernels.Hash(other));
    }

    private static EmittedFile[] Files(GeneratedCase c) => Files(c, Names);

    private static EmittedFile[] Files(GeneratedCase c, EmitOptions names, Func<Network, KernelPlan>? planner = null)
    {
        string text = ModelWriter.Write(c.Artifact);
        var options = new CompilationOptions(names.ClassName, names.Namespace, names.SourceName, c.Options.Tasks, c.Options.Device);
        CompilationResult result = planner is null ? ModelCompiler.Compile(text, options) : ModelCompiler.Compile(text, options, network => [planner(network)]);
        return [.. result.Files, SelfTestEmitter.Emit(result.Program!, names)];
    }

    private static string[] Run(IEnumerable<EmittedFile> files, bool checkOverflow = false) =>
        ConsoleProgram.Run(files, "Firmware.AudioModelSelfTest", checkOverflow: checkOverflow);
}
