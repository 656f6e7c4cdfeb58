using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Model;
using AdapterCompiler.Planning;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Compilation;

/// <summary>From a model file's text and a project's settings to a network, or to the mistakes in either.</summary>
/// <param name="Space">The network, every accumulator proven to fit Int32, and its plans, none of them worked out yet; null where there are mistakes.</param>
/// <param name="Mistakes">Empty where there is a network.</param>
internal sealed record ModelInput(PlanSpace? Space, ValueArray<Diagnostic> Mistakes)
{
    /// <summary>Checks the settings, reads the text, selects tasks, proves ranges and removes channels that do no work.</summary>
    public static ModelInput Read(string text, CompilationOptions options, bool keepsIdle = false)
    {
        Diagnostic[] settings = SettingsCheck.Of(options).ToArray();
        if (settings.Length > 0)
            return Wrong(settings);

        ReadResult read = ModelReader.Read(text);
        if (read.Model is not { } model)
            return Wrong(read.Diagnostics);

        Diagnostic[] unknown = UnknownTasks(model, options).ToArray();
        if (unknown.Length > 0)
            return Wrong(unknown);

        (Hearing? hearing, Diagnostic? mistake) = SoundSetting.Of(model, options);
        if (mistake is not null)
            return Wrong([mistake]);

        Network network = NetworkBuilder.Build(model, options.Tasks);
        Diagnostic[] unproven = RangeViolations.Of(network).Take(DiagnosticBag.Most).Select(v => Describe(v, text)).ToArray();
        if (unproven.Length > 0)
            return Wrong(unproven);

        Network working = keepsIdle ? network : ConstantFolding.Apply(network);
        Diagnostic[] huge = working.Layers.Select(layer => BudgetDiagnostics.Layer(layer, options.ClassName)).OfType<Diagnostic>().ToArray();
        if (huge.Length > 0)
            return Wrong(huge);
        if (options.Streams)
        {
            (int hop, Diagnostic? wrong) = StreamSetting.HopOf(model, options);
            (Network? step, Diagnostic? uncut) = wrong is null ? StreamSetting.Of(working, hop) : (null, wrong);
            if (step is null)
                return Wrong([uncut!]);
            working = step;
        }

        return new ModelInput(new PlanSpace(working with { Origin = new ModelOrigin(ModelSeal.HashOf(text), model.Command, model.Provenance) }) { Hearing = hearing }, ValueArray<Diagnostic>.Empty);
    }

    private static ModelInput Wrong(IEnumerable<Diagnostic> mistakes) => new(null, mistakes.ToValueArray());

    private static IEnumerable<Diagnostic> UnknownTasks(ModelArtifact model, CompilationOptions options)
    {
        string[] known = model.Tasks.Select(task => task.Name).ToArray();
        foreach (string name in options.Tasks.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            yield return DiagnosticCatalogue.UnknownTask.At(
                default, name, options.SourceName, Suggestion.For(name, known), string.Join(", ", known));
        }
    }

    private static Diagnostic Describe(RangeViolation violation, string text)
    {
        long reached = violation.Range.High > int.MaxValue ? violation.Range.High : violation.Range.Low;
        string owner = violation.Task is null ? "the shared encoder" : "task '" + violation.Task + "'";
        return DiagnosticCatalogue.AccumulatorRange.At(
            ModelLocator.Find(text, violation.Task, violation.Layer, violation.Number),
            FormattableString.Invariant($"{owner}, layer {violation.Layer}, output {violation.Number}"),
            Wording.Number(reached));
    }
}
