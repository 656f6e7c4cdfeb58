using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Operators;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>
/// What an adapter's channels cost on the device, asked of the compiler: it compiles two probes, the same network with random weights as they are after compression (4 bits, seven of ten 0, sums
/// that four lanes hold), one with all of an adapter's channels and one with half of them. What their layers cost follows channels and pairs of channels; both prices are solved for.
/// </summary>
internal static class DeviceCost
{
    private const int Bits = 4, Classes = 4, Largest = 7, LaneSum = 240, Seed = 71;

    private const double Zeros = 0.7, Million = 1e6;

    /// <summary>Device without limits: every layer is compiled as it is fastest, not as it fits beside others.</summary>
    private const string Unlimited = "desktop";

    /// <summary>Prices in millions of weighted instructions.</summary>
    public static CostPrices Prices(NetworkShape shape)
    {
        int[] all = [.. Enumerable.Range(1, shape.Layers).Select(shape.Adapter)], half = [.. all.Select(count => Math.Max(1, count / 2))];
        double[] costs = Own(shape, all), fewer = Own(shape, half);
        double[] pair = new double[shape.Layers], channel = new double[shape.Layers];
        for (int i = 0; i < shape.Layers; i++)
        {
            double read = i == 0 ? shape.Shared(0) : shape.Shared(i) + all[i - 1], readFewer = i == 0 ? read : shape.Shared(i) + half[i - 1];
            double each = costs[i] / all[i], eachFewer = fewer[i] / half[i];

            // Each channel: channel + pair * read. One point alone, or noise that would make a price negative, is all put on the pairs.
            pair[i] = read > readFewer ? (each - eachFewer) / (read - readFewer) : each / read;
            if (pair[i] <= 0 || pair[i] * read > each)
                pair[i] = each / read;
            channel[i] = Math.Max(0, each - (pair[i] * read));
        }

        return new CostPrices(pair, channel, costs[^1] / (Classes * (shape.Shared(shape.Layers) + all[^1])));
    }

    /// <summary>Weighted instructions of an adapter's layers and of its head, in millions, by the compiler's report.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="channels">Channels of the one adapter.</param>
    public static double[] Own(NetworkShape shape, int[] channels)
    {
        string text = ModelWriter.Write(Probe(shape, channels));
        var options = new CompilationOptions("ProbeModel", "", "probe.adapter", ValueArray<string>.Empty, Unlimited);
        CompilationResult result = ModelCompiler.Compile(text, options);
        if (result.Program is null)
            throw new InvalidDataException($"no code can be made of a network of these sizes, so that its cost on a device is not known: {result.Diagnostics[0].ToText(options.SourceName)}");
        Report report = ReportBuilder.Build([result], options, DeviceProfiles.Find(Unlimited)!);
        return [.. report.Rows.Where(row => row.Block == ProbeTask).Select(row => row.Weighted / Million)];
    }

    private const string ProbeTask = "probe";

    private static ModelArtifact Probe(NetworkShape shape, int[] channels)
    {
        LayerArtifact[] shared = [.. Enumerable.Range(1, shape.Layers).Select(layer => Layer(shape, layer, 0, shape.Shared(layer), first: 0))];
        LayerArtifact[] own = [.. Enumerable.Range(1, shape.Layers).Select(layer => Layer(shape, layer, layer == 1 ? 0 : channels[layer - 2], channels[layer - 1], shape.Shared(layer)))];
        int inputs = shape.Shared(shape.Layers);
        HeadClassArtifact[] classes = [.. Enumerable.Range(0, Classes).Select(c => new HeadClassArtifact(0, new int[channels[^1]].ToValueArray(), Weights(inputs + channels[^1], shape.Layers + 1, c)))];
        return new ModelArtifact(
            ProbeTask, "probe", shape.Input, Audio.FrontEnd.Integer, shared.ToValueArray(),
            ValueArray.Of(new TaskArtifact(
                ProbeTask, classes.Select((_, i) => FormattableString.Invariant($"class {i + 1}")).ToValueArray(), Accuracy: null, own.ToValueArray(), new HeadArtifact(inputs, channels[^1], Bits, "0.01", classes.ToValueArray()))));
    }

    private static LayerArtifact Layer(NetworkShape shape, int layer, int ownInputs, int outputs, int first)
    {
        int inputs = shape.Shared(layer - 1), count = LayerOperators.Of(shape.Kind(layer)).Weights(inputs + ownInputs);
        ChannelArtifact[] channels = [.. Enumerable.Range(0, outputs).Select(o =>
        {
            ValueArray<sbyte> weights = Weights(count, layer, first + o);
            int largest = Math.Max(1, weights.Sum(weight => Math.Max((int)weight, 0)) / 2);
            return new ChannelArtifact(0, Math.Clamp((int)Math.Log2(largest), 0, 8), new int[ownInputs].ToValueArray(), weights, "0.01");
        })];
        return new LayerArtifact(shape.Kind(layer), inputs, ownInputs, Bits, shape.Input.Bits, channels.ToValueArray(), Enumerable.Repeat(true, outputs).ToValueArray());
    }

    /// <summary>Weights around 0, most of them 0, whose sums of either sign four lanes hold.</summary>
    private static ValueArray<sbyte> Weights(int count, int layer, int channel)
    {
        var random = new SeededRandom(Seed, layer, channel);
        sbyte[] weights = new sbyte[count];
        int[] left = [LaneSum, LaneSum];
        for (int i = 0; i < count; i++)
        {
            // Three draws added lie around the middle as trained weights do.
            int weight = (random.NextSigned(Largest) + random.NextSigned(Largest) + random.NextSigned(Largest)) / 2, sign = weight > 0 ? 0 : 1;
            if (random.Next(1000) < 1000 * Zeros || Math.Abs(weight) > Math.Min(Largest, left[sign]))
                continue;
            weights[i] = (sbyte)weight;
            left[sign] -= Math.Abs(weight);
        }

        // A channel that cannot rise above 0 would cost nothing.
        if (left[0] == LaneSum)
            weights[channel % count] = 1;
        return weights.ToValueArray();
    }
}
