using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>The 35 words of Speech Commands, spoken by programs in a room with noise. Whole voices are held out, flite's slt among them.</summary>
internal sealed class KeywordTask(CorpusSources sources)
{
    private const int Number = 1;

    private const int MixtureStream = 1_000_000;

    private const int HeldOut = 22, ForValidation = 13;

    /// <summary>The words, ordinal order.</summary>
    private static readonly string[] Words =
    [
        "backward", "bed", "bird", "cat", "dog", "down", "eight", "five", "follow", "forward", "four", "go", "happy", "house", "learn", "left", "marvin", "nine", "no", "off", "on", "one",
        "right", "seven", "sheila", "six", "stop", "three", "tree", "two", "up", "visual", "wow", "yes", "zero",
    ];

    /// <summary>English as espeak-ng speaks it.</summary>
    internal static readonly string[] Accents = ["en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029"];

    /// <summary>Slices of a word.</summary>
    private static readonly Quota PerWord = new(110, 16, 26);

    /// <summary>The task.</summary>
    public TaskPlan Plan() => new("keyword", Words, PerWord, VoicesRecur: false, [.. Enum.GetValues<FolderSplit>().SelectMany(Items)]);

    /// <summary>The split of a synthetic voice: by its family's name; flite's five by hand, so that each split has one.</summary>
    internal static FolderSplit SplitOf(SyntheticVoice voice)
    {
        if (voice.Engine == "flite")
            return voice.Name switch
            {
                "slt" => FolderSplit.Test,
                "awb" => FolderSplit.Validation,
                _ => FolderSplit.Train,
            };
        return (RealSoundSplit.Hash(voice.Origin) % 100) switch
        {
            < HeldOut => FolderSplit.Test,
            < HeldOut + ForValidation => FolderSplit.Validation,
            _ => FolderSplit.Train,
        };
    }

    private IEnumerable<PlannedItem> Items(FolderSplit split)
    {
        SyntheticVoice[] voices = [.. sources.Renderer.Voices.Where(voice => SplitOf(voice) == split)];
        SyntheticVoice[] flite = [.. voices.Where(voice => voice.Engine == "flite")], espeak = [.. voices.Except(flite)];
        IReadOnlyList<Clip> noises = sources.Library.Of("noise", split);

        // A few more than are needed: a voice may swallow a word.
        for (int i = 0; i < Words.Length * (PerWord.Of(split) + 4); i++)
        {
            int index = i % Words.Length, item = i;
            SliceRandom choice = sources.Random(Number, split, item);
            SyntheticVoice voice = choice.Pick(flite.Length > 0 && choice.NextInt(4) == 0 ? flite : espeak);
            var word = new Saying(voice, choice.Pick(Accents), Words[index], 120 + choice.NextInt(70), 30 + choice.NextInt(41));
            Clip? noise = choice.NextInt(2) == 0 ? null : choice.Pick(noises);
            yield return new PlannedItem(
                split, Making.Rendered, noise is null ? [voice.Origin] : [voice.Origin, noise.Origin], [index], () => [new MadeSlice(index, Mixture(word, noise, sources.Random(Number, split, MixtureStream + item)))]);
        }
    }

    private float[] Mixture(Saying word, Clip? noise, SliceRandom random)
    {
        float[] spoken = sources.Renderer.Speak(word);
        return spoken.Length == 0 ? new float[Mixing.SliceLength] : sources.Heard(Cutting.Placed(Mixing.Trimmed(spoken), random), noise, random);
    }
}
