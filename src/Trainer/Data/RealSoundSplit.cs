using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AdapterCompiler.Trainer.Data;

/// <summary>
/// Which split a recording belongs to: a function of its name alone, so it never changes and no recording is in two splits, in either task.
/// </summary>
/// <remarks>
/// A prompt's name leaves out the language: what is said in one language in training is not said in another in the test. Music goes by whole tracks. There are five, by
/// three composers, so they are dealt by hand: the test's composer is heard nowhere else; validation has a track of a composer who also has two in training.
/// </remarks>
internal static class RealSoundSplit
{
    private const int TrainPercent = 70;
    private const int ValidationPercent = 15;

    /// <summary>The split of a spoken prompt, about 70 : 15 : 15.</summary>
    public static FolderSplit OfPrompt(string prompt) => (Hash(Family(prompt)) % 100) switch
    {
        < TrainPercent => FolderSplit.Train,
        < TrainPercent + ValidationPercent => FolderSplit.Validation,
        _ => FolderSplit.Test,
    };

    /// <summary>The split of a piece of music; tracks that a later package may add go to training.</summary>
    public static FolderSplit OfTrack(string track) => track switch
    {
        "macroform-robot_dity" => FolderSplit.Validation,
        "reno_project-system" => FolderSplit.Test,
        _ => FolderSplit.Train,
    };

    /// <summary>
    /// Prompts named alike may be cut from one take (<c>conf-adminmenu</c>, <c>conf-adminmenu-18</c>, <c>vm-INBOX</c>, <c>vm-INBOXs</c>), so they stay together: the name's
    /// first two words, without digits and a plural's s. Folders (digits, letters, the phonetic alphabet) hold single words, each a family of its own.
    /// </summary>
    public static string Family(string prompt)
    {
        if (prompt.Contains('/', StringComparison.Ordinal))
            return prompt;
        string[] words = prompt.Split('-');
        return string.Join('-', words[..Math.Min(2, words.Length)]).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('s');
    }

    /// <summary>A number that depends on the text alone, evenly spread.</summary>
    public static uint Hash(string text) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
