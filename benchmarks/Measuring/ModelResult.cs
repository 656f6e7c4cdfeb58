using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>What was counted of one generated model, one window with all tasks, and what the compiler predicted.</summary>
/// <param name="Case">Which model.</param>
/// <param name="SharedMacs">Dense multiply-accumulates of the shared encoder's convolutions.</param>
/// <param name="Macs">Those of all convolutions, adapters' kept channels included.</param>
/// <param name="Layers">Counts by layer: convolutions, embedding.</param>
/// <param name="Pack">Packing of the window's codes into lanes; empty where there is none.</param>
/// <param name="Heads">Heads.</param>
/// <param name="Other">Whatever else Run calls: it counts as part of the convolutions.</param>
/// <param name="Entry">Run itself.</param>
/// <param name="All">Everything.</param>
/// <param name="Predicted">Weighted instructions that the compiler predicts.</param>
/// <param name="IlBytes">IL of the one class that was counted.</param>
/// <param name="Memory">What it allocates once.</param>
/// <param name="Channels">The adapters' channels that are kept, and how many the model file has.</param>
/// <param name="OnDevice">The same model compiled for a device.</param>
/// <param name="Baselines">Loops by hand that compute the same convolutions.</param>
internal sealed record ModelResult(
    BenchmarkCase Case, long SharedMacs, long Macs, IReadOnlyList<LayerResult> Layers, Tally Pack, Tally Heads, Tally Other, Tally Entry, Tally All,
    long Predicted, int IlBytes, MemoryResult Memory, (int Kept, int Declared) Channels, DeviceResult OnDevice, IReadOnlyList<BaselineResult> Baselines)
{
    /// <summary>From the packed input to the pooled features.</summary>
    public long Convolutions => Layers.Where(layer => layer.IsConvolution).Sum(layer => layer.Counted.Weighted) + Other.Weighted;

    /// <summary>The same, for each dense multiply-accumulate of the convolutions.</summary>
    public double PerMac => (double)Convolutions / Macs;
}

/// <summary>RAM of a model.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Weights">Weights in tables.</param>
/// <param name="Arena">Activations.</param>
/// <param name="ArenaLowerBound">Largest set of activations alive at once.</param>
internal sealed record MemoryResult(int Bytes, int Weights, int Arena, int ArenaLowerBound);

/// <summary>One layer's counts, adapters included.</summary>
/// <param name="Index">From 1.</param>
/// <param name="IsConvolution">False for the embedding.</param>
/// <param name="Macs">Dense multiply-accumulates; 0 for the embedding.</param>
/// <param name="Counted">What ran on its behalf.</param>
/// <param name="Predicted">Weighted instructions that the compiler predicts.</param>
internal sealed record LayerResult(int Index, bool IsConvolution, long Macs, Tally Counted, long Predicted);

/// <summary>A model as a device gets it.</summary>
/// <param name="Device">Name of the profile.</param>
/// <param name="Parts">Assemblies; 0 where the device cannot hold it.</param>
/// <param name="IlBytes">IL of each part, as the device holds it.</param>
/// <param name="RamBytes">Of all parts.</param>
/// <param name="Predicted">Weighted instructions of a window that the compiler predicts.</param>
/// <param name="Counted">Those that were executed.</param>
/// <param name="Convolutions">Those predicted of the convolutions, packing included.</param>
/// <param name="Refused">Ids of the diagnostics that refuse it.</param>
internal sealed record DeviceResult(string Device, int Parts, IReadOnlyList<int> IlBytes, int RamBytes, long Predicted, long Counted, long Convolutions, IReadOnlyList<string> Refused);

/// <summary>Loops by hand, from the codes to the pooled features.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Counted">What ran.</param>
/// <param name="LayerWeighted">By layer.</param>
/// <param name="IlBytes">IL of its methods.</param>
/// <param name="RamBytes">Tables and activations.</param>
/// <param name="Difference">Greatest difference from the interpreter's codes.</param>
internal sealed record BaselineResult(string Name, Tally Counted, IReadOnlyList<long> LayerWeighted, int IlBytes, int RamBytes, double Difference);
