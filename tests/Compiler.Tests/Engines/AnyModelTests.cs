using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Hosting;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// A valid model compiles or is refused with reasons, for every device, goal and amount of memory: nothing is thrown.
/// ADAPTER_COMPILES=2000 tries two thousand; seeds are 0, 1, 2 …
/// </summary>
public sealed class AnyModelTests(ITestOutputHelper output)
{
    private static readonly string[] Memories = ["", "", "1000", "8K", "30K", "200K"];

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_COMPILES"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 120;

    [Fact]
    public void Whatever_is_asked_of_a_valid_model_nothing_is_thrown()
    {
        int compiled = 0;
        var refused = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var faults = new List<string>();
        for (int seed = 0; seed < Count; seed++)
        {
            var random = new Random(seed);
            string text = ModelWriter.Write(Model(seed));
            var options = new CompilationOptions(
                "AudioModel", "Firmware", "any.adapter", ValueArray<string>.Empty, DeviceNames.All[random.Next(DeviceNames.All.Count)], 1, random.Next(4) == 0 ? random.Next(2, 5) : 1,
                Optimize: CompilationOptions.Goals.Keys.ElementAt(random.Next(CompilationOptions.Goals.Count)), MaxRam: Memories[random.Next(Memories.Length)]);
            ValueArray<CompilationResult> parts = random.Next(4) == 0 ? ModelCompiler.CompileFitting(text, options) : ModelCompiler.CompileParts(text, options);
            foreach (Diagnostic mistake in parts[0].Diagnostics)
            {
                refused[mistake.Rule.Id] = refused.GetValueOrDefault(mistake.Rule.Id) + 1;
                if (mistake.Rule == DiagnosticCatalogue.CompilerFault)
                    faults.Add(FormattableString.Invariant($"seed {seed}, {options}: {mistake.Message}"));
            }

            compiled += parts[0].Program is null ? 0 : 1;
        }

        output.WriteLine(FormattableString.Invariant($"{Count} models, {compiled} compiled; refused: {string.Join(", ", refused.Select(rule => $"{rule.Key} {rule.Value}"))}"));
        Assert.Empty(faults);
        Assert.True(compiled >= Count / 2, $"only {compiled} compiled");
        Assert.True(compiled < Count, "nothing was refused");
    }

    [Fact]
    public void A_constant_that_the_device_takes_for_unsigned_is_subtracted_as_its_negative()
    {
        var options = new CompilationOptions("LongConstant", "Firmware", "long-constant.adapter", ValueArray<string>.Empty, "stm32f4", Optimize: "balanced");
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "long-constant.adapter"));
        CompilationResult result = ModelCompiler.Compile(text, options);
        Assert.Empty(result.Diagnostics);
        var windows = new PartsTogether(result.Program!.Network, seed: 5);
        Assert.True(windows.Compare([result], options) >= 6);
        // The constant is in a kernel that the planner measures, whichever it then takes.
        foreach (string goal in CompilationOptions.Goals.Keys)
        {
            CompilationResult other = ModelCompiler.Compile(text, options with { Optimize = goal });
            Assert.True(windows.Compare([other], options) >= 6);
            Assert.Empty(DeviceCheck.Findings(GeneratedAssembly.Compile(other.Files, ClassLibrary.NanoFramework)));
        }
    }

    [Fact]
    public void What_the_compiler_throws_is_an_error_that_names_the_model_and_asks_for_a_report()
    {
        string text = ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10")));
        var options = new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, "esp32", 1, 3);
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(text, options, _ => throw new KeyNotFoundException("layer 9\nof 8"));
        // A kernel that does not suit its layer: thrown in the middle of the work.
        CompilationResult one = ModelCompiler.Compile(text, options, network => [new KernelPlan(network.Layers.Select(_ => new LayerKernel(KernelKind.PositionLanes)).ToValueArray(), new LayerKernel(KernelKind.Loop))]);
        Assert.Equal(3, parts.Count);
        Assert.All(parts.Append(one), result =>
        {
            Diagnostic fault = Assert.Single(result.Diagnostics);
            Assert.Equal("ADC009", fault.Rule.Id);
            Assert.StartsWith("AdapterCompiler failed on audio.adapter: ", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("please report it with the model file and this message.", fault.Message, StringComparison.Ordinal);
            Assert.Empty(result.Files);
        });
        Assert.Contains("KeyNotFoundException: layer 9 of 8.", parts[2].Diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static ModelArtifact Model(int seed) => (seed % 16) switch
    {
        0 => LaneModels.Wide(seed),
        1 or 2 or 3 => LaneModels.Binary(seed),
        < 10 => LaneModels.Create(seed),
        _ => RandomArtifacts.Create(seed),
    };
}
