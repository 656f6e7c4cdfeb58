namespace AdapterCompiler.Targets;

/// <summary>What is known of a device: a row of DeviceProfiles.csv. Null = not limited, or not known, as the source says.</summary>
/// <param name="Name">As in a project's <c>Device</c>.</param>
/// <param name="Board">Processor and memory.</param>
/// <param name="FlashBytes">Flash for assemblies. It is memory-mapped: code and immediates cost no RAM.</param>
/// <param name="HeapLowBytes">Managed heap, the least to expect.</param>
/// <param name="HeapHighBytes">Managed heap, the most to expect.</param>
/// <param name="ClockHertz">Processor clock of the released image, of which a rule of thumb makes the rates where nobody has published a timing.</param>
/// <param name="IlPerSecondLow">Executed IL instructions a second, cautious.</param>
/// <param name="IlPerSecondHigh">Executed IL instructions a second, hopeful.</param>
/// <param name="IsMeasured">The rates were measured on such a board; otherwise they are an estimate, to be called one wherever a time is printed.</param>
/// <param name="Source">Where the figures come from.</param>
public sealed record DeviceProfile(
    string Name,
    string Board,
    int? FlashBytes,
    int? HeapLowBytes,
    int? HeapHighBytes,
    int? ClockHertz,
    int? IlPerSecondLow,
    int? IlPerSecondHigh,
    bool IsMeasured,
    string Source)
{
    /// <summary>
    /// Counted instructions of an executed IL instruction, on average: 48.8 to 51.2 over the models in models/, random and tiny networks
    /// (CostTests prints it). It turns a rate of IL instructions into one of counted instructions.
    /// </summary>
    public const int CountedPerIl = 50;

    /// <summary>Counted instructions a second as a calibration measured them, the slowest mix; else null.</summary>
    public long? MeasuredPerSecondLow { get; init; }

    /// <summary>The fastest mix of a calibration; else null.</summary>
    public long? MeasuredPerSecondHigh { get; init; }

    /// <summary>Counted instructions a second that predicted times use, cautious: measured, or from the rate of IL instructions.</summary>
    public long? WeightedPerSecondLow => MeasuredPerSecondLow ?? (IlPerSecondLow * (long)CountedPerIl);

    /// <summary>As above, hopeful.</summary>
    public long? WeightedPerSecondHigh => MeasuredPerSecondHigh ?? (IlPerSecondHigh * (long)CountedPerIl);
}
