using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>What a run's 8-bit model costs as a program: the compiler's own figures of the code that it generates, all tasks asked for.</summary>
/// <param name="Device">Whose limits the code keeps.</param>
/// <param name="Parts">Assemblies.</param>
/// <param name="Weighted">Weighted instructions of a window.</param>
/// <param name="IlBytes">IL as the device counts it.</param>
/// <param name="RamBytes">RAM.</param>
internal sealed record CompiledCost(string Device, int Parts, long Weighted, int IlBytes, int RamBytes)
{
    private const string On = "esp32";

    /// <summary>Compiles a model in as few parts as its best plan needs.</summary>
    /// <param name="text">Of the model file.</param>
    /// <returns>Null where it fits in no number of parts.</returns>
    public static CompiledCost? Of(string text)
    {
        CompilationOptions options = Options();
        return Of(options, [.. ModelCompiler.CompileFitting(text, options)]);
    }

    /// <summary>Compiles a model in each of several numbers of parts.</summary>
    /// <param name="text">Of the model file.</param>
    /// <param name="counts">Numbers of parts.</param>
    /// <returns>Those in which it fits.</returns>
    public static IReadOnlyList<CompiledCost> Each(string text, IReadOnlyList<int> counts)
    {
        CompilationOptions options = Options();
        return [.. ModelCompiler.CompileEach(text, options, counts).Select(parts => Of(options with { Parts = parts.Count }, [.. parts])).OfType<CompiledCost>()];
    }

    private static CompilationOptions Options() => new("PaperModel", "", "paper.adapter", ValueArray<string>.Empty, On);

    private static CompiledCost? Of(CompilationOptions options, IReadOnlyList<CompilationResult> parts)
    {
        if (parts.Any(part => part.Program is null))
            return null;
        Report report = ReportBuilder.Build(parts, options, DeviceProfiles.Find(On)!);
        return new CompiledCost(On, parts.Count, report.Choices[^1].Weighted, report.Assemblies.Sum(assembly => assembly.DeviceIlBytes), report.RamBytes);
    }
}
