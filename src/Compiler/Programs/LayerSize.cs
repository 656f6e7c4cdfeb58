namespace AdapterCompiler.Programs;

/// <summary>
/// IL of a layer, or of the heads, channel by channel: measured on the whole, whose sum is exact. A part that computes some of the channels
/// divides them into other methods, so for it this is an estimate, which the budget of the part then checks.
/// </summary>
/// <param name="Channels">Weights as instructions: bytes of each channel, by step.</param>
/// <param name="Loads">What every method with weights needs besides: loading what it reads, its call.</param>
/// <param name="Entry">The method that Run calls, and its call.</param>
/// <param name="MostMethodBytes">Bytes of channels that one method holds.</param>
/// <param name="Tables">Weights, biases and shifts in tables: bytes of each channel, by step.</param>
/// <param name="Sections">Copied sections that its code calls, but for packing and unpacking, which depend on its neighbours.</param>
internal sealed record LayerSize(ValueArray<ValueArray<int>> Channels, int Loads, int Entry, int MostMethodBytes, ValueArray<ValueArray<int>> Tables, ValueArray<string> Sections);

/// <summary>Sizes of a whole program: layers, then heads.</summary>
internal sealed record LayerSizes(ValueArray<LayerSize> Layers)
{
    /// <summary>Bytes of a channel.</summary>
    public int Of(int layer, int step, int channel) => Layers[layer].Channels[step][channel];
}
