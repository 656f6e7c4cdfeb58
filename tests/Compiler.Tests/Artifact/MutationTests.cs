using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Operators;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>
/// Damaged files give diagnostics and nothing else. 3,000 of them in every run; ADAPTER_MUTATIONS=100000 sets another number and
/// prints the longest time and the most bytes allocated (docs/artifact-format.md).
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int UsualCount = 3000;
    private const long MostAllocated = 100_000_000;

    [Fact]
    public void Damaged_files_give_diagnostics_only()
    {
        string? asked = Environment.GetEnvironmentVariable("ADAPTER_MUTATIONS");
        int count = asked is null ? UsualCount : int.Parse(asked, CultureInfo.InvariantCulture);
        int refused = 0;
        int pastTheHash = 0;
        int rules = 0;
        long mostAllocated = 0;
        TimeSpan longest = TimeSpan.Zero;
        var seen = new bool[DiagnosticCatalogue.All.Count];
        ModelReader.ReadUtf8(Mutation.Of(0));
        for (int seed = 0; seed < count; seed++)
        {
            byte[] bytes = Mutation.Of(seed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            ReadResult result = ModelReader.ReadUtf8(bytes);
            TimeSpan time = Stopwatch.GetElapsedTime(start);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            longest = time > longest ? time : longest;
            mostAllocated = Math.Max(mostAllocated, allocated);
            Assert.True(allocated < MostAllocated, "Seed " + seed.ToString(CultureInfo.InvariantCulture) + " allocated " + allocated.ToString(CultureInfo.InvariantCulture));
            Check(seed, bytes, result);
            refused += result.Model is null ? 1 : 0;
            foreach (Diagnostic diagnostic in result.Diagnostics)
            {
                int rule = DiagnosticCatalogue.All.ToList().IndexOf(diagnostic.Rule);
                rules += seen[rule] ? 0 : 1;
                seen[rule] = true;
            }

            pastTheHash += result.Diagnostics.Any(each => each.Rule != DiagnosticCatalogue.WrongHash) ? 1 : 0;
        }

        // Otherwise the mutations would test the hash, or nothing.
        Assert.True(refused > count / 2);
        Assert.True(pastTheHash > count / 2);
        Assert.True(count < UsualCount || rules >= 20);
        if (asked is not null)
        {
            string summary = string.Create(
                CultureInfo.InvariantCulture,
                $"{count} mutated files: {refused} refused, {count - refused} still valid models, {rules} rules seen; longest {longest.TotalMilliseconds:F1} ms, most allocated {mostAllocated / 1024} KB.");
            output.WriteLine(summary);
            Console.WriteLine(summary);
        }
    }

    [Theory]
    [InlineData("adapter-model 1\n")]
    [InlineData("\n")]
    [InlineData("#")]
    [InlineData(" ")]
    [InlineData("sha256 0\n")]
    [InlineData("label label label\n")]
    [InlineData("layer 1 conv offsets ,,,,\n")]
    [InlineData("\uD83D\uDC26\n")]
    [InlineData("0\n")]
    public void A_file_as_large_as_allowed_stays_under_100_MB(string line)
    {
        string head = ModelWriter.Write(TinyModel.Create())[..^66];
        string start = head[..head.IndexOf("label up", StringComparison.Ordinal)];
        int lines = (ArtifactLimits.FileSize - Encoding.UTF8.GetByteCount(start)) / Encoding.UTF8.GetByteCount(line);
        byte[] file = Encoding.UTF8.GetBytes(new StringBuilder(start).Insert(start.Length, line, lines).ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadResult result = ModelReader.ReadUtf8(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Null(result.Model);
        Assert.InRange(allocated, 0, MostAllocated);
    }

    [Fact]
    public void A_valid_file_as_large_as_allowed_stays_under_100_MB()
    {
        // Offsets take the most memory for a character of text: two characters, four bytes.
        ModelArtifact tiny = TinyModel.Create();
        TaskArtifact task = tiny.Tasks[0];
        var one = new ChannelArtifact(0, 0, ValueArray<int>.Empty, new ValueArray<sbyte>(new sbyte[9]), "1");
        ChannelArtifact two = one with { Offsets = new ValueArray<int>(new int[1024]), Weights = new ValueArray<sbyte>(new sbyte[9 * 1025]) };
        ChannelArtifact three = two with { Weights = new ValueArray<sbyte>(new sbyte[1025]) };
        LayerArtifact[] shared = [Layer(LayerKind.GlobalConvolution, 1, 0, one, 1), Layer(LayerKind.Dense, 1, 0, one with { Weights = ValueArray.Of<sbyte>(0) }, 1)];
        LayerArtifact[] own = [Layer(LayerKind.GlobalConvolution, 1, 0, one, 1024), Layer(LayerKind.Dense, 1, 1024, three, 1024)];
        var heads = new HeadArtifact(1, 1024, 8, "1", Enumerable.Repeat(new HeadClassArtifact(0, two.Offsets, three.Weights), 1200).ToValueArray());
        ValueArray<string> labels = Enumerable.Range(0, 1200).Select(index => index.ToString(CultureInfo.InvariantCulture)).ToValueArray();
        TaskArtifact wide = task with { Labels = labels, Layers = new ValueArray<LayerArtifact>(own), Head = heads };
        ModelArtifact model = tiny with { Shared = new ValueArray<LayerArtifact>(shared), Tasks = ValueArray.Of(wide) };
        byte[] file = Encoding.UTF8.GetBytes(ModelWriter.Write(model));
        Assert.InRange(file.Length, ArtifactLimits.FileSize * 9 / 10, ArtifactLimits.FileSize);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadResult result = ModelReader.ReadUtf8(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(model, result.Model);
        Assert.InRange(allocated, 0, MostAllocated);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes of file, {allocated} allocated"));
    }

    private static LayerArtifact Layer(LayerKind kind, int inputs, int own, ChannelArtifact channel, int count) =>
        new(kind, inputs, own, 8, 1, Enumerable.Repeat(channel, count).ToValueArray(), Enumerable.Repeat(true, count).ToValueArray());

    // A model or diagnostics, each with a message and a place inside the file.
    private static void Check(int seed, byte[] bytes, ReadResult result)
    {
        string name = "seed " + seed.ToString(CultureInfo.InvariantCulture);
        Assert.True((result.Model is null) == (result.Diagnostics.Count > 0), name);
        Assert.True(result.Diagnostics.Count <= 20, name);
        if (result.Model is not null)
        {
            Assert.Equal(result.Model, ModelReader.Read(ModelWriter.Write(result.Model)).Model);
            return;
        }

        int lines = bytes.Count(each => each == (byte)'\n') + 1;
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            Assert.True(diagnostic.Message.Length is > 0 and < 600, name);
            Assert.InRange(diagnostic.Position.Line, 1, lines);
            Assert.True(diagnostic.Position is { Column: >= 1, Length: >= 1 }, name);
        }
    }
}
