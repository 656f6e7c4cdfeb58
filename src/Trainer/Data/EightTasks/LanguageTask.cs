using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data.BuiltIn;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>
/// Sentences in five languages by espeak-ng's voices, in a room with noise. Every voice speaks every language, so that who speaks says nothing; voices and sentences are held out.
/// </summary>
internal sealed class LanguageTask(CorpusSources sources)
{
    private const int Number = 3;

    private const int MixtureStream = 1_000_000;

    private const int SlicesOfASentence = 2;

    /// <summary>Slices of a language.</summary>
    private static readonly Quota PerLanguage = new(800, 120, 180);

    /// <summary>Languages, ordinal order, with the voices of espeak-ng that speak them.</summary>
    private static readonly (string Language, string[] Accents)[] Languages =
    [
        ("de", ["de"]),
        ("en", KeywordTask.Accents),
        ("es", ["es", "es-419"]),
        ("fr", ["fr-fr", "fr-be", "fr-ch"]),
        ("ru", ["ru"]),
    ];

    /// <summary>Language codes.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Languages.Select(each => each.Language)];

    /// <summary>The task.</summary>
    public TaskPlan Plan() => new("language", Codes, PerLanguage, VoicesRecur: false, [.. Enum.GetValues<FolderSplit>().SelectMany(Items)]);

    private IEnumerable<PlannedItem> Items(FolderSplit split)
    {
        // flite speaks English alone.
        SyntheticVoice[] voices = [.. sources.Renderer.Voices.Where(voice => voice.Engine == "espeak-ng" && KeywordTask.SplitOf(voice) == split)];
        Phrase[] phrases = [.. sources.Phrases.Where(phrase => phrase.Split == split)];
        IReadOnlyList<Clip> noises = sources.Library.Of("noise", split);

        // A few more than are needed: some sentences are short.
        for (int i = 0; i < Languages.Length * PerLanguage.Of(split); i++)
        {
            int index = i % Languages.Length, item = i;
            SliceRandom choice = sources.Random(Number, split, item);
            SyntheticVoice voice = choice.Pick(voices);
            Phrase phrase = choice.Pick(phrases);
            var said = new Saying(voice, choice.Pick(Languages[index].Accents), phrase.Texts[Codes[index]], 130 + choice.NextInt(70), 30 + choice.NextInt(41));
            Clip? noise = choice.NextInt(2) == 0 ? null : choice.Pick(noises);
            yield return new PlannedItem(
                split, Making.Rendered, noise is null ? [voice.Origin, phrase.Origin] : [voice.Origin, phrase.Origin, noise.Origin], [index], () => Slices(index, said, noise, sources.Random(Number, split, MixtureStream + item)));
        }
    }

    private IEnumerable<MadeSlice> Slices(int index, Saying said, Clip? noise, SliceRandom random)
    {
        float[] spoken = sources.Renderer.Speak(said);
        if (spoken.Length == 0)
            yield break;
        foreach (float[] slice in Cutting.Slices(Mixing.Trimmed(spoken), SlicesOfASentence, random))
            yield return new MadeSlice(index, sources.Heard(slice, noise, random));
    }
}
