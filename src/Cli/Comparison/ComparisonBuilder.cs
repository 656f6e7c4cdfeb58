using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>One of two models with what it costs.</summary>
/// <param name="Name">File, or REVISION:FILE.</param>
/// <param name="File">The model as read.</param>
/// <param name="Report">What it costs on the device.</param>
internal sealed record ReportedModel(string Name, ModelFile File, Report Report)
{
    /// <summary>Tasks that are compiled.</summary>
    public IEnumerable<TaskArtifact> Tasks(ValueArray<string> chosen) => File.Artifact.Tasks.Where(task => chosen.Count == 0 || chosen.Contains(task.Name, StringComparer.Ordinal));
}

/// <summary>Two models to what changed. Figures are compared by task and layer; gates and weights where the shapes agree.</summary>
internal static class ComparisonBuilder
{
    /// <summary>Compares.</summary>
    /// <param name="old">Before.</param>
    /// <param name="now">After, for the same device.</param>
    /// <param name="chosen">Tasks of both; empty = all.</param>
    public static ModelComparison Build(ReportedModel old, ReportedModel now, ValueArray<string> chosen)
    {
        TaskArtifact[] before = [.. old.Tasks(chosen)], after = [.. now.Tasks(chosen)];
        (TaskArtifact? Old, TaskArtifact? New)[] tasks =
            [.. after.Select(task => (before.FirstOrDefault(other => other.Name == task.Name), (TaskArtifact?)task)),
             .. before.Where(task => after.All(other => other.Name != task.Name)).Select(task => ((TaskArtifact?)task, (TaskArtifact?)null))];
        ValueArray<BlockChange> blocks = Blocks(old, now).ToValueArray();
        Figure[] accuracies = [.. Accuracies(tasks).Concat(tasks.SelectMany(Recalls)).Select(figure => figure with { Tested = Tested(old, now, figure) })];
        return new ModelComparison(
            now.Report.ClassName, now.Report.Device, Of(old), Of(now),
            accuracies.Concat(tasks.Select(Channels)).Concat(Sizes(old.Report, now.Report, before.Length, after.Length)).Concat(Times(old.Report, now.Report)).ToValueArray(),
            tasks.SelectMany(task => task is ({ } from, { } to) ? Gates(from, to) : []).ToValueArray(),
            blocks, ComparisonNotes.Of(old.File, now.File, tasks, accuracies).Concat(KernelNotes.Of(old.Report, now.Report, blocks)).ToValueArray())
        {
            GateLayers = (Shapes(tasks).Count(same => same), Shapes(tasks).Count()),
            Detections = DetectionNotes.Changes(tasks).ToValueArray(),
            IsSameNetwork = Network(old.File.Artifact).Equals(Network(now.File.Artifact)),
            HasOtherInput = old.File.Artifact.Input != now.File.Artifact.Input || old.File.Artifact.FrontEnd != now.File.Artifact.FrontEnd,
        };
    }

    // Without what a file tells of its making: the same training by another build of the trainer writes other words there, or none.
    private static ModelArtifact Network(ModelArtifact model) => model with
    {
        Provenance = null,
        Tasks = model.Tasks.Select(task => task.Accuracy is { } accuracy ? task with { Accuracy = accuracy with { Confusion = ValueArray<ValueArray<int>>.Empty } } : task).ToValueArray(),
    };

    private static ComparedModel Of(ReportedModel model) => new(
        model.Name, model.File.Hash, model.File.Artifact.Command, System.Text.Encoding.UTF8.GetByteCount(model.File.Text), model.Report.Plan.IsBuilt)
    {
        Provenance = model.File.Artifact.Provenance,
    };

    private static IEnumerable<Figure> Accuracies((TaskArtifact? Old, TaskArtifact? New)[] tasks) => tasks
        .Where(task => task.Old?.Accuracy is not null || task.New?.Accuracy is not null)
        .Select(task => new Figure("accuracy", Name(task), FigureKind.Accuracy, Share(task.Old), Share(task.New))
        {
            Slices = (task.Old?.Accuracy?.Slices ?? 0, task.New?.Accuracy?.Slices ?? 0),
        });

