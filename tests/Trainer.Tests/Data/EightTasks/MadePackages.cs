using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

/// <summary>Packages with a file for every line of the table of ingredients and some clips of every voice, a twentieth of a second of noise each, no two alike.</summary>
public sealed class MadePackages : IRecordingPackages, IDisposable
{
    private readonly RecordingFolder folder = new();
    private readonly Dictionary<string, List<string>> files = new(StringComparer.Ordinal);
    private int made;

    public MadePackages()
    {
        foreach (Ingredient ingredient in Ingredients.All)
        {
            string path = ingredient.Files.Replace("*", "/x/", StringComparison.Ordinal);
            for (int open = path.IndexOf('[', StringComparison.Ordinal); open >= 0; open = path.IndexOf('[', StringComparison.Ordinal))
                path = path[..open] + path[open + 1] + path[(path.IndexOf(']', StringComparison.Ordinal) + 1)..];
            Add(ingredient.Package, path);
        }

        for (int i = 0; i < 70; i++)
        {
            // Numbers behind a name are other takes of one text.
            string number = i.ToString(CultureInfo.InvariantCulture), text = $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}";
            foreach (string voice in (string[])["en_US_f_Allison", "es_MX_f_Allison", "fr_CA_f_June", "it_IT_m_Carlo", "ru_RU_f_Ivr"])
                Add($"asterisk-core-sounds-{voice[..2]}-g722", $"sounds/{voice}/w{text}-said.wav");
            foreach (string language in (string[])["be", "da", "en", "es", "fr", "ru"])
                Add("tuxpaint-stamps-default", $"stamps/thing-{text}_desc{(language == "en" ? "" : "_" + language)}.ogg");
            AddText("tuxpaint-stamps-default", $"stamps/thing-{text}.txt", [$"A thing that is called {text}.", .. ((string[])["de", "es", "fr", "ru", "tlh"]).Select(language => $"{language}.utf8={language}: a thing of name {text}.")]);
            foreach (string language in (string[])["es", "fr", "ru"])
                Add("klettres-data", $"klettres/{language}/alpha/l{number}.ogg");
            Add("fillets-ng-data-cs", $"sound/gods/cs/b-{(i % 2 == 0 ? "m" : "v")}-line{text}.ogg");
            Add("fillets-ng-data", $"sound/linux/en/line{number}.ogg");
            foreach (string voice in (string[])["Default", "Default_es", "Default_ru", "British", "Singer", "Classic", "Pirate", "Mobster", "Surfer", "Russian"])
                Add("hedgewars-data", $"Sounds/voices/{voice}/said{number}.ogg");
        }
    }

    /// <summary>Adds a file.</summary>
    /// <returns>Its path.</returns>
    public string Add(string package, string path)
    {
        var random = new SeededRandom(made++, 1);
        string full = Place(package, path);
        AdapterCompiler.Audio.WavWriter.Write(full, [.. Enumerable.Range(0, 800).Select(_ => random.NextSigned(10_000) / 32_768f)]);
        return full;
    }

    /// <summary>Adds a text.</summary>
    public void AddText(string package, string path, IEnumerable<string> lines) => File.WriteAllLines(Place(package, path), lines);

    public string? Install(IReadOnlyList<string> names) => null;

    public IReadOnlyList<string> Files(string name) => files.TryGetValue(name, out List<string>? own) ? own : [];

    public void Dispose() => folder.Dispose();

    private string Place(string package, string path)
    {
        string full = folder.At(package + "/" + path.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (!files.TryGetValue(package, out List<string>? own))
            files[package] = own = [];
        own.Add(full);
        return full;
    }
}

/// <summary>Speaks and plays noise.</summary>
internal sealed class MadeRenderer : IRenderer
{
    public IReadOnlyList<SyntheticVoice> Voices { get; } =
        [.. Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"v{i}")).Select(name => new SyntheticVoice("espeak-ng", name, name)), .. new[] { "awb", "kal", "slt" }.Select(name => new SyntheticVoice("flite", name, name))];

    public float[] Speak(Saying said) => Noise(said.Speed + (100 * said.Pitch), 4000);

    public IReadOnlyList<float[]> Play(string font, IReadOnlyList<Note> notes) => [.. notes.Select(note => Noise(note.Pitch, Mixing.SliceLength))];

    private static float[] Noise(int seed, int length)
    {
        var random = new SeededRandom(seed, 2);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSigned(10_000) / 32_768f)];
    }
}
