using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>A Debian package of recordings of one class.</summary>
/// <param name="Name">Package name.</param>
/// <param name="Class">Class of its recordings: a language, or music.</param>
/// <param name="Marker">What precedes a recording's own name in its path: the voice's folder, or that of the music.</param>
internal sealed record RealSoundPackage(string Name, string Class, string Marker)
{
    /// <summary>A recording's name without voice and extension, such as <c>digits/1</c>: the same in every language.</summary>
    public string Prompt(string path)
    {
        string name = path[..^".g722".Length].Replace('\\', '/');
        int marker = name.LastIndexOf(Marker, StringComparison.Ordinal);
        string rest = marker < 0 ? name : name[(marker + Marker.Length)..];
        return Class == RealSoundPackages.Music ? rest : rest[(rest.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}

/// <summary>Where the recordings come from.</summary>
/// <remarks>
/// The speakers, from the packages' copyright files: English and Spanish by Allison Smith, French by June Wallack. So en and es cannot be told apart by the voice;
/// fr can, and its accuracy is to be read with that in mind. Music by Macroform (3 tracks), Manolo Camp and Reno Project. All of it CC-BY-SA 3.0.
/// </remarks>
internal static class RealSoundPackages
{
    public const string Music = "music";

    public static IReadOnlyList<RealSoundPackage> All { get; } =
    [
        new("asterisk-core-sounds-en-g722", "en", "/sounds/"),
        new("asterisk-core-sounds-es-g722", "es", "/sounds/"),
        new("asterisk-core-sounds-fr-g722", "fr", "/sounds/"),
        new("asterisk-moh-opsound-g722", Music, "/moh/"),
    ];

    private static readonly string[] Tones =
        ["ascending-2tone", "descending-2tone", "beep", "beeperr", "confbridge-join", "confbridge-leave", "tt-monkeys"];

    /// <summary>Tones, noises and silences among the prompts, which are in no language.</summary>
    public static bool IsNotSpeech(string prompt) =>
        prompt.StartsWith("silence/", StringComparison.Ordinal) || Tones.Contains(prompt, StringComparer.Ordinal);
}
