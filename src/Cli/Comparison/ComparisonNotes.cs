using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>What figures do not say: tasks that came and went, what firmware has to follow, what cannot be compared.</summary>
internal static class ComparisonNotes
{
    private const string FrontEndWord = "frontend ";

    /// <summary>Sentences, the most important first.</summary>
    public static IEnumerable<string> Of(ModelFile old, ModelFile now, IReadOnlyList<(TaskArtifact? Old, TaskArtifact? New)> tasks, IReadOnlyList<Figure> figures) =>
    [
        .. Front(old, now), .. Tests(old.Artifact, now.Artifact, figures), .. Order(old.Artifact, now.Artifact), .. tasks.SelectMany(task => Task(task.Old, task.New)),
        .. DetectionNotes.Of(tasks, old.Artifact.Shared.Equals(now.Artifact.Shared)), .. Layers("the shared encoder", old.Artifact.Shared, now.Artifact.Shared, "weights"),
    ];

    /// <summary>Weights of the one mean in the other what they meant.</summary>
    public static bool SameShape(LayerArtifact old, LayerArtifact now) =>
        (old.Kind, old.SharedInputs, old.OwnInputs, old.Channels.Count) == (now.Kind, now.SharedInputs, now.OwnInputs, now.Channels.Count);

    private static IEnumerable<string> Front(ModelFile old, ModelFile now)
    {
        if (old.Artifact.Input != now.Artifact.Input)
            yield return $"The input is {Describe(now.Artifact.Input)}, it was {Describe(old.Artifact.Input)}: whoever fills the window has to follow.";
        if (old.Artifact.FrontEnd != now.Artifact.FrontEnd)
            yield return $"The front end is '{FrontEnd(now)}', it was '{FrontEnd(old)}': sound has to become codes the new way, in firmware too.";
    }

    private static IEnumerable<string> Tests(ModelArtifact old, ModelArtifact now, IReadOnlyList<Figure> figures)
    {
        if ((old.Provenance, now.Provenance) is ({ } before, { } after) && before.Data != after.Data && before.Data != Provenance.Unknown && after.Data != Provenance.Unknown)
        {
            yield return $"Other data: {Short(after.Data, before.Data)}, it was {Short(before.Data, after.Data)}. Accuracies of other test slices are no comparison.";
            yield break;
        }

        string[] others = [.. figures.Where(figure => figure is { Metric: "accuracy", Tested: TestSlices.Other }).Select(figure => figure.Task)];
        if (others.Length > 0)
            yield return $"Other test slices, for there are more or fewer of them: {string.Join(", ", others)}. Their accuracies are no comparison.";
        if (figures.Any(figure => figure is { Metric: "accuracy", Change: not (null or 0), Tested: TestSlices.Unknown }))
            yield return "The files do not say which data they were tested on: accuracies can be compared where the test slices are the same.";
    }

    private static IEnumerable<string> Order(ModelArtifact old, ModelArtifact now)
    {
        string[] both = [.. now.Tasks.Select(task => task.Name).Where(name => old.Tasks.Any(task => task.Name == name))];
        if (!old.Tasks.Select(task => task.Name).Where(name => both.Contains(name, StringComparer.Ordinal)).SequenceEqual(both, StringComparer.Ordinal))
            yield return $"Tasks are in another order, {string.Join(", ", both)}: masks of tasks that firmware stored or sends mean others.";
    }

    // As many digits as tell them apart.
    private static string Short(string data, string other) => data.Length > 12 && !other.StartsWith(data[..12], StringComparison.Ordinal) ? data[..12] : data;

    private static string Describe(InputSpec input) => $"{input.Frames} x {input.Bands} codes of {input.Bits} bits";

    private static string FrontEnd(ModelFile model) => model.Text.Split('\n').First(line => line.StartsWith(FrontEndWord, StringComparison.Ordinal))[FrontEndWord.Length..].TrimEnd();

    private static IEnumerable<string> Task(TaskArtifact? old, TaskArtifact? now)
    {
        if (old is null)
        {
            yield return $"Task '{now!.Name}' is new: {now.Labels.Count} classes ({string.Join(", ", now.Labels)}).";
            yield break;
        }

        if (now is null)
        {
            yield return $"Task '{old.Name}' is gone: firmware that asks for it does not compile.";
            yield break;
        }

        string[] gone = [.. old.Labels.Except(now.Labels, StringComparer.Ordinal)], added = [.. now.Labels.Except(old.Labels, StringComparer.Ordinal)];
        if (gone.Length + added.Length > 0)
        {
            yield return $"Labels of '{now.Name}': " + string.Join(", ", added.Select(label => $"+\"{label}\"").Concat(gone.Select(label => $"-\"{label}\""))) + ".";
        }
        else if (!old.Labels.SequenceEqual(now.Labels, StringComparer.Ordinal))
        {
            yield return $"Labels of '{now.Name}' are in another order: class numbers mean others.";
        }

        foreach (string note in Layers($"task '{now.Name}'", old.Layers, now.Layers, "gates and weights"))
            yield return note;
    }

    private static IEnumerable<string> Layers(string whose, ValueArray<LayerArtifact> old, ValueArray<LayerArtifact> now, string what)
    {
        if (old.Count != now.Count)
            yield return $"{Upper(whose)} has {now.Count} layers, it had {old.Count}: {what} of the same number are compared where their shapes agree.";
        string[] other = [.. old.Zip(now).Select((pair, i) => (pair, i)).Where(layer => !SameShape(layer.pair.First, layer.pair.Second))
            .Select(layer => $"{layer.i + 1} ({Shape(layer.pair.Second, layer.pair.First)}, was {Shape(layer.pair.First, layer.pair.Second)})")];
        if (other.Length > 2 && other.Length == Math.Min(old.Count, now.Count))
            yield return $"Of {whose} {what} cannot be compared in any layer: each has another shape{(old[0].Kind == now[0].Kind ? "" : $", the first is {now[0].Operator.Keyword} where it was {old[0].Operator.Keyword}")}.";
        else if (other.Length > 0)
            yield return $"Of {whose} {what} cannot be compared in layer{(other.Length == 1 ? "" : "s")} {string.Join(", ", other)}.";
    }

    private static string Shape(LayerArtifact layer, LayerArtifact other) =>
        $"{(layer.Kind == other.Kind ? "" : layer.Operator.Keyword + " ")}{layer.SharedInputs}{(layer.OwnInputs > 0 ? "+" + layer.OwnInputs.ToString(CultureInfo.InvariantCulture) : "")} -> {layer.Channels.Count}";

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
