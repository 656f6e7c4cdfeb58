using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data.EightTasks;

namespace AdapterCompiler.Trainer.Data.Originals;

/// <summary>Spoken Language Identification (Tomasz 2018): the set's own test; a tenth of the training speakers validate. Fragments with another speed, pitch or noise are their speaker's.</summary>
internal static class SpokenLanguage
{
    public const string Layout = "train/ and test/ with LANGUAGE_SEX_SPEAKER.fragmentN[.CHANGE].flac (FLAC is read with ffmpeg)";

    private const int SlicesOfAFragment = 8;

    private static readonly string[] Parts = ["train", "test"];

    public static TaskPlan Plan(SetFolder folder)
    {
        (string Path, FolderSplit Split, string Language, string Speaker)[] files =
        [
            .. Parts.SelectMany(part => folder.Files(".flac", part).Select(path =>
            {
                string speaker = Path.GetFileName(path).Split(".fragment")[0];
                if (speaker.Split('_').Length != 3)
                    throw folder.Wrong($"{path} does not begin with a language, a sex and a speaker");
                return (path, part == "test" ? FolderSplit.Test : OriginalItems.TrainOrValidation(speaker), speaker.Split('_')[0], speaker);
            })),
        ];
        string[] languages = [.. files.Select(file => file.Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IEnumerable<PlannedItem> items = files.Select(file => OriginalItems.Of(file.Path, file.Split, Array.IndexOf(languages, file.Language), SlicesOfAFragment, "voice:" + file.Speaker));
        return new TaskPlan("language", languages, OriginalItems.Unlimited, VoicesRecur: false, [.. items]);
    }
}
