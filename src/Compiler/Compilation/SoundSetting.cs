using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Compilation;

/// <summary>The settings <c>Sound</c>, <c>Samples</c>, <c>Hop</c> and <c>Gain</c> of an AdapterModel item.</summary>
internal static class SoundSetting
{
    /// <summary>Where the class that hears is in a project of its own.</summary>
    public const string Apart = "apart";

    private const string Here = "here";
    private const int MostGain = 12;
    private const string Shorts = "shorts", Bytes = "bytes";

    /// <summary>Mistakes that show without the model.</summary>
    public static IEnumerable<Diagnostic> Mistakes(CompilationOptions options)
    {
        if (options.Sound is not ("" or Here or Apart))
            yield return Wrong("Sound", options.Sound, "it is \"here\" for a class that hears in this project, or \"apart\" for one in a project of its own, whose item has Part=\"sound\"");
        if (options.Sound == Here && options.IsSoundPart)
            yield return Wrong("Part", PartSetting.Sound, "the class that hears is part of the model's project where Sound is \"here\"; write Sound=\"apart\" in both projects");
        if (options.Sound == Here && options.Parts > 1)
            yield return Wrong("Sound", Here, "a model in parts has no room for it; write Sound=\"apart\", and give the class that hears a project of its own with Part=\"sound\"");
        if (options.Gain.Length > 0 && !options.Hears)
            yield return Wrong("Gain", options.Gain, "it says how much louder a model hears its microphone; add Sound=\"here\" or Sound=\"apart\"");
        else if (options.Gain.Length > 0 && Doublings(options.Gain) is null)
            yield return Wrong("Gain", options.Gain, FormattableString.Invariant($"it is a number of doublings from 0 to {MostGain}"));
        if (options.Samples is not ("" or Shorts or Bytes))
            yield return Wrong("Samples", options.Samples, $"it says what firmware pushes: \"{Shorts}\", or \"{Bytes}\" as an I2S read gives them");
        else if (options.Samples.Length > 0 && !options.Hears)
            yield return Wrong("Samples", options.Samples, "it says what firmware pushes to a model that hears; add Sound=\"here\" or Sound=\"apart\"");
        if (options.Hop.Length > 0 && !options.Hears && !options.Streams)
            yield return Wrong("Hop", options.Hop, "it says how often a model decides that hears or runs on a stream; add Sound=\"here\", Sound=\"apart\" or Streaming=\"true\"");
        else if (options.Hop.Length > 0 && Frames(options.Hop) == 0)
            yield return Wrong("Hop", options.Hop, "it is an even number of frames, since two frames are heard together");
    }

    /// <summary>What hears for a model; null where its firmware passes codes, or with a mistake.</summary>
    public static (Hearing? Hearing, Diagnostic? Mistake) Of(ModelArtifact model, CompilationOptions options)
    {
        if (!options.Hears)
            return (null, null);
        string name = options.Sound.Length > 0 ? "Sound" : "Part", value = options.Sound.Length > 0 ? options.Sound : PartSetting.Sound;
        if (model.FrontEnd is not IntegerMelSpec spec)
            return (null, Wrong(name, value, "the model was trained on a float front end, which no device has; train it with --front-end integer, or leave Sound out and pass codes"));
        if (options.Streams && StreamSetting.HopOf(model, options).Mistake is { } wrong)
            return (null, wrong);
        int frames = model.Input.Frames, hop = options.Streams ? StreamSetting.HopOf(model, options).Hop : options.Hop.Length == 0 ? Math.Max(IntegerMel.GroupFrames, frames / 2 / IntegerMel.GroupFrames * IntegerMel.GroupFrames) : Frames(options.Hop);
        if (!options.Streams && frames % IntegerMel.GroupFrames != 0)
            return (null, Wrong(name, value, FormattableString.Invariant($"the model's windows have {frames} frames, and two frames are heard together; train it on an even number")));
        if (hop > frames)
            return (null, Wrong("Hop", options.Hop, FormattableString.Invariant($"the model's windows have {frames} frames; a decision comes every 2 to {frames}")));
        // Louder sound has higher codes: the logarithm's table takes it in, and nothing is multiplied or held to 16 bits.
        int floor = spec.Floor - (spec.CodesPerOctave * (Doublings(options.Gain) ?? 0));
        var definition = new IntegerMel(spec with { Floor = floor }, model.Input);
        if (options.Samples == Bytes && !SoundArray.Fits(definition))
            return (null, Wrong("Samples", Bytes, FormattableString.Invariant($"bytes are kept four samples together, and of the model's window of {spec.WindowLength} and hop of {spec.HopLength} samples the two together, and twice the hop, are no multiples of 4; leave Samples out, or train it on a window and a hop that are")));
        var hearing = new Hearing(SoundCode.Create(definition, hop, options.Streams, options.Samples == Bytes, isCompact: options.Sound == Here), options.Sound == Here);
        Diagnostic? passed = options.Device == DeviceLimits.Desktop ? null : BudgetDiagnostics.Overruns(
            SoundBudget.Of(hearing.Code, SoundFiles.ClassName(options.ClassName), options.Namespace), SoundFiles.ClassName(options.ClassName), () => "train it with fewer bands.").FirstOrDefault();
        return passed is null ? (hearing, null) : (null, passed);
    }

    // 0 where it is no even number of at least 2.
    private static int Frames(string hop) =>
        int.TryParse(hop, NumberStyles.None, CultureInfo.InvariantCulture, out int frames) && frames >= IntegerMel.GroupFrames && frames % IntegerMel.GroupFrames == 0 ? frames : 0;

    private static int? Doublings(string gain) =>
        int.TryParse(gain, NumberStyles.None, CultureInfo.InvariantCulture, out int doublings) && doublings <= MostGain ? doublings : null;

    private static Diagnostic Wrong(string name, string value, string what) => DiagnosticCatalogue.InvalidMetadata.At(default, name, value, what);
}
