using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Budgets;
using AdapterCompiler.Operators;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>What the compiler says of a program: the only place here that knows how.</summary>
/// <param name="All">Weighted instructions of a window with every task.</param>
/// <param name="Layers">Those of each layer of this program or part.</param>
/// <param name="Memory">What it allocates once.</param>
internal sealed record Prediction(long All, IReadOnlyList<LayerPrediction> Layers, MemoryResult Memory)
{
    /// <summary>The convolutions' part, packing included.</summary>
    public long Convolutions => Layers.Where(layer => layer.IsConvolution).Sum(layer => layer.Weighted);

    public static Prediction Of(CodedProgram program)
    {
        var cost = ProgramCost.Of(program);
        return new Prediction(
            cost.Of(ProgramCost.AllTasks),
            [.. program.Layers.Select((layer, index) => new LayerPrediction(layer.Layer.Index, layer.Layer.Kind != LayerKind.Dense, cost.Layers[index].Of(ProgramCost.AllTasks)))],
            new MemoryResult(program.RamBytes, program.Tables.WeightCount, program.ArenaBytes, program.ArenaLowerBound));
    }
}

/// <summary>One layer, or what a part computes of it.</summary>
/// <param name="Index">From 1.</param>
/// <param name="IsConvolution">False for the embedding.</param>
/// <param name="Weighted">Weighted instructions, adapters included.</param>
internal sealed record LayerPrediction(int Index, bool IsConvolution, long Weighted);
