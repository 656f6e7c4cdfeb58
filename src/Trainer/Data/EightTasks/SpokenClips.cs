using System;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Who speaks in a recording.</summary>
/// <param name="Voice">Name of the voice.</param>
/// <param name="Language">Language code.</param>
/// <param name="Split">The clip's split: by what is said where a collection says the same in several languages.</param>
internal sealed record SpokenClip(string Voice, string Language, FolderSplit Split);

/// <summary>Tells voices by packages and paths.</summary>
internal static class SpokenClips
{
    private const int TrainPercent = 65, ValidationPercent = 13;

    private static readonly string[] Sounds = [".ogg", ".wav", ".g722"];

    /// <summary>Is it a file of sound at all?</summary>
    public static bool IsSoundFile(string path) => Sounds.Contains(Path.GetExtension(path), StringComparer.Ordinal);

    /// <summary>The speaker of a file; null where nobody speaks, or nobody that is known.</summary>
    public static SpokenClip? Of(string package, string path)
    {
        string file = path.Replace('\\', '/'), name = Path.GetFileNameWithoutExtension(file);
        if (package.StartsWith("asterisk-core-sounds-", StringComparison.Ordinal))
            return Prompt(package["asterisk-core-sounds-".Length..][..2], file);
        return package switch
        {
            "tuxpaint-stamps-default" when (name + "_").Contains("_desc_", StringComparison.Ordinal) => Stamp(file, name),
            "klettres-data" => Letter(file),
            "fillets-ng-data-cs" or "fillets-ng-data-nl" => Line(package[^2..], name),
            "fillets-ng-data" when file.Contains("/en/", StringComparison.Ordinal) => new SpokenClip("fillets-en", "en", FolderSplit.Test),
            "hedgewars-data" => Game(package, file),
            _ => null,
        };
    }

    // English and Spanish are the same speaker's, Allison Smith.
    private static SpokenClip? Prompt(string language, string file)
    {
        string[] parts = file.Split('/');
        int folder = Array.FindIndex(parts, part => part.Contains('_', StringComparison.Ordinal) && part.StartsWith(language + "_", StringComparison.Ordinal));
        if (folder < 0)
            return null;
        string prompt = string.Join('/', parts[(folder + 1)..]);
        prompt = prompt[..^Path.GetExtension(prompt).Length];

        // "Et" is in the numbers and among the words, one take.
        return RealSoundPackages.IsNotSpeech(prompt) || prompt == "digits/et"
            ? null
            : new SpokenClip(language is "en" or "es" ? "asterisk-allison" : "asterisk-" + language, language, RealSoundSplit.OfPrompt(prompt));
    }

    private static SpokenClip Stamp(string file, string name)
    {
        int at = name.LastIndexOf("_desc", StringComparison.Ordinal);
        string language = name.EndsWith("_desc", StringComparison.Ordinal) ? "en" : name[(at + "_desc_".Length)..];
        return new SpokenClip("tuxpaint-" + language, language, SplitOfStamp(Path.GetDirectoryName(file)!, name[..at]));
    }

    /// <summary>The split of what is said of a stamp of tuxpaint, in sound or in writing.</summary>
    /// <param name="folder">The stamp's folder.</param>
    /// <param name="name">Its file name, without extension.</param>
    public static FolderSplit SplitOfStamp(string folder, string name) => ByText(Description(folder, name));

    // forklift and forklift2 may be one take, and so may a letter, large and small, filled and outlined.
    private static string Description(string folder, string name) =>
        folder.Contains("alphabets", StringComparison.Ordinal) ? "letter " + name.Replace("asl_", "", StringComparison.Ordinal).Split('_')[0].ToLowerInvariant() : folder + "/" + name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '_');

    private static SpokenClip? Letter(string file)
    {
        string[] parts = file.Split('/');
        int folder = Array.IndexOf(parts, "klettres");
        if (folder < 0 || folder + 1 >= parts.Length - 1)
            return null;
        string language = parts[folder + 1];

        // Hungarian letters share takes across files.
        if (language == "hu")
            return null;

        // French letters validate, nothing else.
        return new SpokenClip("klettres-" + language, language, language == "fr" ? FolderSplit.Validation : ByText("klettres " + Path.GetFileNameWithoutExtension(file)));
    }

    // The small fish and the big one, a woman and a man: let-m-oko, let-v-vrak0.
    private static SpokenClip? Line(string language, string name)
    {
        string[] parts = name.Split('-');
        return parts.Length > 2 && parts[1] is "m" or "v" ? new SpokenClip($"fillets-{language}-{parts[1]}", language, ByText(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))) : null;
    }

    private static SpokenClip? Game(string package, string file)
    {
        if (Ingredients.All.FirstOrDefault(each => each.Role == "voices" && each.Package == package && each.Matches(file)) is not { } ingredient)
            return null;
        string voice = Path.GetFileName(Path.GetDirectoryName(file))!;

        // The same take as Default's, in another file.
        if (voice == "Classic" && Path.GetFileNameWithoutExtension(file) == "Flyaway")
            return null;
        string language = voice switch
        {
            "Russian" or "Default_ru" => "ru",
            "Default_es" => "es",
            _ => "en",
        };
        return new SpokenClip("hedgewars-" + voice.ToLowerInvariant(), language, ingredient.Split);
    }

    private static FolderSplit ByText(string text) => (RealSoundSplit.Hash(text) % 100) switch
    {
        < TrainPercent => FolderSplit.Train,
        < TrainPercent + ValidationPercent => FolderSplit.Validation,
        _ => FolderSplit.Test,
    };
}
