using AdapterCompiler.Text;

namespace AdapterCompiler.Targets;

/// <summary>Time that a device is predicted to take.</summary>
/// <param name="LowMicroseconds">At the profile's high rate.</param>
/// <param name="HighMicroseconds">At its low rate.</param>
/// <param name="IsMeasured">The rates come from a calibration; otherwise they are an estimate, and a reader is told so.</param>
public sealed record PredictedTime(long LowMicroseconds, long HighMicroseconds, bool IsMeasured)
{
    private const long PerSecond = 1_000_000;

    /// <summary>"estimate" or "measured rates".</summary>
    public string Kind => IsMeasured ? "measured rates" : "estimate";

    /// <summary>Null where the device's rates are not known.</summary>
    /// <param name="weighted">Weighted instructions.</param>
    /// <param name="profile">The device, if there is one.</param>
    public static PredictedTime? Of(long weighted, DeviceProfile? profile) =>
        profile is { WeightedPerSecondLow: > 0 and { } low, WeightedPerSecondHigh: > 0 and { } high }
            ? new PredictedTime(Divide(weighted, high), Divide(weighted, low), profile.IsMeasured)
            : null;

    /// <summary>"0.33-0.48 s", "12 ms".</summary>
    public string ToText()
    {
        (long unit, string name) = HighMicroseconds >= PerSecond ? (PerSecond, "s") : HighMicroseconds >= 1_000 ? (1_000L, "ms") : (1L, "us");
        string low = CostText.Scaled(LowMicroseconds, unit), high = CostText.Scaled(HighMicroseconds, unit);
        return (low == high ? low : low + "-" + high) + " " + name;
    }

    // In whole seconds first, so that nothing overflows; rounded up.
    private static long Divide(long weighted, long rate) => (weighted / rate * PerSecond) + (((weighted % rate * PerSecond) + rate - 1) / rate);
}
