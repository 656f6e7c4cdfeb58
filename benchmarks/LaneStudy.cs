using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Benchmarks;

/// <summary>
/// What fewer bits of a code would do for lanes: for each convolution of trained models, how many lanes of a long would hold all of its channels' sums, and what share of the channels more
/// lanes would hold, if codes went to 2^bits - 1 and the weights stayed as they are.
/// </summary>
internal static class LaneStudy
{
    private static readonly int[] CodeBits = [7, 6, 5, 4, 3, 2], Lanes = [4, 5, 6, 8];

    /// <summary>Writes the page.</summary>
    /// <param name="path">Of the page.</param>
    /// <param name="models">Model files.</param>
    /// <param name="commit">Of the program.</param>
    /// <returns>The exit code.</returns>
    public static int Write(string path, IReadOnlyList<string> models, string commit)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Lanes that trained sums would fit\n\nWritten by `dotnet run -c Release --project benchmarks -- lanes {string.Join(' ', models)}` at commit {commit}; a new run overwrites it.\n\n");
        page.Append("A lane of a long with n lanes has 64 / n bits, whole ones, the top one its guard: 4 lanes hold sums below 2^15, 5 below 2^11, 6 below 2^9, 8 below 2^7. For codes of each width: the share of the convolution's open channels, shared and own, whose sums\n");
        page.Append("fit, whatever the codes are, with the weights as they are and biases scaled with the codes. A layer takes a number of lanes only where all of its channels fit.\n");
        foreach (string file in models)
        {
            ReadResult read = ModelReader.Read(File.ReadAllText(file));
            if (read.Model is not { } model)
            {
                System.Console.Error.WriteLine($"{file} is no model: {read.Diagnostics[0].ToText(file)}");
                return 1;
            }

            Model(page, Path.GetFileNameWithoutExtension(file), model);
        }

        File.WriteAllText(path, page.ToString());
        System.Console.WriteLine(page);
        return 0;
    }

    private static void Model(StringBuilder page, string name, ModelArtifact model)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {name}\n\n| layer | channels | mean sum of positive weights | bits of a code | {string.Join(" | ", Lanes.Select(lanes => $"{lanes} lanes"))} |\n");
        page.Append("| --- | ---: | ---: | ---: |").Append(string.Concat(Lanes.Select(_ => " ---: |"))).Append('\n');
        for (int i = 0; i < model.Shared.Count; i++)
        {
            if (!model.Shared[i].Operator.ReadsImage)
                continue;
            (int Bias, int Positive, int Negative)[] sums = [.. Channels(model, i)];
            int codes = i == 0 ? model.Input.CodeMax : (1 << model.Shared[i - 1].ActivationBits) - 1;
            foreach (int bits in CodeBits.Where(bits => (1 << bits) - 1 <= codes))
            {
                int max = (1 << bits) - 1;
                string[] shares = [.. Lanes.Select(lanes => sums.Count(sum => Fits(sum, max, codes, lanes)) / (double)sums.Length).Select(share => share == 1 ? "all" : share.ToString("P0", CultureInfo.InvariantCulture))];
                page.Append(CultureInfo.InvariantCulture, $"| {i + 1} | {sums.Length} | {sums.Average(sum => sum.Positive):F0} | {bits} | {string.Join(" | ", shares)} |\n");
            }
        }
    }

    private static bool Fits((int Bias, int Positive, int Negative) sum, int max, int codes, int lanes)
    {
        long guard = 1L << ((64 / lanes) - 1), bias = (long)sum.Bias * max / codes;
        return bias + ((long)sum.Positive * max) < guard && bias - ((long)sum.Negative * max) >= -guard;
    }

    // Between open channels only: what a closed one would be read with costs and adds nothing.
    private static IEnumerable<(int Bias, int Positive, int Negative)> Channels(ModelArtifact model, int layer) =>
        model.Shared[layer].Channels.Select(channel => Sums(channel.Bias, channel.Weights)).Concat(model.Tasks.SelectMany(task => Channels(task, layer)));

    private static IEnumerable<(int Bias, int Positive, int Negative)> Channels(TaskArtifact task, int layer)
    {
        LayerArtifact own = task.Layers[layer];
        int shared = own.Operator.Weights(own.SharedInputs), taps = own.Operator.Weights(1);
        bool IsRead(int weight) => weight < shared || task.Layers[layer - 1].Gates[(weight - shared) / taps];
        foreach (ChannelArtifact channel in own.Channels.Where((_, o) => own.Gates[o]))
            yield return Sums(channel.Bias + channel.Offsets.Where((_, j) => task.Layers[layer - 1].Gates[j]).Sum(), channel.Weights.Where((_, i) => IsRead(i)));
    }

    private static (int Bias, int Positive, int Negative) Sums(int bias, IEnumerable<sbyte> weights) =>
        (bias, weights.Sum(weight => System.Math.Max(0, (int)weight)), weights.Sum(weight => System.Math.Max(0, -weight)));
}
