using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Testing;

/// <summary>
/// Small valid models, a different one for every seed: 2-5 layers, 1-6 channels, 1-4 tasks and of every sixteenth seed 5-30, every width of
/// weights and codes, masks from fully open to fully closed, weights and biases at their extremes. Every accumulator and logit stays inside Int32, whichever
/// gates are open.
/// </summary>
public static class RandomArtifacts
{
    private static readonly string[] TaskNames = ["keyword", "bird", "music-speech", "room2"];

    // Seeds of so many above a multiple of sixteen.
    private const int ManyTasks = 6;

    // Whatever a C# string literal, a format string or a comment could stumble over.
    private static readonly string[] LabelNames =
        ["yes", "no", "\"stop\"", "C:\\sound\\n", "straße", "鳥", "two words", "{0}", "$\"x\"", "*/ //", "a\u0301", "\U0001F426", "#1"];

    /// <summary>The model of this seed, always the same.</summary>
    public static ModelArtifact Create(int seed)
    {
        var random = new Random(seed);
        int layers = random.Next(2, 6);
        int pools = layers - 2;
        var input = new InputSpec(Side(random, pools), Side(random, pools), random.Next(1, 9));
        var frontEnd = new LogMelSpec(16000, 400, 160, 512, 60, 7800, -random.Next(20000, 90000), random.Next(100, 2000));
        ValueArray<LayerArtifact> shared = Layers(random, layers, input.Bits, null);
        var tasks = new List<TaskArtifact>();
        int taskCount = random.Next(1, 5);
        if (seed % 16 == ManyTasks)
            taskCount = new Random(seed).Next(5, ArtifactLimits.Tasks + 1);
        for (int index = 0; index < taskCount; index++)
            tasks.Add(Task(random, index < TaskNames.Length ? TaskNames[index] : "task" + index.ToString(CultureInfo.InvariantCulture), input.Bits, shared));
        string command = "adapter-train random --seed " + seed.ToString(CultureInfo.InvariantCulture);
        return new ModelArtifact("random", command, input, frontEnd, shared, new ValueArray<TaskArtifact>(tasks))
        {
            // Nothing is drawn for it: the rest stays as it was.
            Provenance = (seed % 3) switch { 0 => null, 1 => new Provenance("0.1.0", Provenance.Unknown, Provenance.Unknown), _ => new Provenance("0.2.0-alpha", "d34ef2f368f7-modified", new string('5', 64)) },
        };
    }

    // 4-16, a multiple of what the pools divide by.
    private static int Side(Random random, int pools)
    {
        int unit = 1 << pools;
        int least = (4 + unit - 1) / unit;
        return unit * random.Next(least, (16 / unit) + 1);
    }

    private static TaskArtifact Task(Random random, string name, int inputBits, ValueArray<LayerArtifact> shared)
    {
        ValueArray<LayerArtifact> layers = Layers(random, shared.Count, inputBits, shared);
        LayerArtifact sharedEmbedding = shared[shared.Count - 1];
        LayerArtifact ownEmbedding = layers[layers.Count - 1];
        int bits = random.Next(2, 9);
        int classes = random.Next(2, 5);
        string[] labels = LabelNames.OrderBy(_ => random.Next()).Take(classes).ToArray();
        var units = new HeadClassArtifact[classes];
        for (int index = 0; index < classes; index++)
        {
            Unit unit = Unit.Create(random, bits, sharedEmbedding.Channels.Count, Max(sharedEmbedding), ownEmbedding.Channels.Count, Max(ownEmbedding), 1);
            units[index] = new HeadClassArtifact(unit.Bias, new ValueArray<int>(unit.Offsets), new ValueArray<sbyte>(unit.Weights));
        }

        var head = new HeadArtifact(sharedEmbedding.Channels.Count, ownEmbedding.Channels.Count, bits, Scale(random), new ValueArray<HeadClassArtifact>(units));
        int slices = random.Next(1, 1000);
        MeasuredAccuracy? accuracy = random.Next(3) == 0 ? null : new MeasuredAccuracy(slices, random.Next(slices + 1), random.Next(slices + 1));
        // Nothing is drawn for the matrix either.
        if (accuracy is not null && slices % 2 == 0)
            accuracy = accuracy with { Confusion = TinyModels.Confusion(accuracy, classes) };
        // Nor for detections.
        DetectionRule? detection = slices % 3 != 0 ? null : new DetectionRule(1 + (slices % 5), slices % 7, Enumerable.Range(0, classes).Select(c => c == slices % classes ? DetectionRule.Never : slices * c).ToValueArray());
        return new TaskArtifact(name, new ValueArray<string>(labels), accuracy, layers, head)
        {
            Detection = detection,
        };
    }

