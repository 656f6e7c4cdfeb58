using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Boards;

/// <summary>
/// A device profile as a small text file: a name and a value a line, <c>#</c> for comments. <c>adapterc calibrate</c> writes it,
/// <c>adapterc report --profile</c> reads it.
/// </summary>
public static class ProfileFile
{
    private const string Heading = "adapter-device 1";

    // Name, whether it must be there, how many numbers.
    private static readonly ReadOnlyDictionary<string, (bool Required, int Numbers)> Fields = new(new Dictionary<string, (bool Required, int Numbers)>(StringComparer.Ordinal)
    {
        ["name"] = (true, 0),
        ["board"] = (false, 0),
        ["flash-bytes"] = (false, 1),
        ["heap-bytes"] = (false, 2),
        ["weighted-per-second"] = (true, 2),
        ["kind"] = (true, 0),
        ["source"] = (true, 0),
    });

    /// <summary>The file's text, "\n" line ends.</summary>
    public static string Write(DeviceProfile profile)
    {
        var lines = new List<string>
        {
            Heading,
            "name " + profile.Name,
            "board " + profile.Board,
        };
        if (profile.FlashBytes is { } flash)
            lines.Add(FormattableString.Invariant($"flash-bytes {flash}"));
        if (profile.HeapHighBytes is { } heap)
            lines.Add(FormattableString.Invariant($"heap-bytes {profile.HeapLowBytes ?? heap} {heap}"));
        lines.Add("# machine instructions a second, by the cost table of adapterc: slowest and fastest mix");
        lines.Add(FormattableString.Invariant($"weighted-per-second {profile.WeightedPerSecondLow} {profile.WeightedPerSecondHigh}"));
        lines.Add("kind " + (profile.IsMeasured ? "measured" : "estimate"));
        lines.Add("source " + profile.Source);
        return string.Join("\n", lines.Where(line => line != "board ")) + "\n";
    }

    /// <summary>Reads a file, or says what is wrong: "(line,column): error: …".</summary>
    public static (DeviceProfile? Profile, string? Mistake) Read(string text)
    {
        string[] lines = [.. text.Split('\n').Select(line => line.Trim())];
        if (lines[0] != Heading)
            return Wrong(1, $"this is no profile: its first line is '{Short(lines[0])}', '{Heading}' is expected. 'adapterc calibrate' writes one.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
                continue;
            int space = lines[i].IndexOf(' ');
            string name = space < 0 ? lines[i] : lines[i].Substring(0, space), value = space < 0 ? "" : lines[i].Substring(space + 1).Trim();
            if (!Fields.TryGetValue(name, out (bool Required, int Numbers) field))
                return Wrong(i + 1, $"'{Short(name)}' is not known; lines start with {string.Join(", ", Fields.Keys)}.");
            if (values.ContainsKey(name))
                return Wrong(i + 1, $"'{name}' stands twice; once is enough.");
            if (field.Numbers > 0 && Numbers(value, field.Numbers) is null)
                return Wrong(i + 1, $"'{name}' has '{Short(value)}'; {(field.Numbers == 1 ? "one whole number" : "two whole numbers, the lower first,")} from 1 to {int.MaxValue:D} {(field.Numbers == 1 ? "is" : "are")} expected.");
            if (name == "kind" && value is not ("measured" or "estimate"))
                return Wrong(i + 1, $"'kind' is '{Short(value)}'; measured or estimate is expected.");
            if (value.Length == 0)
                return Wrong(i + 1, $"'{name}' has no value.");
            values.Add(name, value);
        }

        if (Fields.FirstOrDefault(field => field.Value.Required && !values.ContainsKey(field.Key)) is { Key: { } missing })
            return Wrong(lines.Length, $"'{missing}' is missing; it must be there.");
        int[]? flash = Of("flash-bytes", 1), heap = Of("heap-bytes", 2);
        int[] rates = Of("weighted-per-second", 2)!;
        return (new DeviceProfile(
            values["name"], values.TryGetValue("board", out string? board) ? board : "", flash?[0], heap?[0], heap?[1], null, null, null,
            values["kind"] == "measured", values["source"])
        {
            MeasuredPerSecondLow = rates[0],
            MeasuredPerSecondHigh = rates[1],
        }, null);

        int[]? Of(string name, int count) => values.TryGetValue(name, out string? value) ? Numbers(value, count) : null;
    }

    private static int[]? Numbers(string value, int count)
    {
        string[] words = value.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        int[] numbers = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.Length == count && numbers.All(number => number > 0) && numbers[0] <= numbers[count - 1] ? numbers : null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";

    private static (DeviceProfile?, string?) Wrong(int line, string message) => (null, FormattableString.Invariant($"({line},1): error: {message}"));
}
