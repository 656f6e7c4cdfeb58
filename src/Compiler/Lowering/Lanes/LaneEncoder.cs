using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>A method and its exact figures.</summary>
public sealed record LaneMethod(Method Method, MethodFigures Figures);

/// <summary>One block's convolution, cut into methods that the device can hold.</summary>
/// <param name="Task">Index of the adapter's task; -1 for the shared encoder.</param>
/// <param name="Convolution">What is computed.</param>
/// <param name="Methods">In the order of their calls.</param>
public sealed record LaneBlock(int Task, LaneConvolution Convolution, ValueArray<LaneMethod> Methods);

/// <summary>All convolutions of a network on packed lanes.</summary>
/// <param name="Format">Lanes and axis.</param>
/// <param name="Input">The packed input.</param>
/// <param name="ZeroLength">Longs at the start of the arena that stay 0.</param>
/// <param name="ArenaLength">Longs of the arena.</param>
/// <param name="Before">What prepares the packed input: its halo, where the first layer slides.</param>
/// <param name="Layers">Blocks by layer, the shared one first.</param>
public sealed record LaneEncoder(
    LaneFormat Format, LaneImage Input, int ZeroLength, int ArenaLength, ValueArray<LaneMethod> Before, ValueArray<ValueArray<LaneBlock>> Layers)
{
    /// <summary>Bytes that a global convolution's codes are written to.</summary>
    internal static readonly StaticField Codes = new("codes", IlType.Bytes);

    /// <summary>Remaining shifts of global convolutions, a byte a channel.</summary>
    internal static readonly StaticField Shifts = new("laneShifts", IlType.Bytes);

    /// <summary>All methods in the order of their calls.</summary>
    public IEnumerable<LaneMethod> Methods => Before.Concat(Layers.SelectMany(layer => layer).SelectMany(block => block.Methods));

    /// <summary>IL bytes of all methods.</summary>
    public int IlBytes => Methods.Sum(method => method.Figures.Bytes);

    /// <summary>Weighted instructions from the packed input to the pooled features.</summary>
    public long WeightedCost => Methods.Sum(method => method.Figures.WeightedCost);

    // A loop branches back over its whole body; some room is left for the loop itself.
    private const int MostBytes = DeviceLimits.BranchDistance - 767;

    /// <summary>Lowers the convolutions for one format and one shape per layer; null where that is not possible.</summary>
    /// <param name="network">What to compute.</param>
    /// <param name="format">Lanes and axis.</param>
    /// <param name="shapes">One per convolution; a global one goes position by position whatever is asked.</param>
    public static LaneEncoder? Lower(Network network, LaneFormat format, IReadOnlyList<LaneShape> shapes)
    {
        Layer[] layers = network.Layers.Where(layer => layer.Kind != LayerKind.Dense).ToArray();
        shapes = layers.Select((layer, i) => layer.Kind == LayerKind.GlobalConvolution ? LaneShape.Single : shapes[i]).ToArray();
        if (!format.Fits(network.Input.Frames, network.Input.Bands, layers.Length - 1)
            || layers.Where((layer, i) => Blocks(layer).Any(block => block.SharedInputs + block.OwnInputs > LaneConvolution.MostInputs(shapes[i]))).Any())
        {
            return null;
        }

        ValueArray<ChannelProof>[][] proofs = Prove(network, format, layers);
        return proofs.Any(layer => layer.Any(block => block.Any(proof => proof.Rule == MaximumRule.None)))
            ? null
            : new Builder(network, format, layers, shapes, proofs).Build();
    }

    private static IEnumerable<Block> Blocks(Layer layer) => new[] { layer.Shared }.Concat(layer.Adapters);

    private static ValueArray<ChannelProof>[][] Prove(Network network, LaneFormat format, Layer[] layers)
    {
        int sharedMax = (1 << network.Input.Bits) - 1;
        var ownMax = new int[network.Tasks.Count];
        var result = new List<ValueArray<ChannelProof>[]>();
        foreach (Layer layer in layers)
        {
            int max = sharedMax;
            int[] own = ownMax;
            result.Add(Blocks(layer)
                .Select((block, b) => block.Channels
                    .Select(channel => ChannelProof.Of(format, channel, block.SharedInputs * 9, max, b == 0 ? 0 : own[b - 1], block.ActivationMax))
                    .ToValueArray())
                .ToArray());
            sharedMax = layer.Shared.ActivationMax;
            ownMax = layer.Adapters.Select(block => block.ActivationMax).ToArray();
        }

        return [.. result];
    }

    private sealed class Builder(Network network, LaneFormat format, Layer[] layers, IReadOnlyList<LaneShape> shapes, ValueArray<ChannelProof>[][] proofs)
    {
        private int arena;
        private int shifts;

        public LaneEncoder Build()
        {
            // The longest line that any kernel reads.
            int zeroLength = layers.Max(layer => (LaneImage.Of(format, 0, layer.InputRows, layer.InputColumns, 1, hasHalo: true).Stride)
                * Blocks(layer).Max(block => Math.Max(block.SharedInputs, block.OwnInputs)));
            Take(zeroLength);
            LaneImage input = Allocate(0, network.Input.Frames, network.Input.Bands, 1);
            LaneImage below = input;
            var own = new LaneImage?[network.Tasks.Count];
            var result = new List<ValueArray<LaneBlock>>();
            for (int i = 0; i < layers.Length; i++)
            {
                var blocks = new List<LaneBlock> { Lower(i, -1, layers[i].Shared, proofs[i][0], ValueArray.Of(below)) };
                for (int k = 0; k < network.Tasks.Count; k++)
                {
                    Block adapter = layers[i].Adapters[k];
                    LaneBlock? block = adapter.Channels.Count == 0 ? null
                        : Lower(i, k, adapter, proofs[i][k + 1], own[k] is { } ownImage ? ValueArray.Of(below, ownImage) : ValueArray.Of(below));
                    if (block is not null)
                        blocks.Add(block);
                    own[k] = block?.Convolution.Output;
                }

                below = blocks[0].Convolution.Output;
                result.Add(blocks.ToValueArray());
            }

            ValueArray<LaneMethod> before = input.HasHalo ? ValueArray.Of(Assembled(LaneLoops.Halo("LanesHalo", format, input))) : ValueArray<LaneMethod>.Empty;
            return new LaneEncoder(format, input, zeroLength, arena, before, result.ToValueArray());
        }

        private LaneBlock Lower(int index, int task, Block block, ValueArray<ChannelProof> blockProofs, ValueArray<LaneImage> inputs)
        {
            Layer layer = layers[index];
            LaneImage output = layer.Kind == LayerKind.GlobalConvolution
                ? new LaneImage(Take(block.Channels.Count), 1, 1, block.Channels.Count, HasHalo: false)
                : Allocate(index + 1, layer.OutputRows, layer.OutputColumns, block.Channels.Count);
            var convolution = new LaneConvolution(format, shapes[index], layer, block, blockProofs, inputs, output, ZeroStart: 0);

            string name = "Lanes" + Wording.Number(layer.Index) + (task < 0 ? "Shared" : "Task" + Wording.Number(task + 1));
            List<LaneMethod> methods = Tiles(convolution, name);
            if (convolution.KeepsBest)
                methods.Insert(0, Assembled(LaneLoops.Clear(name + "Clear", output)));
            if (convolution.IsGlobal)
                methods.Add(Assembled(LaneLoops.Greatest(name + "Codes", convolution, Codes, TakeCodes(block.Channels.Count), Shifts, shifts - block.Channels.Count)));
            else if (convolution.KeepsBest)
                methods.Add(Assembled(convolution.RequantiseMethod(name + "Codes")));
            if (output.HasHalo)
                methods.Add(Assembled(LaneLoops.Halo(name + "Halo", format, output)));
            return new LaneBlock(task, convolution, methods.ToValueArray());
        }

        /// <summary>An image with a halo where its reader slides along the line.</summary>
        private LaneImage Allocate(int reader, int rows, int columns, int channels)
        {
            LaneImage plain = LaneImage.Of(format, arena, rows, columns, channels, hasHalo: false);
            LaneImage image = plain with { HasHalo = plain.Places > (shapes[reader] == LaneShape.Unrolled ? 2 : 1) };
            Take(image.Length);
            return image;
        }

        // Codes and shifts of global convolutions stand in the order of their blocks.
        private int TakeCodes(int count)
        {
            shifts += count;
            return shifts - count;
        }

        private int Take(int length)
        {
            int start = arena;
            arena += length;
            return start;
        }
    }

    /// <summary>
    /// As few tiles of output channels as keep every method short enough: each tile loads the patch anew. The first guess divides the
    /// whole block's bytes.
    /// </summary>
    private static List<LaneMethod> Tiles(LaneConvolution convolution, string name)
    {
        int channels = convolution.Block.Channels.Count;
        for (int count = 1; ; count++)
        {
            List<LaneMethod> methods = Enumerable.Range(0, count)
                .Select(tile => (First: tile * channels / count, End: (tile + 1) * channels / count))
                .Select((tile, t) => Assembled(convolution.Method(count == 1 ? name : name + "_" + Wording.Number(t + 1), tile.First, tile.End - tile.First)))
                .ToList();
            if (count >= channels || methods.TrueForAll(method => method.Figures.Bytes <= MostBytes))
                return methods;
            count = Math.Max(count, Math.Min(channels, (int)(methods.Sum(method => (long)method.Figures.Bytes) / MostBytes)));
        }
    }

    private static LaneMethod Assembled(Method method) => new(method, IlAssembler.Assemble(method));
}
