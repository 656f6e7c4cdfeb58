using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// A class that runs on a stream decides on every window as the interpreter decides on it whole, whatever kernels it has. ADAPTER_STREAMS=200 runs as many models
/// per kernel.
/// </summary>
public sealed class StreamTests
{
    private const int Decisions = 6;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_STREAMS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 3;

    // Strips lie along frequency, and loops over bytes keep no rows.
    public static TheoryData<string> Kernels => [.. ForcedPlans.All.Keys.Where(kernel => kernel.Contains("frequency", StringComparison.Ordinal) || kernel.EndsWith("pairs", StringComparison.Ordinal)), "lists", "partly listed", "mixed", "chosen"];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_decision_is_the_interpreters_on_its_window(string kernel)
    {
        int decisions = 0;
        GeneratedCase[] cases = [.. Enumerable.Range(0, Count).Select(seed => Create(kernel, seed))];
        var batch = new GeneratedBatch(cases);
        foreach (GeneratedCase c in cases)
        {
            Network whole = NetworkBuilder.Build(c.Artifact);
            var random = new Random(c.Seed);
            byte[] window = Codes(random, whole.Input, whole.Input.Frames);
            int all = (1 << whole.Tasks.Count) - 1;
            HostedModel model = batch.Model(c);
            Assert.True(model.Run(window, all));
            Assert.Equal(FixedPointInterpreter.Run(whole, window).Logits, FixedPointInterpreter.Run(c.Network, window).Logits);
            AssertEqual(FixedPointInterpreter.Run(whole, window), model, all);
            decisions += Stream(c, whole, batch.Type(c), model, random);
        }

        Assert.Equal(Count * Decisions, decisions);
        GeneratedAssembly device = GeneratedBatch.ForDevice(cases);
        Assert.Empty(DeviceCheck.Findings(device, isBatch: true));
    }

    // After a first stream that leaves its rows behind, frames one group at a time, decisions made at once or as late as they may be.
    private static int Stream(GeneratedCase c, Network whole, Type type, HostedModel model, Random random)
    {
        Streaming streaming = c.Network.Streaming!;
        int bands = whole.Input.Bands, due = -1, wait = 0, made = 0;
        byte[] sound = Codes(random, whole.Input, (streaming.First * 2) + (Decisions * streaming.Hop) + 64);
        Action<byte[], int> advance = type.GetMethod("Advance")!.CreateDelegate<Action<byte[], int>>();
        Func<int, bool> run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        PropertyInfo ready = type.GetProperty("Ready")!;
        type.GetMethod("Begin")!.Invoke(null, null);
        for (int group = 0; made < Decisions; group++)
        {
            advance(sound, group * 2 * bands);
            if ((group + 1 - streaming.First) % streaming.Period == 0 && group + 1 >= streaming.First)
            {
                Assert.True((bool)ready.GetValue(null)!);
                due++;
                wait = random.Next(Math.Min(streaming.Slack, streaming.Period));
            }
            else if (due < made)
            {
                Assert.False((bool)ready.GetValue(null)!);
                Assert.False(run(-1));
            }

            if (due < made || wait-- > 0)
                continue;
            byte[] window = sound[(due * streaming.Hop * bands)..(((due * streaming.Hop) + whole.Input.Frames) * bands)];
            int mask = 1 + random.Next((1 << whole.Tasks.Count) - 1);
            Assert.True(run(mask));
            AssertEqual(FixedPointInterpreter.Run(whole, window, mask), model, mask);
            made++;
        }

        Assert.Equal(0, type.GetProperty("Missed")!.GetValue(null));
        return made;
    }

    [Fact]
    public void A_decision_that_nobody_makes_is_missed_and_the_next_one_comes_in_time()
    {
        GeneratedCase c = Create("chosen", 1);
        var batch = new GeneratedBatch([c]);
        Type type = batch.Type(c);
        // A class that is new has begun.
        Streaming streaming = c.Network.Streaming!;
        byte[] codes = new byte[2 * c.Artifact.Input.Bands];
        for (int group = 0; group < streaming.First + (3 * streaming.Period) + streaming.Slack; group++)
        {
            type.GetMethod("Advance")!.Invoke(null, [codes, 0]);
            int since = group + 1 - streaming.First;
            Assert.Equal(since >= 0 && since % streaming.Period < streaming.Slack, type.GetProperty("Ready")!.GetValue(null));
        }

        Assert.Equal(4, type.GetProperty("Missed")!.GetValue(null));
    }