    // The shared encoder where shared is null, else an adapter beside it.
    private static ValueArray<LayerArtifact> Layers(Random random, int count, int inputBits, ValueArray<LayerArtifact>? shared)
    {
        var layers = new LayerArtifact[count];
        bool isClosed = shared is not null && random.Next(6) == 0;
        for (int index = 0; index < count; index++)
        {
            LayerKind kind = index == count - 1 ? LayerKind.Dense : index == count - 2 ? LayerKind.GlobalConvolution : LayerKind.Convolution;
            LayerArtifact? own = index == 0 ? null : layers[index - 1];
            LayerArtifact? below = shared is null ? own : index == 0 ? null : shared[index - 1];
            int sharedInputs = below?.Channels.Count ?? 1;
            int sharedMax = below is null ? (1 << inputBits) - 1 : Max(below);
            int ownInputs = shared is null || own is null ? 0 : own.Channels.Count;
            int ownMax = ownInputs == 0 ? 0 : Max(own!);
            int weightBits = random.Next(2, 9);
            int activationBits = random.Next(1, 9);
            var channels = new ChannelArtifact[random.Next(1, 7)];
            for (int channel = 0; channel < channels.Length; channel++)
            {
                Unit unit = Unit.Create(random, weightBits, sharedInputs, sharedMax, ownInputs, ownMax, kind == LayerKind.Dense ? 1 : 9);
                int shift = unit.Shift(random, activationBits);
                channels[channel] = new ChannelArtifact(unit.Bias, shift, new ValueArray<int>(unit.Offsets), new ValueArray<sbyte>(unit.Weights), Scale(random));
            }

            bool[] gates = shared is null ? Enumerable.Repeat(true, channels.Length).ToArray() : Mask(random, channels.Length, isClosed);
            layers[index] = new LayerArtifact(kind, sharedInputs, ownInputs, weightBits, activationBits, new ValueArray<ChannelArtifact>(channels), new ValueArray<bool>(gates));
        }

        return new ValueArray<LayerArtifact>(layers);
    }

    private static bool[] Mask(Random random, int channels, bool isClosed)
    {
        // Of ten layers two are open, two closed, the others anything.
        int style = isClosed ? 2 : random.Next(10);
        var gates = new bool[channels];
        for (int index = 0; index < channels; index++)
            gates[index] = style < 2 || (style > 3 && random.Next(2) == 0);
        return gates;
    }

    private static int Max(LayerArtifact layer) => (1 << layer.ActivationBits) - 1;

    private static string Scale(Random random) => "0.00" + random.Next(1, 100000).ToString(CultureInfo.InvariantCulture);

    /// <summary>Weights, bias and offsets of one output channel or class, and the range of their sum.</summary>
    private sealed record Unit(int Bias, int[] Offsets, sbyte[] Weights, long Highest)
    {
        public static Unit Create(Random random, int bits, int sharedInputs, int sharedMax, int ownInputs, int ownMax, int taps)
        {
            int most = (1 << (bits - 1)) - 1;
            int style = random.Next(8);
            var weights = new sbyte[(sharedInputs + ownInputs) * taps];
            for (int index = 0; index < weights.Length; index++)
            {
                weights[index] = (sbyte)(style switch
                {
                    0 => most,
                    1 => -most - 1,
                    2 => random.Next(2) == 0 ? most : -most - 1,
                    3 => random.Next(4) == 0 ? random.Next(-most - 1, most + 1) : 0,
                    _ => random.Next(-most - 1, most + 1),
                });
            }

            long high = 0;
            long low = 0;
            for (int index = 0; index < weights.Length; index++)
            {
                long product = (long)weights[index] * (index < sharedInputs * taps ? sharedMax : ownMax);
                high += Math.Max(0, product);
                low += Math.Min(0, product);
            }

            int spread = (int)Math.Max(16, Math.Max(high, -low));
            int[] offsets = new int[ownInputs];
            for (int index = 0; index < ownInputs; index++)
                offsets[index] = random.Next(-spread / 4, (spread / 4) + 1);
            high += offsets.Sum(offset => Math.Max(0L, offset));
            low += offsets.Sum(offset => Math.Min(0L, offset));
            long bias = random.Next(40) switch
            {
                0 => int.MaxValue - high,
                1 => int.MinValue - low,
                _ => random.Next((int)Math.Max(-spread, low), spread + 1),
            };
            return new Unit((int)bias, offsets, weights, bias + high);
        }

        /// <summary>A shift that uses the codes' range, near enough; sometimes any shift.</summary>
        public int Shift(Random random, int activationBits)
        {
            if (random.Next(12) == 0)
                return random.Next(0, 31);
            int width = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(0, Highest));
            return Math.Clamp(width - activationBits - random.Next(0, 3), 0, 30);
        }
    }
}
