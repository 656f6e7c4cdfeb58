using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>What tasks are planned from.</summary>
/// <param name="Seed">Decides every choice and every mixture.</param>
/// <param name="Library">Recordings.</param>
/// <param name="Samples">Decodes them.</param>
/// <param name="Renderer">Speaks and plays.</param>
internal sealed record CorpusSources(int Seed, ClipLibrary Library, ClipSamples Samples, IRenderer Renderer)
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

    private const int TaskStream = 1000;
}
