using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Benchmarks.Hashes;

/// <summary>
/// A model whose generated text is hashed: for each goal in one, two and three parts. A random one goes from device to device, has little memory now and then,
/// and is compiled with kernels that no planner would choose as well.
/// </summary>
/// <param name="Name">Unique.</param>
/// <param name="Seed">Of a random model; null for any other.</param>
/// <param name="Device">Whose limits count.</param>
/// <param name="MaxRam">As a project writes it.</param>
/// <param name="Text">The model file's text.</param>
internal sealed record HashedModel(string Name, int? Seed, string Device, string MaxRam, Func<string> Text)
{
    /// <summary>Random models of a whole run.</summary>
    public const int MostRandom = 300;

    // Kernels that few whole windows suit; without them a seed keeps the kernel that it had before they were there.
    private const string OfStreams = "lists";

    private static readonly int[] PartCounts = [1, 2, 3];
    private static readonly string[] Memories = ["", "", "", "8K", "", "30K", ""];

    /// <summary>So many random models, of each kind in turn, and the same share of the trained ones and of the benchmark's.</summary>
    public static IEnumerable<HashedModel> All(int random)
    {
        // Trained models come first.
        BenchmarkCase[] cases = [.. BenchmarkCase.All().Reverse()];
        int share = random >= MostRandom ? cases.Length : 1 + (cases.Length * random / MostRandom);
        return Enumerable.Range(0, random)
            .Select(seed => new HashedModel(
                FormattableString.Invariant($"random {seed}"), seed, DeviceNames.All[seed / 3 % DeviceNames.All.Count], Memories[seed / 2 % Memories.Length], () => ModelWriter.Write(Random(seed))))
            .Concat(cases.Take(share).Select(each => new HashedModel(each.Name, null, DeviceNames.Default, "", each.Text)));
    }

    /// <summary>A row for each program, of a text or of the reasons why there is none.</summary>
    public IEnumerable<HashedProgram> Programs()
    {
        string text = Text();
        foreach (string goal in CompilationOptions.Goals.Keys)
        {
            int count = 0;
            foreach (ValueArray<CompilationResult> parts in ModelCompiler.CompileEach(text, Options(goal), PartCounts))
                yield return HashedProgram.Of(FormattableString.Invariant($"{Name}, {goal}, {PartCounts[count++]}"), parts);
        }

        if (Seed is not { } seed)
            yield break;
        string[] kernels = [.. ForcedPlans.All.Keys.Where(kernel => !kernel.EndsWith(OfStreams, StringComparison.Ordinal))];
        string forced = kernels[seed % kernels.Length];
        CompilationOptions options = Options("speed") with { Device = "desktop", MaxRam = "" };
        yield return HashedProgram.Of($"{Name}, {forced}", ModelCompiler.CompileParts(text, options, network => [ForcedPlans.All[forced](network)]));
        yield return HashedProgram.Of($"{Name}, mixed", ModelCompiler.CompileParts(text, options with { Parts = 2 }, network => [ForcedPlans.Mixed(network, seed)]));
    }

    private static ModelArtifact Random(int seed) => (seed % 10) switch
    {
        0 => LargeModels.Create(seed),
        1 => LaneModels.Wide(seed),
        2 or 3 => LaneModels.Binary(seed),
        < 7 => LaneModels.Create(seed),
        _ => RandomArtifacts.Create(seed),
    };

    private CompilationOptions Options(string goal) => new("AudioModel", "Firmware", "model.adapter", ValueArray<string>.Empty, Device, Optimize: goal, MaxRam: MaxRam);
}
