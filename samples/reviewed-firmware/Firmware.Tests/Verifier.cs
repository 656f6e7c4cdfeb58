// The two names of Verify (https://github.com/VerifyTests/Verify) that the tests use, for feeds that do not serve it. With -p:UseVerify=true the package
// is taken instead, with the same files: Class.Method.verified.cs is committed, Class.Method.received.cs is what a failing test leaves to look at.
// This repository's feed has no Verify, so that setting is written by its documentation and has not been run: try it once where yours has it.
// To accept: rename .received to .verified, or run the tests with ACCEPT_SNAPSHOTS=true and review with git diff.
#if !USE_VERIFY
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace VerifyXunit;

/// <summary>Marks a class whose tests verify snapshots.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UsesVerifyAttribute : Attribute;

/// <summary>Compares text with the snapshot committed beside the test.</summary>
public static class Verifier
{
    /// <summary>Fails the test unless the text equals its snapshot; line ends do not count.</summary>
    public static async Task Verify(string text, string extension, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string snapshot = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}");
        string verified = $"{snapshot}.verified.{extension}", received = $"{snapshot}.received.{extension}";
        string expected = File.Exists(verified) ? (await File.ReadAllTextAsync(verified)).ReplaceLineEndings("\n") : "";
        if (expected == text.ReplaceLineEndings("\n"))
        {
            File.Delete(received);
            return;
        }

        bool accepts = Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "true" && Environment.GetEnvironmentVariable("CI") != "true";
        await File.WriteAllTextAsync(accepts ? verified : received, text);
        if (!accepts)
            throw new InvalidOperationException($"{Path.GetFileName(verified)} is not what the model became. Compare it with {Path.GetFileName(received)}; if that is right, rename it, or run the tests with ACCEPT_SNAPSHOTS=true.");
    }
}
#endif
