using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Parts;

/// <summary>What a cut may not divide: a block, a head, or one output channel or class of one.</summary>
/// <param name="Layer">Index into the program's layers; one past them for a head.</param>
/// <param name="Step">Index into the layer's steps, or the heads.</param>
/// <param name="First">First channel or class of the step.</param>
/// <param name="Count">How many.</param>
/// <param name="TableBytes">Their weights, biases and shifts.</param>
internal sealed record Piece(int Layer, int Step, int First, int Count, int TableBytes)
{
    /// <summary>Every block and head, in order of execution.</summary>
    public static IEnumerable<Piece> Whole(LoweredProgram program)
    {
        for (int layer = 0; layer < program.Layers.Count; layer++)
        {
            for (int step = 0; step < program.Layers[layer].Steps.Count; step++)
            {
                Block block = program.Layers[layer].Steps[step].Block;
                yield return new Piece(layer, step, 0, block.Channels.Count, block.Channels.Sum(channel => channel.Weights.Count + sizeof(int) + 1));
            }
        }

        for (int head = 0; head < program.Heads.Count; head++)
        {
            ValueArray<HeadClass> classes = program.Network.Tasks[program.Heads[head].Task].Classes;
            yield return new Piece(program.Layers.Count, head, 0, classes.Count, classes.Sum(c => c.Weights.Count + sizeof(int)));
        }
    }

    /// <summary>Every channel and class. Those of one step have equal tables.</summary>
    public static IEnumerable<Piece> Channels(LoweredProgram program) => Whole(program).SelectMany(
        whole => Enumerable.Range(0, whole.Count).Select(i => whole with { First = i, Count = 1, TableBytes = whole.TableBytes / whole.Count }));

    /// <summary>Belongs to the same step, so that one kernel call computes both where they are neighbours.</summary>
    public bool IsOfStep(Piece other) => Layer == other.Layer && Step == other.Step;
}
