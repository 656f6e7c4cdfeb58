using System;
using System.Buffers.Binary;
using System.Linq;
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
public static class RealSoundSplit
{
    private const int TrainPercent = 70;
    private const int ValidationPercent = 15;
    private const string VoiceMail = "vm-";
    private const string Signs = "letters/ascii";

    private static readonly string[] FoldersOfWords = ["digits", "letters", "phonetic"];

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
    /// Prompts that may be cut from one take stay together (<c>conf-adminmenu</c>, <c>conf-adminmenu-18</c>, <c>vm-INBOX</c>, <c>vm-INBOXs</c>, <c>dictate/…</c>): a family is the
    /// name's first two words, without digits, a plural's s and the prefix of voice mail, or its folder. Digits, letters and the phonetic alphabet are
    /// single words, each a family of its own, except the names of signs (<c>letters/ascii123</c>: two kinds of brace).
    /// </summary>
    /// <remarks>
    /// Checked by correlating the two loudest half seconds of every validation and test prompt with all of the training prompts of their language. With names alone, takes were
    /// shared (r above 0.95) by <c>minutes</c> and <c>vm-minutes</c>, <c>conf-usermenu</c> and <c>conf-adminmenu</c>, <c>please-try-again</c> and <c>vm-pls-try-again</c>, two prompts of
    /// <c>dictate</c> and two signs, each in Spanish or French; hence these rules. Nothing else was above 0.9.
    /// </remarks>
    public static string Family(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        int slash = prompt.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
            return FoldersOfWords.Contains(prompt[..slash], StringComparer.Ordinal) && !prompt.StartsWith(Signs, StringComparison.Ordinal) ? prompt : prompt[..slash];
        string name = prompt.StartsWith(VoiceMail, StringComparison.Ordinal) ? prompt[VoiceMail.Length..] : prompt;
        name = name.Replace("usermenu", "adminmenu", StringComparison.Ordinal).Replace("pls-", "please-", StringComparison.Ordinal);
        string[] words = name.Split('-');
        return string.Join('-', words[..Math.Min(2, words.Length)]).TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('s');
    }

    /// <summary>A number that depends on the text alone, evenly spread.</summary>
    public static uint Hash(string text) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
