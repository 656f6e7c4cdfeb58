#if !USE_VERIFY
using System;
using System.IO;
using System.Threading.Tasks;
using AdapterCompiler.Testing;
using VerifyXunit;
using Xunit;
using Xunit.Sdk;

namespace AdapterCompiler.GeneratorTests;

/// <summary>The snapshot helper of tests/Testing.</summary>
[UsesVerify]
public sealed class VerifierTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    private string Verified => Path.Combine(folder, "Class.Method.verified.cs");

    private string Received => Path.Combine(folder, "Class.Method.received.cs");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public Task The_snapshot_beside_a_test_is_found_and_compared() =>
        Verifier.Verify(SnapshotDifference.Describe("a\nb\nc\nnew\ne", "a\nb\nc\nold\ne", "X.Y.verified.cs", "X.Y.received.cs"), extension: "txt");

    [Fact]
    public async Task Equal_text_passes_and_removes_what_an_earlier_run_left()
    {
        await File.WriteAllTextAsync(Verified, "one\r\ntwo\r\n");
        await File.WriteAllTextAsync(Received, "old");
        await CompareAsync("one\ntwo\n");
        Assert.False(File.Exists(Received));
    }

    [Fact]
    public async Task Other_text_fails_and_is_kept_for_review()
    {
        await File.WriteAllTextAsync(Verified, "one\ntwo\n");
        XunitException failure = await Assert.ThrowsAsync<XunitException>(() => CompareAsync("one\nthree\n"));
        Assert.Contains("Class.Method.verified.cs differs from line 2 on", failure.Message, StringComparison.Ordinal);
        Assert.Equal("one\nthree\n", await File.ReadAllTextAsync(Received));
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(Verified));
    }

    [Fact]
    public async Task A_missing_snapshot_fails_and_is_not_made_up()
    {
        XunitException failure = await Assert.ThrowsAsync<XunitException>(() => CompareAsync("one\n"));
        Assert.Contains("does not exist yet", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Verified));
    }

    [Fact]
    public async Task Accepting_makes_the_text_the_snapshot()
    {
        await CompareAsync("one\n", accept: true);
        Assert.Equal("one\n", await File.ReadAllTextAsync(Verified));
        await CompareAsync("one\n");
    }

    private Task CompareAsync(string text, bool accept = false) =>
        Verifier.CompareAsync(text, Path.Combine(folder, "Class.Method"), "cs", onServer: true, accept);
}
#endif
