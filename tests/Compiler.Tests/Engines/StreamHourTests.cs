using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using AdapterCompiler.Tests.FrontEnds;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>
/// Sound through a class that hears and runs on a stream, every decision against its whole window in the interpreter and in the class that is generated for windows. Ten seconds of it;
/// ADAPTER_STREAM_SECONDS=3600 for an hour. Trained models on real recordings: <c>benchmarks -- stream-hour</c>.
/// </summary>
public sealed class StreamHourTests
{
    private const int Rate = 16_000, Hop = 8, Frames = 32;

    private static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_STREAM_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : 10;

    [Fact]
    public void Every_decision_on_sound_is_that_of_its_whole_window()
    {
        ModelArtifact model = UnpaddedModels.Of(LaneModels.Create(3, Frames, 32, [3, 4, 6, 5], [1, 2], 4, 7, 0.6), 0) with
        {
            Input = new InputSpec(Frames, 32, 7),
            FrontEnd = new IntegerMelSpec(Rate, 400, 160, 60, 7800, 10, 28),
        };
        var comparison = new StreamComparison(model, Hop, hears: true);
        short[][] signals = [Signals.Speech(3 * Rate, 5), Signals.Square(Rate, 20), Signals.Extremes(Rate, 6), Signals.Silence(Rate / 2), Signals.Impulses(Rate, 4_001), Signals.Noise(Rate, 30_000, 7)];
        short[] once = [.. signals.SelectMany(each => each)];
        short[] sound = [.. Enumerable.Range(0, Seconds * Rate).Select(i => once[(i + (i / once.Length * 37)) % once.Length])];
        comparison.Hear(sound, new Random(8));
        // A decision waits for rows of later frames: those of the last fraction of a second are not made.
        Assert.InRange(comparison.Decisions, ((Seconds * 100) - Frames - 40) / Hop, Seconds * 100 / Hop);
        Assert.Equal((comparison.Decisions, 0, 0), (comparison.Interpreted, comparison.Different, comparison.Missed));
    }
}
