using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using VerifyXunit;
using Xunit;

namespace AdapterCompiler.Tests.Emit;

[UsesVerify]
public sealed class EmitSnapshotTests
{
    private static readonly ModelArtifact TwoTasks = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11"));

    [Fact]
    public Task One_task() => Verifier.Verify(Code(TinyModels.Create([1, 2, 2], ("keyword", "1 1 1"))), extension: "cs");

    [Fact]
    public Task Two_tasks() => Verifier.Verify(Code(TwoTasks), extension: "cs");

    [Fact]
    public Task Tables_of_two_tasks() => Verifier.Verify(Compile(TwoTasks).Files[1].Text, extension: "cs");

    [Fact]
    public Task Closed_adapter() => Verifier.Verify(Code(TinyModels.Create([1, 2, 2], ("keyword", "0 00 00"))), extension: "cs");

    [Fact]
    public Task Task_subset() => Verifier.Verify(Code(TwoTasks, "music-speech"), extension: "cs");

    [Fact]
    public Task Widest_layer() => Verifier.Verify(Code(Scaled(TinyModels.Create([ArtifactLimits.Channels, 1, 1], ("keyword", "1 1 1")), 17)), extension: "cs");

    [Fact]
    public Task First_of_two_parts() => Verifier.Verify(WithoutKernels(Part(1, 2)), extension: "cs");

    [Fact]
    public Task Last_of_two_parts() => Verifier.Verify(WithoutKernels(Part(2, 2)), extension: "cs");

    [Fact]
    public void Parts_are_the_same_bytes_in_every_culture()
    {
        string[] here = [.. Enumerable.Range(1, 3).Select(part => Part(part, 3))];
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Other signs and separators than the invariant culture's, without data of the machine.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "~";
            other.NumberFormat.NumberGroupSeparator = "'";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(here, Enumerable.Range(1, 3).Select(part => Part(part, 3)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public Task Network_dump() => Verifier.Verify(Compile(TwoTasks).Program!.Network.ToText());

    [Fact]
    public Task Lowered_dump() => Verifier.Verify(Compile(TwoTasks).Program!.ToText());

    [Fact]
    public void A_retrain_that_keeps_the_gates_changes_the_tables_only()
    {
        ModelArtifact retrained = TwoTasks with
        {
            Shared = TwoTasks.Shared.Select(layer => layer with
            {
                Channels = layer.Channels.Select(c => c with { Bias = c.Bias + 1, Weights = c.Weights.Reverse().ToValueArray() }).ToValueArray(),
            }).ToValueArray(),
        };
        // The first lines name the model by its hash.
        Assert.Equal(ButHash(Compile(TwoTasks)), ButHash(Compile(retrained)));
        Assert.NotEqual(Compile(TwoTasks).Files[1], Compile(retrained).Files[1]);
    }

    private static string[] ButHash(CompilationResult result) => [.. result.Files[0].Text.Split('\n').Where(line => !line.StartsWith("// Model sha256 ", StringComparison.Ordinal))];

    // A thousand inputs saturate the second layer at the tiny models' shift, and a channel that is always at its greatest code is none.
    private static ModelArtifact Scaled(ModelArtifact model, int shift) => model with
    {
        Shared = model.Shared.Select(layer => Scaled(layer, shift)).ToValueArray(),
        Tasks = model.Tasks.Select(task => task with { Layers = task.Layers.Select(layer => Scaled(layer, shift)).ToValueArray() }).ToValueArray(),
    };

    private static LayerArtifact Scaled(LayerArtifact layer, int shift) => layer.Kind != LayerKind.GlobalConvolution ? layer : layer with
    {
        Channels = layer.Channels.Select(channel => channel with { Shift = shift }).ToValueArray(),
    };

    private static string Part(int part, int parts)
    {
        CompilationResult result = ModelCompiler.Compile(
            ModelWriter.Write(TwoTasks), new CompilationOptions("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, DeviceNames.Default, part, parts));
        Assert.Empty(result.Diagnostics);
        return result.Files[0].Text;
    }

    // They have a snapshot of their own, and are the same in every program.
    private static string WithoutKernels(string text) => KernelRegistry.Sections.Aggregate(text, (rest, section) => rest.Replace(
        Indented(KernelSource.Of(section)), "        // The copied kernel " + section + ": CopiedKernelTests.Text_of_every_kernel.verified.cs.", StringComparison.Ordinal));

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : "        " + line));

    private static string Code(ModelArtifact model, params string[] tasks) => WithoutKernels(Compile(model, tasks).Files[0].Text);

    private static CompilationResult Compile(ModelArtifact model, params string[] tasks)
    {
        CompilationResult result = ModelCompiler.Compile(
            ModelWriter.Write(model), new CompilationOptions("AudioModel", "Firmware", "tiny.adapter", tasks.ToValueArray(), DeviceNames.Default));
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
