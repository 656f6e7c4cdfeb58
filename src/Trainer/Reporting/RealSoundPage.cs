using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Text;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>The page docs/results/real-sound.md: table, how it was made, what it does not show.</summary>
internal static class RealSoundPage
{
    /// <summary>The whole page.</summary>
    /// <param name="result">What the run found.</param>
    /// <param name="files">Recordings of the corpus.</param>
    public static string Markdown(ExperimentResult result, IReadOnlyList<RealSoundFile> files)
    {
        TrainingOptions training = result.Settings.Training;
        var lines = new List<string>
        {
            "# Real sound: language, and music or speech",
            "",
            "Written by the command below; a new run overwrites it.",
            "",
            ResultTable.Markdown(result),
            "| slices of 975 ms | train | validation | test |",
            "| --- | ---: | ---: | ---: |",
        };
        lines.AddRange(result.Tasks.Select(t => $"| {t.Task} | {TextTable.Number(t.Train)} | {TextTable.Number(t.Validation)} | {TextTable.Number(t.Test)} |"));
        lines.AddRange(
        [
            "",
            "| | |",
            "| --- | --- |",
            $"| command | `{result.Settings.Command}` |",
            $"| commit | {BuildCommit.Text} |",
            FormattableString.Invariant($"| seed, steps, batch | {training.Seed}, {training.Steps}, {training.BatchSize} |"),
            FormattableString.Invariant($"| learning rate, lambda, cost | {training.LearningRate}, {training.Lambda}, {Lower(training.Cost.ToString())} |"),
            $"| shared channels, alpha | {string.Join(", ", result.Settings.Channels)}, {result.Settings.Alpha.ToString(CultureInfo.InvariantCulture)} |",
            $"| weights, activations | {string.Join(", ", result.Settings.Quantisation.WeightBits)} bit, {result.Settings.Quantisation.ActivationBits} bit |",
            "",
            "## Recordings",
            "",
            "| package | task | recordings | minutes |",
            "| --- | --- | ---: | ---: |",
        ]);
        lines.AddRange(files
            .GroupBy(file => (file.Package, Task: file.Path.Split('/', '\\')[0]))
            .OrderBy(group => group.Key.Package, StringComparer.Ordinal).ThenBy(group => group.Key.Task, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"| {group.Key.Package} | {group.Key.Task} | {group.Count()} | {group.Sum(file => file.Seconds) / 60:F1} |")));
        lines.AddRange(
        [
            "",
            "No recording is in two splits. Prompts with the same text in several languages are in the same split, and so are prompts cut from one take; music is split by whole tracks, and the",
            "test's composer is heard nowhere else. The multi-head baseline has the same shared encoder, seed, batches, augmentation, steps and rule for choosing its best state.",
            "",
            "## What this does not show",
            "",
            "Each language is spoken by **one** professional voice (English and Spanish by the same one, French by another), so language goes together with voice, studio and microphone: a network that",
            "tells recording sessions apart scores as high. The figures say that the whole path works on recordings and what quantisation and code generation cost (nothing is lost between interpreter and generated code),",
            "not how well an unknown speaker's language is recognised. Likewise the music is five tracks by three composers, the test one of them.",
            "",
        ]);
        return string.Join('\n', lines);
    }

    private static string Lower(string text) => text.ToLowerInvariant();
}
