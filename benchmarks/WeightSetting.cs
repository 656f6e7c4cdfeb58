namespace AdapterCompiler.Benchmarks;

/// <summary>How a network's weights are drawn.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Bits">Width.</param>
/// <param name="Zeros">Exact share of zeros.</param>
/// <param name="Aim">Weighted instructions per dense multiply-accumulate that issue C asks for at most.</param>
internal sealed record WeightSetting(string Name, int Bits, double Zeros, double Aim)
{
    public static ValueArray<WeightSetting> All { get; } = ValueArray.Of<WeightSetting>(
        new("8 bit, dense", 8, 0, 66),
        new("4 bit, dense", 4, 0, 36),
        new("4 bit, 70 % zeros", 4, 0.7, 14),
        new("4 bit, 80 % zeros", 4, 0.8, 11.2),
        new("3 bit, 80 % zeros", 3, 0.8, 10.5),
        new("ternary, dense", 2, 0, 25),
        new("ternary, 70 % zeros", 2, 0.7, 12.5));
}
