using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Benchmarks.Baselines;

/// <summary>A network's convolutions in loops as a firmware engineer writes them: from the window's codes to the pooled features, shared encoder and adapters.</summary>
public abstract class Baseline
{
    /// <summary>Blocks of a network.</summary>
    protected Baseline(Network network)
    {
        var blocks = new List<BaselineBlock>();
        foreach (Layer layer in network.Layers.Where(layer => layer.Kind != LayerKind.Dense))
        {
            int below = blocks.FindIndex(block => block.Layer.Index == layer.Index - 1 && block.Task < 0);
            foreach ((Block block, int index) in layer.Adapters.Prepend(layer.Shared).Select((block, index) => (block, index)))
            {
                int own = index == 0 ? -1 : blocks.FindIndex(each => each.Layer.Index == layer.Index - 1 && each.Task == index - 1);
                if (block.Channels.Count > 0)
                    blocks.Add(new BaselineBlock(layer, block, index - 1, below, own));
            }
        }

        Blocks = blocks;
    }

    /// <summary>In order of execution.</summary>
    public IReadOnlyList<BaselineBlock> Blocks { get; }

    /// <summary>Bytes of tables, and of the largest input (with its padded copy, if there is one) and output that are alive at once.</summary>
    public abstract int RamBytes { get; }

    /// <summary>Sets the window.</summary>
    public abstract void Start(byte[] codes);

    /// <summary>Copies what a block reads to one array. Not counted: in a program written for one network the buffers lie so from the start.</summary>
    public abstract void Prepare(int block);

    /// <summary>Computes a block.</summary>
    public abstract void Convolve(int block);

    /// <summary>The greatest difference between a block's output and the interpreter's codes.</summary>
    public abstract double Difference(int block, int[] expected);

    /// <summary>The whole window.</summary>
    public void Run(byte[] codes)
    {
        Start(codes);
        for (int block = 0; block < Blocks.Count; block++)
        {
            Prepare(block);
            Convolve(block);
        }
    }

    /// <summary>The greatest difference of any block after a run.</summary>
    public double Difference(Inference expected) => Blocks.Select((block, index) => Difference(index, Expected(expected, block))).Max();

    private static int[] Expected(Inference inference, BaselineBlock block)
    {
        LayerActivations layer = inference.Layers[block.Layer.Index - 1];
        return [.. (block.Task < 0 ? layer.Shared : layer.Adapters[block.Task]).SelectMany(channel => channel)];
    }

    /// <summary>What a block reads, as one array.</summary>
    protected static void Join<T>(T[] input, T[] shared, T[] own)
    {
        Array.Copy(shared, input, shared.Length);
        Array.Copy(own, 0, input, shared.Length, own.Length);
    }
}

/// <summary>One block's tables and shapes.</summary>
/// <param name="Layer">Shapes.</param>
/// <param name="Block">Channels.</param>
/// <param name="Task">-1 for the shared encoder.</param>
/// <param name="Below">Index of the shared block that it reads; -1 for the codes of the window.</param>
/// <param name="Own">Index of the adapter's own block that it reads, or -1.</param>
public sealed record BaselineBlock(Layer Layer, Block Block, int Task, int Below, int Own)
{
    /// <summary>Channels read.</summary>
    public int Inputs => Block.SharedInputs + Block.OwnInputs;

    /// <summary>Rows of a pool.</summary>
    public int PoolRows => Layer.InputRows / Layer.OutputRows;

    /// <summary>Columns of a pool.</summary>
    public int PoolColumns => Layer.InputColumns / Layer.OutputColumns;

    /// <summary>Values read.</summary>
    public int InputLength => Inputs * Layer.InputRows * Layer.InputColumns;

    /// <summary>Values read with a border.</summary>
    public int PaddedLength => Inputs * (Layer.InputRows + 2) * (Layer.InputColumns + 2);

    /// <summary>Values written.</summary>
    public int OutputLength => Block.Channels.Count * Layer.OutputRows * Layer.OutputColumns;

    /// <summary>Weights of all channels.</summary>
    public sbyte[] Weights => [.. Block.Channels.SelectMany(channel => channel.Weights)];

    /// <summary>Biases of all channels.</summary>
    public int[] Biases => [.. Block.Channels.Select(channel => checked((int)channel.Bias))];

    /// <summary>Shifts of all channels.</summary>
    public byte[] Shifts => [.. Block.Channels.Select(channel => (byte)channel.Shift)];
}
