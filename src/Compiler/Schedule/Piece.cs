using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>What a cut may not divide: a block, a head, or one output channel or class of one.</summary>
/// <param name="Layer">Index into the program's layers; one past them for a head.</param>
/// <param name="Step">Index into the layer's steps, or the heads.</param>
/// <param name="First">First channel or class of the step.</param>
/// <param name="Count">How many.</param>
/// <param name="TableBytes">Their weights, biases and shifts.</param>
/// <param name="IlBytes">Their weights as instructions.</param>
internal sealed record Piece(int Layer, int Step, int First, int Count, int TableBytes, int IlBytes)
{
    /// <summary>Every block and head, in order of execution.</summary>
    public static IEnumerable<Piece> Whole(ScheduledProgram program, LayerSizes sizes) => Channels(program, sizes)
        .GroupBy(piece => (piece.Layer, piece.Step))
        .Select(step => step.First() with { Count = step.Count(), TableBytes = step.Sum(piece => piece.TableBytes), IlBytes = step.Sum(piece => piece.IlBytes) });

    /// <summary>Every channel and class.</summary>
    public static IEnumerable<Piece> Channels(ScheduledProgram program, LayerSizes sizes)
    {
        for (int layer = 0; layer < program.Layers.Count; layer++)
        {
            ScheduledLayer scheduled = program.Layers[layer];
            for (int step = 0; step < scheduled.Steps.Count; step++)
            {
                ValueArray<Channel> channels = scheduled.Steps[step].Block.Channels;
                for (int o = 0; o < channels.Count; o++)
                {
                    yield return new Piece(
                        layer, step, o, 1,
                        TableBytesOf(scheduled, scheduled.Steps[step], channels[o]),
                        sizes.Of(layer, step, o));
                }
            }
        }

        for (int head = 0; head < program.Heads.Count; head++)
        {
            ValueArray<HeadClass> classes = program.Network.Tasks[program.Heads[head].Task].Classes;
            for (int o = 0; o < classes.Count; o++)
            {
                yield return new Piece(
                    program.Layers.Count, head, o, 1, TableBytesOf(program.Plan.Heads, program.Network.Tasks[program.Heads[head].Task], classes[o]),
                    sizes.Of(program.Layers.Count, head, o));
            }
        }
    }

    /// <summary>Every channel and class of a plan, from the sizes of its layers alone.</summary>
    public static IEnumerable<Piece> Channels(LayerSizes sizes)
    {
        for (int layer = 0; layer < sizes.Layers.Count; layer++)
        {
            LayerSize size = sizes.Layers[layer];
            for (int step = 0; step < size.Channels.Count; step++)
            {
                for (int o = 0; o < size.Channels[step].Count; o++)
                    yield return new Piece(layer, step, o, 1, size.Tables[step][o], size.Channels[step][o]);
            }
        }
    }

    /// <summary>Weights and bias of a class in tables.</summary>
    public static int TableBytesOf(LayerKernel kernel, NetworkTask task, HeadClass head) => kernel.UsesTables() ? KernelRegistry.Of(kernel).HeadRow(kernel, task, head).Count + sizeof(int) : 0;

    /// <summary>Weights, bias and shifts of a channel in tables.</summary>
    public static int TableBytesOf(ScheduledLayer layer, BlockStep step, Channel channel) =>
        (step.InTables ? KernelRegistry.Of(layer.Kernel).Row(layer, channel).Weights.Count + sizeof(int) + 1 : 0) + (layer.Lanes is { IsGlobal: true } ? 1 : 0);

    /// <summary>Belongs to the same step, so that one kernel call computes both where they are neighbours.</summary>
    public bool IsOfStep(Piece other) => Layer == other.Layer && Step == other.Step;
}
