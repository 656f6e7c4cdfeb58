// Why this file exists: the project's snapshots follow Verify (the package Verify.Xunit), but the build machines' feed serves
// Verify.Xunit 19.6.0 without the package that it is built on. This helper has the part of its API that the tests use and the
// same file convention, so that `dotnet test -p:UseVerify=true` compiles and runs the same tests against the real package where a
// feed has it. The day the feed has Verify, delete this file and SnapshotDifference.cs and reference the package.
//
// Convention: a class with [UsesVerify], named as its file; one [Fact] per snapshot; `await Verifier.Verify(text, extension: "cs")`.
// Class.Method.verified.cs beside the test is committed; Class.Method.received.cs is written on a difference and ignored by git.
//
// To accept: look at the difference, then rename .received to .verified (a diff tool opens by itself if one is installed and
// CI is not set), or run the tests with ACCEPT_SNAPSHOTS=true and review with `git diff`.
#if !USE_VERIFY
using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Testing;
using DiffEngine;
using Xunit.Sdk;

namespace VerifyXunit;

/// <summary>Marks a class whose tests verify snapshots; it tells <see cref="Verifier"/> which test runs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UsesVerifyAttribute : BeforeAfterTestAttribute
{
    private static readonly AsyncLocal<MethodInfo?> running = new();

    internal static MethodInfo? RunningTest => running.Value;

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest) => running.Value = methodUnderTest;

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest) => running.Value = null;
}

/// <summary>Compares text with the snapshot committed beside the test.</summary>
public static class Verifier
{
    /// <summary>Fails the test unless <paramref name="target"/> equals the running test's snapshot; line ends do not count.</summary>
    /// <param name="target">The text.</param>
    /// <param name="extension">Of the snapshot's file, without a dot.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    public static Task Verify(string? target, string extension = "txt", [CallerFilePath] string sourceFile = "")
    {
        string type = Path.GetFileNameWithoutExtension(sourceFile);
        MethodInfo test = UsesVerifyAttribute.RunningTest
            ?? throw new XunitException($"The class {type} verifies snapshots: mark it with [UsesVerify] (namespace VerifyXunit), or await Verify in the test itself.");
        bool onServer = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        bool accept = string.Equals(Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS"), "true", StringComparison.OrdinalIgnoreCase);
        string prefix = Path.Combine(Path.GetDirectoryName(sourceFile)!, $"{type}.{test.Name}");
        return CompareAsync(target ?? "null", prefix, extension, onServer, accept);
    }

    /// <summary>The comparison itself, apart from the environment.</summary>
    /// <param name="text">What the test made.</param>
    /// <param name="prefix">Path of the snapshot up to <c>.verified</c>.</param>
    /// <param name="extension">Of the snapshot's file, without a dot.</param>
    /// <param name="onServer">No diff tool is opened.</param>
    /// <param name="accept">The text becomes the snapshot.</param>
    public static async Task CompareAsync(string text, string prefix, string extension, bool onServer, bool accept)
    {
        string verified = $"{prefix}.verified.{extension}";
        string received = $"{prefix}.received.{extension}";
        text = WithLineFeeds(text);
        string? expected = File.Exists(verified) ? WithLineFeeds(await File.ReadAllTextAsync(verified)) : null;
        if (accept || text == expected)
        {
            if (text != expected)
                await WriteAsync(verified, text);
            File.Delete(received);
            return;
        }

        await WriteAsync(received, text);
        if (!onServer)
        {
            if (expected is null)
                await WriteAsync(verified, string.Empty);
            await DiffRunner.LaunchForTextAsync(received, verified);
        }

        throw new XunitException(SnapshotDifference.Describe(text, expected, verified, received));
    }

    private static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static Task WriteAsync(string path, string text) => File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
#endif