    // Data are hashed slice by slice with their classes, so the same hash is the same test split.
    private static TestSlices Tested(ReportedModel old, ReportedModel now, Figure figure)
    {
        string? before = old.File.Artifact.Provenance?.Data, after = now.File.Artifact.Provenance?.Data;
        bool isKnown = before is not (null or Provenance.Unknown) && after is not (null or Provenance.Unknown);
        return figure.Change is not null && (figure.Slices.Before != figure.Slices.After || (isKnown && before != after)) ? TestSlices.Other
            : isKnown || old.File.Artifact.Command == now.File.Artifact.Command ? TestSlices.Same
            : TestSlices.Unknown;
    }

    // Of layers that both have.
    private static IEnumerable<bool> Shapes((TaskArtifact? Old, TaskArtifact? New)[] tasks) =>
        tasks.SelectMany(task => task is ({ } from, { } to) ? from.Layers.Zip(to.Layers, ComparisonNotes.SameShape) : []);

    // Classes of the new file, by label; one that only one of the files has a row of is new or gone.
    private static IEnumerable<Figure> Recalls((TaskArtifact? Old, TaskArtifact? New) task)
    {
        if (task.New is not { } now)
            yield break;
        foreach (string label in now.Labels)
        {
            (int Right, int All) was = Found(task.Old, label), becomes = Found(now, label);
            if (was.All + becomes.All > 0)
                yield return new Figure("recall", now.Name, FigureKind.Accuracy, Part(was), Part(becomes)) { Class = label, Slices = (was.All, becomes.All) };
        }

        static (int Right, int All) Found(TaskArtifact? of, string label) => of is { Accuracy.Confusion: { Count: > 0 } rows } && of.Labels.ToList().IndexOf(label) is >= 0 and int row ? (rows[row][row], rows[row].Sum()) : (0, 0);
        static decimal? Part((int Right, int All) found) => found.All == 0 ? null : (decimal)found.Right / found.All;
    }

    private static decimal? Share(TaskArtifact? task) => task?.Accuracy is { Slices: > 0 } accuracy ? (decimal)accuracy.QuantisedCorrect / accuracy.Slices : null;

    private static Figure Channels((TaskArtifact? Old, TaskArtifact? New) task)
    {
        (int Open, int All)? before = Open(task.Old), after = Open(task.New);
        return new Figure("channels", Name(task), FigureKind.Channels, before?.Open, after?.Open) { Whole = (before?.All ?? 0, after?.All ?? 0) };
    }

    private static (int Open, int All)? Open(TaskArtifact? task) =>
        task is null ? null : (task.Layers.Sum(layer => layer.Gates.Count(gate => gate)), task.Layers.Sum(layer => layer.Gates.Count));

    private static IEnumerable<Figure> Sizes(Report old, Report now, int tasksBefore, int tasksAfter)
    {
        // Parts have an assembly's room each.
        bool isLimited = now.Device.Name != Targets.DeviceLimits.Desktop;
        int rooms = now.Assemblies.Count;
        yield return new Figure("il", "", FigureKind.Bytes, old.Assemblies.Sum(each => each.DeviceIlBytes), now.Assemblies.Sum(each => each.DeviceIlBytes))
        {
            Limit = isLimited ? AssemblyLimits.IlBytes * (long)rooms : null,
        };
        yield return new Figure("tables", "", FigureKind.Bytes, old.Assemblies.Sum(each => each.DataBytes), now.Assemblies.Sum(each => each.DataBytes))
        {
            Limit = isLimited ? AssemblyLimits.DataBytes * (long)rooms : null,
        };
        yield return new Figure("ram", "", FigureKind.Bytes, old.RamBytes, now.RamBytes) { Limit = now.Device.HeapHighBytes };
        yield return new Figure("parts", "", FigureKind.Count, old.Assemblies.Count, now.Assemblies.Count);
        yield return new Figure("tasks", "", FigureKind.Count, tasksBefore, tasksAfter);
    }