    private static void AssertEqual(Inference expected, HostedModel model, int mask)
    {
        for (int k = 0; k < expected.Logits.Count; k++)
        {
            if ((mask >> k & 1) != 0)
                Assert.Equal(expected.Logits[k], model.Logits(k));
        }
    }

    private static GeneratedCase Create(string kernel, int seed)
    {
        bool isBinary = kernel.EndsWith("pairs", StringComparison.Ordinal);
        ModelArtifact model = UnpaddedModels.Of(seed % 3 == 2 ? Deep(seed, isBinary) : isBinary ? LaneModels.Binary(seed) : LaneModels.Create(seed), seed);
        int layers = model.Shared.Count(layer => layer.Operator.WritesImage);
        if (layers == 0)
            return Create(kernel, seed + 100);
        // Bands that cut into four strips after all pools; sometimes three's.
        var random = new Random(seed);
        int strips = kernel.StartsWith('3') ? 3 : kernel is "mixed" or "chosen" && random.Next(3) == 0 ? 12 : 4, step = 1 << layers;
        model = model with { Input = model.Input with { Bands = strips << layers, Frames = Math.Max(model.Input.Frames, step) } };
        int hop = step * random.Next(1, (model.Input.Frames / step) + 1);
        var options = new CompilationOptions("Model", FormattableString.Invariant($"Seed{seed}"), "random.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop)
        {
            Streaming = "true",
            Hop = hop.ToString(CultureInfo.InvariantCulture),
        };
        string text = ModelWriter.Write(model);
        CompilationResult result = kernel == "chosen" ? ModelCompiler.Compile(text, options) : ModelCompiler.Compile(text, options, network => [Plan(network, kernel, seed)]);
        Assert.Empty(result.Diagnostics);
        return new GeneratedCase(seed, model, options, result, result.Program!.Network);
    }

    // Three or four pooled layers, as many as have slots of their own among the groups.
    private static ModelArtifact Deep(int seed, bool isBinary)
    {
        var random = new Random(seed);
        int[] shared = [.. Enumerable.Range(0, random.Next(5, 7)).Select(_ => random.Next(1, 5))];
        return LaneModels.Create(seed, 16, 16, shared, [1, 2], isBinary ? 2 : random.Next(2, 9), random.Next(2, 8), isBinary ? 0 : random.NextDouble() / 2);
    }

    // Where the kernel does not suit a layer, one that does.
    private static KernelPlan Plan(Network network, string kernel, int seed)
    {
        var random = new Random(seed);
        KernelPlan forced = kernel switch
        {
            "mixed" => ForcedPlans.Mixed(network, seed),
            "partly listed" => ForcedPlans.Everywhere(network, new LayerKernel(KernelKind.PositionLanes, new LaneFormat(4, LaneAxis.Frequency), LaneShape.Single, InTables: random.Next(1, 6), IsListed: true)),
            _ => ForcedPlans.All[kernel](network),
        };
        return forced with
        {
            Layers = network.Layers.Select((layer, i) => !layer.IsStreamed || forced.Layers[i].Suits(network, layer) ? forced.Layers[i]
                : LaneFormat.All.SelectMany(format => new[] { new LayerKernel(KernelKind.PositionLanes, format, LaneShape.Single), LayerKernel.LaneLoop(format) }).First(each => each.Suits(network, layer))).ToValueArray(),
        };
    }

    private static byte[] Codes(Random random, InputSpec input, int frames) => [.. Enumerable.Range(0, frames * input.Bands).Select(_ => (byte)(random.Next(4) switch { 0 => 0, 1 => input.CodeMax, _ => random.Next(input.CodeMax + 1) }))];
}
