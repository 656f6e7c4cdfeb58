using System;
using System.Linq;

namespace AdapterCompiler.Model;

/// <summary>
/// How a network that pads nothing in time runs on a stream. Two frames, a group, come at a time. Row r of the first layer is computed when the last of
/// its four frames has come; a row of any other layer reads four rows of the one below, two of them new, so that layer n computes a row every 2^(n - 1)
/// groups. No group computes more than a row of the first layer and a row of one other: the second layer takes odd rows' groups, the third every
/// second one of the rest, and so on, a little after the rows that they read. The last convolution takes the groups that are left: of each of its rows
/// the maxima are kept, and a decision is the greatest of those of its window. What follows belongs to a decision.
/// </summary>
/// <param name="Frames">Of a window.</param>
/// <param name="Hop">Frames from one decision to the next, a multiple of 2^<paramref name="Layers"/>: then windows share every row.</param>
/// <param name="Layers">Pooled layers.</param>
/// <param name="Rows">Rows of the last of them in a window.</param>
/// <param name="Windows">The network of whole windows, which says what a decision is.</param>
public sealed record Streaming(int Frames, int Hop, int Layers, int Rows, Network Windows)
{
    /// <summary>Frames that come at a time.</summary>
    public const int GroupFrames = 2;

    /// <summary>Groups from one row of a layer, counted from 1, to its next.</summary>
    public static int Cycle(int layer) => 1 << (layer - 1);

    /// <summary>A layer computes its row r in the group that completes row Cycle * r + Delay of the first layer.</summary>
    public static int Delay(int layer) => layer == 1 ? 0 : (3 * Cycle(layer - 1)) + Delay(layer - 1) + (layer == 2 ? 0 : Cycle(layer - 2));

    /// <summary>Groups before the first decision is due: its rows, and the one group with which the first layer's first row lacks frames.</summary>
    public int First => (Cycle(Layers) * (MaximumRows - 1)) + MaximumDelay + 2;

    /// <summary>Rows of the last convolution in a window: those of the last pooled layer, but for one at either end.</summary>
    public int MaximumRows => Windows.Layers[Layers].Operator.Summed(Windows.Layers[Layers].Input).Rows;

    /// <summary>The last convolution computes its row r, of rows r to r + 2 of the layer below, in the group that completes row Cycle * r + MaximumDelay of the first layer.</summary>
    public int MaximumDelay => (2 * Cycle(Layers)) + Delay(Layers) + (Layers == 1 ? 0 : Cycle(Layers - 1));

    /// <summary>No window needs some rows of the last convolution: they are not computed.</summary>
    public bool SkipsMaxima => MaximumRows * Cycle(Layers) < Period;

    /// <summary>Groups before the one in which the last convolution computes the first row of a window.</summary>
    public int FirstMaximum => MaximumDelay + 1;

    /// <summary>Groups from one decision to the next.</summary>
    public int Period => Hop / GroupFrames;

    /// <summary>Groups after which a decision that is due would have lost its first row.</summary>
    public int Slack => Cycle(Layers);

    /// <summary>Frames between the last one that a decision hears and the moment that it is due, beyond the one group that ends with it.</summary>
    public int Latency => (First * GroupFrames) - (LastFrame + 1);

    /// <summary>The last frame of a window that is heard, from 0.</summary>
    private int LastFrame => ((Rows + 2) << Layers) - 3;

    /// <summary>The pooled layers of a network.</summary>
    public static int PooledLayers(Network network) => network.Layers.Count(layer => layer.Operator.WritesImage);

    /// <summary>The network that a stream runs: every convolution on as many rows as a step of it reads.</summary>
    /// <param name="network">Of whole windows; every convolution without padding in time, and one pooled at least.</param>
    /// <param name="hop">Frames from one decision to the next.</param>
    public static Network Of(Network network, int hop)
    {
        int layers = PooledLayers(network);
        var streaming = new Streaming(network.Input.Frames, hop, layers, network.Layers[layers].InputRows, network);
        return network with { Streaming = streaming, Layers = network.Layers.Select(layer => Step(layer, streaming)).ToValueArray() };
    }

    private static Layer Step(Layer layer, Streaming streaming)
    {
        if (!layer.Operator.ReadsImage)
            return layer;
        bool isPooled = layer.Operator.WritesImage;
        int cycles = streaming.Period / Cycle(isPooled ? layer.Index : streaming.Layers);
        return layer with
        {
            InputRows = (isPooled ? layer.Operator.Pool(layer.Input).Rows : 1) + (2 * layer.Operator.Margin),
            OutputRows = 1,
            FreshRows = layer.Index == 1 ? GroupFrames : 1,
            Runs = isPooled ? cycles : Math.Min(streaming.MaximumRows, cycles),
            MaximumRows = isPooled ? 0 : streaming.MaximumRows,
        };
    }
}