    private static IEnumerable<Figure> Times(Report old, Report now)
    {
        string[] names = [.. now.Choices.Concat(old.Choices).Select(choice => choice.Name).Where(name => name != All).Distinct(StringComparer.Ordinal)];
        // Of a model with one task that choice is all there is.
        yield return new Figure("time", "", FigureKind.Time, old.Choices[^1].Weighted, now.Choices[^1].Weighted);
        foreach (string name in names)
            yield return new Figure("time", name, FigureKind.Time, Of(old, name), Of(now, name));

        static long? Of(Report report, string name) => report.Choices.FirstOrDefault(choice => choice.Name == name)?.Weighted;
    }

    private static IEnumerable<GateChange> Gates(TaskArtifact old, TaskArtifact now)
    {
        for (int i = 0; i < Math.Min(old.Layers.Count, now.Layers.Count); i++)
        {
            ValueArray<bool> before = old.Layers[i].Gates, after = now.Layers[i].Gates;
            for (int c = 0; ComparisonNotes.SameShape(old.Layers[i], now.Layers[i]) && c < after.Count; c++)
            {
                if (before[c] != after[c])
                    yield return new GateChange(now.Name, i + 1, c + 1, after[c]);
            }
        }
    }

    private static IEnumerable<BlockChange> Blocks(ReportedModel old, ReportedModel now)
    {
        IEnumerable<(string Layer, string Block)> keys = now.Report.Rows.Concat(old.Report.Rows).Select(row => (row.Layer, row.Block)).Distinct()
            .OrderBy(key => Number(key.Layer) is { } layer ? layer : key.Layer == "heads" ? int.MaxValue - 1 : int.MaxValue);
        foreach ((string layer, string block) in keys)
        {
            (sbyte[][]? before, sbyte[][]? after) = (Weights(old.File.Artifact, layer, block), Weights(now.File.Artifact, layer, block));
            bool sameShape = before is not null && after is not null && before.Length == after.Length && before.Zip(after).All(pair => pair.First.Length == pair.Second.Length)
                && (layer == "heads" || Layer(old.File.Artifact, layer, block)!.Kind == Layer(now.File.Artifact, layer, block)!.Kind);
            yield return new BlockChange(
                layer, block, sameShape ? Changed(before!, after!) : null, sameShape ? Changed(Others(old.File.Artifact, layer, block), Others(now.File.Artifact, layer, block)) : 0, after?.Sum(row => row.Length) ?? 0,
                Row(old.Report, layer, block), Row(now.Report, layer, block));
        }

        static int Changed<T>(IEnumerable<T[]> before, IEnumerable<T[]> after)
            where T : struct, IEquatable<T> => before.Zip(after).Sum(pair => pair.First.Zip(pair.Second).Count(each => !each.First.Equals(each.Second)));
        static ReportRow? Row(Report report, string layer, string block) => report.Rows.FirstOrDefault(row => row.Layer == layer && row.Block == block);
    }

    private static sbyte[][]? Weights(ModelArtifact model, string layer, string block)
    {
        TaskArtifact? task = model.Tasks.FirstOrDefault(each => each.Name == block);
        return layer == "heads" ? task?.Head.Classes.Select(each => each.Weights.ToArray()).ToArray() : Layer(model, layer, block)?.Channels.Select(channel => channel.Weights.ToArray()).ToArray();
    }

    private static LayerArtifact? Layer(ModelArtifact model, string layer, string block)
    {
        ValueArray<LayerArtifact>? layers = block == "shared" ? model.Shared : model.Tasks.FirstOrDefault(each => each.Name == block)?.Layers;
        return layers is not null && Number(layer) is { } number && number <= layers.Count ? layers[number - 1] : null;
    }

    // Bias, shift and offsets of each channel, bias and offsets of each class.
    private static int[][] Others(ModelArtifact model, string layer, string block)
    {
        TaskArtifact? task = model.Tasks.FirstOrDefault(each => each.Name == block);
        return layer == "heads"
            ? [.. task!.Head.Classes.Select(each => (int[])[each.Bias, .. each.Offsets])]
            : [.. Layer(model, layer, block)!.Channels.Select(each => (int[])[each.Bias, each.Shift, .. each.Offsets])];
    }

    private static int? Number(string layer) => int.TryParse(layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string Name((TaskArtifact? Old, TaskArtifact? New) task) => (task.New ?? task.Old)!.Name;

    private const string All = "all tasks";
}
