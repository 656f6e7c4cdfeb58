using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>What a model may cost on its device; null where that is all the same.</summary>
/// <param name="Milliseconds">A window of all tasks, the middle of the predicted times.</param>
/// <param name="Parts">Assemblies.</param>
/// <param name="RamKilobytes">RAM, of 1,024 bytes each.</param>
public sealed record DeviceBudget(double? Milliseconds, int? Parts, int? RamKilobytes)
{
    private const int Kilobyte = 1024;

    /// <summary>The device's own limits alone.</summary>
    public static DeviceBudget None { get; } = new(null, null, null);

    /// <summary>Nothing is asked for.</summary>
    public bool IsNone => this == None;

    /// <summary>As a command says it, a blank before each option.</summary>
    public string Arguments => (Milliseconds is { } most ? FormattableString.Invariant($" --max-ms {most}") : "") + (Parts is { } parts ? FormattableString.Invariant($" --max-parts {parts}") : "")
        + (RamKilobytes is { } ram ? FormattableString.Invariant($" --max-ram {ram}") : "");

    /// <summary>As a project's <c>AdapterModel</c> says it, a blank before each.</summary>
    public string Metadata => (Parts is { } parts ? FormattableString.Invariant($" MaxParts=\"{parts}\"") : "") + (RamKilobytes is { } ram ? FormattableString.Invariant($" MaxRam=\"{ram}K\"") : "");

    /// <summary>What a user would have to change, or null.</summary>
    /// <param name="device">Name of the device.</param>
    public string? Problem(string device)
    {
        if (Milliseconds is { } most && !(most > 0 && double.IsFinite(most)))
            return FormattableString.Invariant($"--max-ms is {most}; it is the time of a window in milliseconds, above 0.");
        if (Milliseconds is not null && DeviceProfiles.Find(device) is not { WeightedPerSecondLow: not null })
            return $"--max-ms needs a device whose speed is known, and {device}'s is not. Choose another --device, or leave --max-ms out.";
        if (Parts is { } parts && parts is < 1 or > AssemblyLimits.Parts)
            return FormattableString.Invariant($"--max-parts is {parts}; it is a number of assemblies from 1 to {AssemblyLimits.Parts}.");
        return RamKilobytes is { } ram && ram is < 1 or > int.MaxValue / Kilobyte ? FormattableString.Invariant($"--max-ram is {ram}; it is a number of kilobytes, at least 1.") : null;
    }

    /// <summary>
    /// Compiles a model so that it keeps the budget where that can be: in one assembly where one holds it and is fast enough, else in as few as its best plan needs. Where no plan keeps assemblies and RAM, the best
    /// plan of all, so that its figures are known.
    /// </summary>
    /// <param name="text">Of the model file.</param>
    /// <param name="options">Names and device.</param>
    /// <returns>The options that give these parts, and the parts.</returns>
    public (CompilationOptions Options, ValueArray<CompilationResult> Parts) Compile(string text, CompilationOptions options)
    {
        CompilationOptions bounded = options with { MaxRam = RamKilobytes is { } ram ? FormattableString.Invariant($"{ram}K") : "", MaxParts = Parts?.ToString(CultureInfo.InvariantCulture) ?? "" };
        // One assembly where one holds it: a program in parts is more trouble to whoever builds it.
        ValueArray<CompilationResult> whole = ValueArray.Of(ModelCompiler.Compile(text, bounded));
        bool isWhole = whole[0].Program is not null;
        if (isWhole && (Milliseconds is not { } most || PointCost.Of(whole, bounded).Milliseconds <= most))
            return (bounded, whole);
        ValueArray<CompilationResult> cut = ModelCompiler.CompileFitting(text, bounded);
        if (cut.All(part => part.Program is not null))
            return (bounded, cut);
        return isWhole ? (bounded, whole) : IsNone ? (options, cut) : (options, ModelCompiler.CompileFitting(text, options));
    }

    /// <summary>How far a cost is over each budget that it passes, as a share of it.</summary>
    public IReadOnlyList<(string Budget, string Found, string More, double Share)> Passed(PointCost cost)
    {
        if (!cost.Fits)
            return [("the device", "it fits in no number of assemblies", "", double.PositiveInfinity)];
        var passed = new List<(string, string, string, double)>();
        if (Milliseconds is { } most && cost.Milliseconds > most)
            passed.Add((FormattableString.Invariant($"--max-ms {most}"), FormattableString.Invariant($"{cost.Milliseconds:F0} ms"), FormattableString.Invariant($"{cost.Milliseconds - most:F0} ms"), cost.Milliseconds.Value / most - 1));
        if (Parts is { } parts && cost.Parts > parts)
            passed.Add((FormattableString.Invariant($"--max-parts {parts}"), FormattableString.Invariant($"{cost.Parts} assemblies"), FormattableString.Invariant($"{cost.Parts - parts}"), (double)cost.Parts / parts - 1));
        if (RamKilobytes is { } ram && cost.RamBytes > ram * Kilobyte)
        {
            double found = cost.RamBytes / (double)Kilobyte;
            passed.Add((FormattableString.Invariant($"--max-ram {ram}"), FormattableString.Invariant($"{found:F1} KB of RAM"), FormattableString.Invariant($"{found - ram:F1} KB"), found / ram - 1));
        }

        return passed;
    }

    /// <summary>True where the cost keeps every budget.</summary>
    public bool Holds(PointCost cost) => Passed(cost).Count == 0;
}
