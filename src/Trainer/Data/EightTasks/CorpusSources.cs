using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>What tasks are planned from.</summary>
/// <param name="Seed">Decides every choice and every mixture.</param>
/// <param name="Library">Recordings.</param>
/// <param name="Samples">Decodes them.</param>
/// <param name="Renderer">Speaks and plays.</param>
/// <param name="Phrases">Texts to be spoken.</param>
internal sealed record CorpusSources(int Seed, ClipLibrary Library, ClipSamples Samples, IRenderer Renderer, IReadOnlyList<Phrase> Phrases)
{
    /// <summary>Speech clips that mixtures use: they are kept in memory.</summary>
    private const int MostSpeech = 400;

    /// <summary>Speech clips of a split, the voices by turns: what babble is made of.</summary>
    public IReadOnlyList<Clip> Speech(FolderSplit split) =>
        [.. Cutting.ByTurns([.. Library.Voices.Select(voice => voice.Clips.Where(clip => clip.Split == split).ToArray())]).Take(MostSpeech)];

    /// <summary>Random numbers of an item.</summary>
    /// <param name="task">A number of the task's own.</param>
    /// <param name="split">The item's split.</param>
    /// <param name="index">Its number there.</param>
    public SliceRandom Random(int task, FolderSplit split, int index) => new(Seed, TaskStream + task, (BuiltInSplit)split, index);

    /// <summary>A slice of a synthetic voice as a microphone would hear it: in a room, at some level, with noise or a recording 3 to 30 dB behind it.</summary>
    /// <param name="spoken">The slice.</param>
    /// <param name="noise">The recording, or null.</param>
    /// <param name="random">Decides room, levels and the recording's piece.</param>
    public float[] Heard(float[] spoken, Clip? noise, SliceRandom random)
    {
        float[] slice = Mixing.Room(spoken, random);
        float[] behind = noise is null ? Mixing.Pink(random) : Mixing.Bed(Samples.Kept(noise), random);
        double level = random.Between(-32, -14), ratio = random.Between(3, 30);
        float[] result = new float[slice.Length];
        Mixing.AddAt(result, slice, 0, level);
        Mixing.AddAt(result, behind, 0, level - ratio);
        return Mixing.Finished(result, level);
    }

    private const int TaskStream = 1000;
}
