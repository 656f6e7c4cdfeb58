using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>
/// All recordings by voice and by role, each in one split. Copies byte for byte count as one recording: the first in ordinal order of package and path stays.
/// </summary>
internal sealed class ClipLibrary
{
    private readonly Dictionary<string, List<Clip>> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Clip>> voices = new(StringComparer.Ordinal);

    private ClipLibrary()
    {
    }

    /// <summary>Voices in ordinal order of their names.</summary>
    public IReadOnlyList<Voice> Voices { get; private set; } = [];

    /// <summary>Looks through the packages.</summary>
    /// <param name="packages">Installed.</param>
    /// <param name="names">Which to look through.</param>
    public static ClipLibrary Scan(IRecordingPackages packages, IReadOnlyList<string> names)
    {
        var library = new ClipLibrary();
        (string Package, string Path)[] files = [.. names.SelectMany(name => packages.Files(name).Where(IsSound).Order(StringComparer.Ordinal).Select(path => (name, path)))];
        string[] hashes = new string[files.Length];
        Parallel.For(0, files.Length, i => hashes[i] = Hash(files[i].Path));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (((string package, string path), string hash) in files.Zip(hashes))
        {
            if (seen.Add(hash))
                library.Add(package, path, hash);
        }

        library.Voices = [.. library.voices.OrderBy(voice => voice.Key, StringComparer.Ordinal)
            .Select(voice => new Voice(voice.Key, [.. voice.Value.OrderBy(clip => clip.Hash, StringComparer.Ordinal)]))];
        return library;
    }

    /// <summary>Clips of a role in a split, in a fixed order.</summary>
    /// <exception cref="InvalidDataException">There is none: the packages are not what they were.</exception>
    public IReadOnlyList<Clip> Of(string role, FolderSplit split)
    {
        Clip[] found = roles.TryGetValue(role, out List<Clip>? clips) ? [.. clips.Where(clip => clip.Split == split)] : [];
        return found.Length > 0
            ? found
            : throw new InvalidDataException($"no recording for '{role}' in the split '{FolderTree.FolderOf(split)}' was found in Debian's packages; reinstall them: apt-get install --reinstall {string.Join(' ', Ingredients.All.Where(each => each.Role == role).Select(each => each.Package).Distinct(StringComparer.Ordinal))}");
    }

    // A link is another name of a file that is there anyway, and a file of a few bytes holds no sound.
    private static bool IsSound(string path)
    {
        if (!SpokenClips.IsSoundFile(path))
            return false;
        var file = new FileInfo(path);
        return file.Exists && file.LinkTarget is null && file.Length > 500;
    }

    private void Add(string package, string path, string hash)
    {
        if (SpokenClips.Of(package, path) is { } spoken)
        {
            if (!voices.TryGetValue(spoken.Voice, out List<Clip>? own))
                voices[spoken.Voice] = own = [];
            own.Add(new Clip(package, path, spoken.Split, hash, spoken.Language));
            return;
        }

        if (Ingredients.All.FirstOrDefault(each => each.Package == package && each.Matches(path)) is not { } ingredient)
            return;
        if (!roles.TryGetValue(ingredient.Role, out List<Clip>? clips))
            roles[ingredient.Role] = clips = [];
        clips.Add(new Clip(package, path, ingredient.Split, hash));
    }

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
