using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks;

/// <summary>The paper's shared encoder on packed lanes and as loops: weighted instructions per dense multiply-accumulate and IL bytes.</summary>
internal static class Program
{
    private const int Seed = 1;
    private const long Macs = 4_313_088;

    private static readonly (string Name, int Bits, double Zeros, double Target)[] Cases =
    [
        ("8 bit, dense", 8, 0, 66), ("4 bit, dense", 4, 0, 36), ("4 bit, 70 % zeros", 4, 0.7, 14), ("4 bit, 80 % zeros", 4, 0.8, 11.2),
        ("3 bit, 80 % zeros", 3, 0.8, 10.5), ("ternary, dense", 2, 0, 25), ("ternary, 70 % zeros", 2, 0.7, 12.5),
    ];

    private static void Main(string[] args)
    {
        var rows = new List<string>
        {
            "# Kernels: the paper's shared encoder",
            "",
            FormattableString.Invariant($"Written by `dotnet run -c Release --project benchmarks -- docs/results/kernels.md`, seed {Seed}, commit {ProcessResult.Of("git", ".", null, "rev-parse", "--short=12", "HEAD").Output.Trim()}. Shared encoder [6, 12, 24, 48, 96] on 96 x 64 codes of 7 bits, {TextTable.Number(Macs)} multiply-accumulates; weights Gaussian, exactly"),
            "the given share of them zero. Weighted instructions (sum of executed IL x opcode costs) from the packed input to the pooled features, everything included. Counts are computed from the code tree before any",
            "C# exists; a test compares them with the compiled assembly, instruction by instruction, and how often each runs follows from constant loop bounds.",
            "",
            "| weights | lanes | weighted per multiply-accumulate | aim (issue C) | IL bytes | in one assembly: weighted | IL bytes | loop kernels | ratio |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        };
        foreach ((string name, int bits, double zeros, double target) in Cases)
        {
            Network network = Paper(bits, zeros);
            LaneEncoder fast = LanePlanner.Plan(network, int.MaxValue) ?? throw new InvalidOperationException(name + ": no lanes are proven");
            LaneEncoder? small = LanePlanner.Plan(network, DeviceLimits.IlBytes);
            double loops = Loops(network) / (double)Macs, lanes = fast.WeightedCost / (double)Macs;
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {fast.Format.Lanes}, {(fast.Format.Axis == LaneAxis.Frequency ? "frequency" : "time")} | {lanes:F2} | {target} | {TextTable.Number(fast.IlBytes)} | {(small is null ? "-" : (small.WeightedCost / (double)Macs).ToString("F2", CultureInfo.InvariantCulture))} | {(small is null ? "-" : TextTable.Number(small.IlBytes))} | {loops:F0} | {loops / lanes:F0} |"));
            Console.WriteLine(rows[^1]);
        }

        rows.Add("");
        if (args.Length > 0)
            File.WriteAllText(args[0], string.Join('\n', rows));
    }

    private static Network Paper(int bits, double zeros)
    {
        Network network = NetworkBuilder.Build(LaneModels.Create(Seed, 96, 64, [6, 12, 24, 48, 96, 96], [1], bits, 7, zeros));
        return network with
        {
            Tasks = ValueArray<NetworkTask>.Empty,
            Layers = network.Layers.Select(layer => layer with { Adapters = ValueArray<Block>.Empty }).ToValueArray(),
        };
    }

    private static long Loops(Network network) => ProgramCost.Of(Lowerer.Lower(network, "Model")).Layers.Take(5).Sum(layer => layer.Of(0));
}
