using System.Globalization;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>What headers call a kernel on packed lanes.</summary>
internal static class LaneText
{
    /// <summary>"4 lanes, frequency, unrolled", or "loop" where lane loops compute all of it.</summary>
    public static string Of(LayerKernel kernel, string? walk = null) => string.Format(
        CultureInfo.InvariantCulture, "{0} lanes, {1}, {2}{3}{4}{5}", kernel.Format!.Lanes, kernel.Format.Axis == LaneAxis.Frequency ? "frequency" : "time",
        walk ?? (kernel.Shape switch { LaneShape.Unrolled => "unrolled", LaneShape.Wide => "wide", _ => "single" }),
        kernel.IsPaired ? ", pairs" : "",
        kernel.InTables > 0 ? string.Format(CultureInfo.InvariantCulture, kernel.IsListed ? ", {0} by lists" : ", {0} by loop", kernel.InTables) : "",
        kernel.Width > 0 ? string.Format(CultureInfo.InvariantCulture, ", {0} bits a weight", kernel.Width) : "");
}
