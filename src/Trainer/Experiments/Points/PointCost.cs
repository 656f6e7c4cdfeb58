using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>What a model costs as a program, by the compiler's own figures: a window, all tasks asked for.</summary>
/// <param name="Weighted">Weighted instructions.</param>
/// <param name="Milliseconds">The middle of the predicted times; null where the device's rates are not known.</param>
/// <param name="IlBytes">IL of all assemblies as the device counts it.</param>
/// <param name="RamBytes">RAM of all assemblies.</param>
/// <param name="Parts">Assemblies; 0 where the model fits the device in no number of them.</param>
public sealed record PointCost(long Weighted, double? Milliseconds, int IlBytes, int RamBytes, int Parts)
{
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>No number of assemblies holds it.</summary>
    public static PointCost Unfit { get; } = new(0, null, 0, 0, 0);

    /// <summary>There is a program.</summary>
    public bool Fits => Parts > 0;

    /// <summary>The cost of compiled parts.</summary>
    /// <param name="parts">All of them.</param>
    /// <param name="options">Of any of them.</param>
    public static PointCost Of(IReadOnlyList<CompilationResult> parts, CompilationOptions options)
    {
        if (parts.Any(part => part.Program is null))
            return Unfit;
        Report report = ReportBuilder.Build(parts, options, DeviceProfiles.Find(options.Device)!);
        ReportChoice all = report.Choices[^1];
        double? milliseconds = all.Time is { } time ? (time.LowMicroseconds + time.HighMicroseconds) / (2 * MicrosecondsPerMillisecond) : null;
        return new PointCost(all.Weighted, milliseconds, report.Assemblies.Sum(assembly => assembly.DeviceIlBytes), report.RamBytes, parts.Count);
    }

    /// <summary>As many times the instructions, in the same places.</summary>
    public PointCost Times(double factor) => this with { Weighted = (long)(Weighted * factor), Milliseconds = Milliseconds * factor };
}
