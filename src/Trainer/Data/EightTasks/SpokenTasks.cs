using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Who speaks, and in which language: recordings as they are.</summary>
internal sealed class SpokenTasks(CorpusSources sources)
{
    private const int SpeakerNumber = 2, LanguageNumber = 3;

    /// <summary>Clips that a voice needs to be a class.</summary>
    private const int LeastClips = 60;

    private const int SlicesOfAClip = 3;

    private static readonly string[] Collections = ["asterisk-", "fillets-cs-", "fillets-nl-", "klettres-", "tuxpaint-"];

    /// <summary>Per split and language the voices; nobody in two splits.</summary>
    private static readonly (FolderSplit Split, string Language, string[] Voices)[] Speakers =
    [
        (FolderSplit.Train, "en", ["asterisk-allison", "hedgewars-default", "hedgewars-mobster", "hedgewars-pirate", "hedgewars-surfer"]),
        (FolderSplit.Train, "es", ["asterisk-allison", "klettres-es"]),
        (FolderSplit.Train, "fr", ["asterisk-fr"]),
        (FolderSplit.Train, "ru", ["asterisk-ru", "hedgewars-russian", "klettres-ru"]),
        (FolderSplit.Validation, "en", ["hedgewars-classic", "hedgewars-singer"]),
        (FolderSplit.Validation, "es", ["hedgewars-default_es"]),
        (FolderSplit.Validation, "fr", ["klettres-fr"]),
        (FolderSplit.Validation, "ru", ["hedgewars-default_ru"]),
        (FolderSplit.Test, "en", ["fillets-en", "hedgewars-british", "tuxpaint-en"]),
        (FolderSplit.Test, "es", ["tuxpaint-es"]),
        (FolderSplit.Test, "fr", ["tuxpaint-fr"]),
        (FolderSplit.Test, "ru", ["tuxpaint-ru"]),
    ];

    /// <summary>Every recorded voice with enough clips is a class; its clips are dealt to the splits by what is said.</summary>
    public TaskPlan Speaker()
    {
        Voice[] voices = [.. sources.Library.Voices.Where(voice => Collections.Any(start => voice.Name.StartsWith(start, StringComparison.Ordinal)) && IsLargeEnough(voice))];
        if (voices.Length < 2)
            throw new InvalidDataException($"{voices.Length} voices with {LeastClips} clips were found; reinstall Debian's packages of speech");
        IEnumerable<PlannedItem> items = voices.SelectMany((voice, index) =>
            voice.Clips.Select((clip, i) => Cutting.Spoken(clip, voice, index, clip.Split == FolderSplit.Train ? SlicesOfAClip : 2, () => sources.Random(SpeakerNumber, clip.Split, (index * 10000) + i))));
        return new TaskPlan("speaker", [.. voices.Select(voice => voice.Name)], new Quota(170, 25, 35), VoicesRecur: true, [.. items.OrderBy(item => item.Split)]);
    }

    /// <summary>One collection's voices in training, another's in the test.</summary>
    public TaskPlan Language()
    {
        string[] labels = [.. Speakers.Select(each => each.Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IEnumerable<PlannedItem> items = Speakers.SelectMany(each =>
        {
            int index = Array.IndexOf(labels, each.Language);
            return Cutting.ByTurns([.. each.Voices.Select(name => Clips(Named(name), each.Split, each.Language, index).ToArray())]);
        });
        return new TaskPlan("language", labels, new Quota(1100, 160, 260), VoicesRecur: false, [.. items.OrderBy(item => item.Split)]);
    }

    private IEnumerable<PlannedItem> Clips(Voice voice, FolderSplit split, string language, int index) => voice.Clips
        .Where(clip => clip.Split == split && clip.Language == language)
        .Select((clip, i) => Cutting.Spoken(clip, voice, index, split == FolderSplit.Train ? 5 : SlicesOfAClip, () => sources.Random(LanguageNumber, split, (index * 10000) + i)));

    private Voice Named(string name) => sources.Library.Voices.FirstOrDefault(voice => voice.Name == name)
        ?? throw new InvalidDataException($"the voice '{name}' was not found in Debian's packages; reinstall them");

    private static bool IsLargeEnough(Voice voice) =>
        voice.Clips.Count >= LeastClips && Enum.GetValues<FolderSplit>().All(split => voice.Clips.Count(clip => clip.Split == split) >= LeastClips / 12);
}
