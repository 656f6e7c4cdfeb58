using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Who speaks: recordings as they are.</summary>
internal sealed class SpeakerTask(CorpusSources sources)
{
    private const int Number = 2;

    /// <summary>Clips that a voice needs to be a class.</summary>
    private const int LeastClips = 60;

    private const int SlicesOfAClip = 3;

    private static readonly string[] Collections = ["asterisk-", "fillets-cs-", "fillets-nl-", "klettres-", "tuxpaint-"];

    /// <summary>Every recorded voice with enough clips is a class; its clips are dealt to the splits by what is said.</summary>
    public TaskPlan Plan()
    {
        Voice[] voices = [.. sources.Library.Voices.Where(voice => Collections.Any(start => voice.Name.StartsWith(start, StringComparison.Ordinal)) && IsLargeEnough(voice))];
        if (voices.Length < 2)
            throw new InvalidDataException($"{voices.Length} voices with {LeastClips} clips were found; reinstall Debian's packages of speech");
        IEnumerable<PlannedItem> items = voices.SelectMany((voice, index) =>
            voice.Clips.Select((clip, i) => Cutting.Spoken(clip, voice, index, clip.Split == FolderSplit.Train ? SlicesOfAClip : 2, () => sources.Random(Number, clip.Split, (index * 10000) + i))));
        return new TaskPlan("speaker", [.. voices.Select(voice => voice.Name)], new Quota(170, 25, 35), VoicesRecur: true, [.. items.OrderBy(item => item.Split)]);
    }

    private static bool IsLargeEnough(Voice voice) =>
        voice.Clips.Count >= LeastClips && Enum.GetValues<FolderSplit>().All(split => voice.Clips.Count(clip => clip.Split == split) >= LeastClips / 12);
}
