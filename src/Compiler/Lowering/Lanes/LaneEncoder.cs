using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>One block's convolution, cut into methods that the device can hold.</summary>
/// <param name="Task">Index of the adapter's task; -1 for the shared encoder.</param>
/// <param name="Convolution">What is computed.</param>
/// <param name="Methods">Tiles of output channels, in order.</param>
public sealed record LaneBlock(int Task, LaneConvolution Convolution, ValueArray<LaneMethod> Methods);

/// <summary>A method and its exact figures.</summary>
public sealed record LaneMethod(Method Method, MethodFigures Figures);

/// <summary>All convolutions of a network on packed lanes.</summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Input">The packed input.</param>
/// <param name="ZeroLength">Longs at the start of the arena that stay 0.</param>
/// <param name="ArenaLength">Longs of the arena.</param>
/// <param name="Layers">Blocks by layer, the shared one first.</param>
public sealed record LaneEncoder(LaneFormat Format, LaneImage Input, int ZeroLength, int ArenaLength, ValueArray<ValueArray<LaneBlock>> Layers)
{
    // A loop's branch back over its body must stay below 32,767 bytes; some room is left for the loop itself.
    private const int MostBytes = 32_000;

    /// <summary>Lowers the convolutions for the first format that is proven, or null.</summary>
    public static LaneEncoder? Lower(Network network) => LaneFormat.All.Select(format => Lower(network, format)).FirstOrDefault(encoder => encoder is not null);

    /// <summary>Lowers the convolutions for one format; null where the image cannot be cut or a lane could overflow.</summary>
    public static LaneEncoder? Lower(Network network, LaneFormat format)
    {
        Layer[] layers = network.Layers.Where(layer => layer.Kind != LayerKind.Dense).ToArray();
        if (!format.Fits(network.Input.Frames, network.Input.Bands, layers.Length - 1))
            return null;

        ValueArray<ChannelProof>[][] proofs = Prove(network, format, layers);
        if (proofs.Any(layer => layer.Any(block => block.Any(proof => proof.Rule == MaximumRule.None))))
            return null;

        var arena = new Allocation();
        int widest = layers.Max(layer => LaneImage.Of(format, 0, layer.InputRows, layer.InputColumns, 1, 0).Stride
            * Math.Max(InputChannels(layer, layer.Shared), layer.Adapters.Select(block => InputChannels(layer, block)).DefaultIfEmpty(1).Max()));
        int zero = arena.Take(widest);
        LaneImage input = LaneImage.Of(format, arena.Next, network.Input.Frames, network.Input.Bands, 1, (1 << network.Input.Bits) - 1);
        arena.Take(input.Length);

        LaneImage below = input;
        var own = new LaneImage?[network.Tasks.Count];
        var result = new List<ValueArray<LaneBlock>>();
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = layers[i];
            var blocks = new List<LaneBlock>();
            LaneBlock shared = LowerBlock(format, layer, -1, layer.Shared, proofs[i][0], ValueArray.Of(below), zero, arena);
            blocks.Add(shared);
            for (int k = 0; k < network.Tasks.Count; k++)
            {
                Block adapter = layer.Adapters[k];
                if (adapter.Channels.Count == 0)
                {
                    own[k] = null;
                    continue;
                }

                ValueArray<LaneImage> inputs = own[k] is { } ownImage ? ValueArray.Of(below, ownImage) : ValueArray.Of(below);
                LaneBlock block = LowerBlock(format, layer, k, adapter, proofs[i][k + 1], inputs, zero, arena);
                blocks.Add(block);
                own[k] = block.Convolution.Output;
            }

            below = shared.Convolution.Output;
            result.Add(blocks.ToValueArray());
        }

        return new LaneEncoder(format, input, widest, arena.Next, result.ToValueArray());
    }

    private static int InputChannels(Layer layer, Block block) => layer.Index == 1 ? 1 : Math.Max(block.SharedInputs, block.OwnInputs);

    private static ValueArray<ChannelProof>[][] Prove(Network network, LaneFormat format, Layer[] layers)
    {
        int sharedMax = (1 << network.Input.Bits) - 1;
        var ownMax = new int[network.Tasks.Count];
        var result = new List<ValueArray<ChannelProof>[]>();
        foreach (Layer layer in layers)
        {
            int max = sharedMax;
            result.Add(new[] { layer.Shared }.Concat(layer.Adapters)
                .Select((block, b) => block.Channels
                    .Select(channel => ChannelProof.Of(format, channel, block.SharedInputs * 9, max, b == 0 ? 0 : ownMax[b - 1], block.ActivationMax))
                    .ToValueArray())
                .ToArray());
            sharedMax = layer.Shared.ActivationMax;
            ownMax = layer.Adapters.Select(block => block.ActivationMax).ToArray();
        }

        return [.. result];
    }

    private static LaneBlock LowerBlock(
        LaneFormat format, Layer layer, int task, Block block, ValueArray<ChannelProof> proofs, ValueArray<LaneImage> inputs, int zero, Allocation arena)
    {
        LaneImage output = layer.Kind == LayerKind.GlobalConvolution
            ? new LaneImage(arena.Next, 1, -1, block.Channels.Count, block.ActivationMax)
            : LaneImage.Of(format, arena.Next, layer.OutputRows, layer.OutputColumns, block.Channels.Count, block.ActivationMax);
        arena.Take(output.Length);
        var convolution = new LaneConvolution(format, layer, block, proofs, inputs, output, zero, arena.Next);
        arena.Take(convolution.SumsLength);

        string name = "Lanes" + Wording(layer.Index) + (task < 0 ? "Shared" : "Task" + Wording(task + 1));
        var methods = new List<LaneMethod>();
        Tile(convolution, name, 0, block.Channels.Count, methods);
        return new LaneBlock(task, convolution, methods.ToValueArray());
    }

    /// <summary>Halves a tile until its method is short enough.</summary>
    private static void Tile(LaneConvolution convolution, string name, int first, int count, List<LaneMethod> methods)
    {
        Method method = convolution.Method(name + (methods.Count == 0 ? "" : "_" + Wording(methods.Count + 1)), first, count);
        MethodFigures figures = IlAssembler.Assemble(method);
        if (figures.Bytes <= MostBytes || count == 1)
        {
            methods.Add(new LaneMethod(method, figures));
            return;
        }

        Tile(convolution, name, first, count / 2, methods);
        Tile(convolution, name, first + (count / 2), count - (count / 2), methods);
    }

    private static string Wording(int number) => Diagnostics.Wording.Number(number);

    private sealed class Allocation
    {
        public int Next { get; private set; }

        public int Take(int length)
        {
            int start = Next;
            Next += length;
            return start;
        }
    }
}
