using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Boards;

/// <summary>What the sketch printed, as read back.</summary>
/// <param name="Mixes">One per mix, in the order of <see cref="CalibrationMix.All"/>.</param>
public sealed record CalibrationFigures(ValueArray<CalibrationFigure> Mixes)
{
    private const long TicksPerSecond = 10_000_000;
    private const long LeastTicks = TicksPerSecond / 10;

    /// <summary>Reads the figures out of a terminal's log: whatever stands before "mix" on a line, such as a time, is passed over, and so are other lines.</summary>
    /// <returns>Figures, or "(line,column): error: …".</returns>
    public static (CalibrationFigures? Figures, string? Mistake) Read(string text)
    {
        string[] lines = text.Split('\n');
        int heading = Array.FindIndex(lines, line => line.Contains("adapterc calibration"));
        if (heading < 0)
            return Wrong(1, $"no figures are in it: a line '{CalibrationSketch.Heading}' is expected, then one line a mix. 'adapterc calibrate --sketch' writes the program that prints them.");
        string version = lines[heading].Substring(lines[heading].IndexOf("adapterc calibration", StringComparison.Ordinal)).Trim();
        if (version != CalibrationSketch.Heading)
            return Wrong(heading + 1, $"the figures are of '{version}', this adapterc reads '{CalibrationSketch.Heading}'. Write the sketch again with 'adapterc calibrate --sketch' and run it.");
        var found = new Dictionary<string, CalibrationFigure>(StringComparer.Ordinal);
        for (int i = heading + 1; i < lines.Length; i++)
        {
            int start = lines[i].IndexOf("mix ", StringComparison.Ordinal);
            if (start < 0)
                continue;
            (CalibrationFigure? figure, string? mistake) = ReadLine(lines[i].Substring(start));
            if (figure is null)
                return Wrong(i + 1, mistake!);
            if (found.ContainsKey(figure.Mix.Name))
                return Wrong(i + 1, $"mix '{figure.Mix.Name}' stands twice; keep the figures of one run.");
            found.Add(figure.Mix.Name, figure);
        }

        CalibrationMix[] missing = [.. CalibrationMix.All.Where(mix => !found.ContainsKey(mix.Name))];
        return missing.Length > 0
            ? Wrong(lines.Length, $"mix {string.Join(", ", missing.Select(mix => "'" + mix.Name + "'"))} missing: a run prints {string.Join(", ", CalibrationMix.All.Select(mix => mix.Name))}. Let it run to its line 'end' and keep all lines.")
            : (new CalibrationFigures(CalibrationMix.All.Select(mix => found[mix.Name]).ToValueArray()), null);
    }

    /// <summary>The profile that they make: weighted instructions a second of the slowest and the fastest run, to the nearest thousand.</summary>
    /// <param name="name">Name of the profile.</param>
    /// <param name="memory">A device whose flash and heap the board has, or null.</param>
    /// <returns>Profile, or why the figures say nothing.</returns>
    public (DeviceProfile? Profile, string? Mistake) ToProfile(string name, DeviceProfile? memory)
    {
        foreach (CalibrationFigure figure in Mixes)
        {
            long least = figure.Ticks.Min(), most = figure.Ticks.Max();
            if (least < LeastTicks)
                return (null, FormattableString.Invariant($": error: a run of mix '{figure.Mix.Name}' took {least / 10_000} ms, at least 100 ms are needed. Let the sketch measure longer: Calibration.Run(1000)."));
            if (most > least + (least / 4))
                return (null, FormattableString.Invariant($": error: the runs of mix '{figure.Mix.Name}' took from {least / 10_000} to {most / 10_000} ms: something else ran meanwhile. Run the sketch again, alone and without a debugger."));
        }

        long[] rates = [.. Mixes.SelectMany(figure => figure.Rates)];
        if (rates.Min() < 1_000 || rates.Max() > int.MaxValue)
            return (null, FormattableString.Invariant($": error: {rates.Min()} to {rates.Max()} weighted instructions a second are not a board's: 1,000 to 2,147,483,647 are read. Check that the log is whole and of a board."));
        string each = string.Join(", ", Mixes.Select(figure => $"{figure.Mix.Name} {CostText.Weighted(figure.Rates.Min())}"));
        return (new DeviceProfile(name, memory?.Board ?? "", memory?.FlashBytes, memory?.HeapLowBytes, memory?.HeapHighBytes, null, null, null, true, "adapterc calibrate: " + each)
        {
            MeasuredPerSecondLow = rates.Min(),
            MeasuredPerSecondHigh = rates.Max(),
        }, null);
    }

    // mix NAME rounds N ticks T T T
    private static (CalibrationFigure? Figure, string? Mistake) ReadLine(string line)
    {
        string[] words = line.Split([' ', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        CalibrationMix? mix = words.Length > 1 ? CalibrationMix.All.FirstOrDefault(each => each.Name == words[1]) : null;
        if (words.Length > 1 && mix is null)
            return (null, $"mix '{words[1]}' is not known; mixes are {string.Join(", ", CalibrationMix.All.Select(each => each.Name))}.");
        long[] numbers = [.. words.Skip(5).Prepend(words.Length > 3 ? words[3] : "").Select(Number)];
        bool isWhole = mix is not null && words.Length == 8 && words[2] == "rounds" && words[4] == "ticks" && numbers.All(number => number is > 0 and <= 100_000_000_000);
        return isWhole
            ? (new CalibrationFigure(mix!, numbers[0], numbers.Skip(1).ToValueArray()), null)
            : (null, "the line is damaged: 'mix NAME rounds N ticks T T T' with whole numbers above 0 is expected. Run the sketch again.");
    }

    private static long Number(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static (CalibrationFigures?, string?) Wrong(int line, string message) => (null, FormattableString.Invariant($"({line},1): error: {message}"));
}

/// <summary>One mix on the board.</summary>
/// <param name="Mix">What ran.</param>
/// <param name="Rounds">Rounds of its loop.</param>
/// <param name="Ticks">Of each run, in units of 100 ns.</param>
public sealed record CalibrationFigure(CalibrationMix Mix, long Rounds, ValueArray<long> Ticks)
{
    private const long TicksPerSecond = 10_000_000;

    /// <summary>Weighted instructions a second of each run, to the nearest thousand.</summary>
    public IEnumerable<long> Rates => Ticks.Select(ticks =>
    {
        long weighted = Mix.Weighted(Rounds);
        // Whole seconds first, so that nothing overflows.
        long rate = (weighted / ticks * TicksPerSecond) + (weighted % ticks * TicksPerSecond / ticks);
        return (rate + 500) / 1_000 * 1_000;
    });
}
