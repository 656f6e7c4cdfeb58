using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>The rows of several seeds and what made them: a CSV file with two lines of comment above its header.</summary>
/// <param name="Command">The command of one seed, N for the seed.</param>
/// <param name="Commit">State of the sources.</param>
/// <param name="Rows">In the order of the seeds.</param>
internal sealed record SeedTable(string Command, string Commit, IReadOnlyList<SeedRow> Rows)
{
    private const string CommandLine = "# command: ", CommitLine = "# commit: ";

    /// <summary>Adds a seed.</summary>
    public SeedTable With(SeedRow row) => this with { Rows = [.. Rows.Append(row).OrderBy(r => r.Seed)] };

    /// <summary>Writes the file: beside its place first, so that it is there whole or not at all.</summary>
    public void Save(string path)
    {
        string[] lines = [CommandLine + Command, CommitLine + Commit, SeedRow.Header, .. Rows.Select(row => row.ToCsv()), ""];
        File.WriteAllText(path + ".part", string.Join('\n', lines));
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static SeedTable Load(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length < 3 || !lines[0].StartsWith(CommandLine, StringComparison.Ordinal) || !lines[1].StartsWith(CommitLine, StringComparison.Ordinal) || lines[2] != SeedRow.Header)
            throw new InvalidDataException($"{path} is no table of seeds: it does not begin with '{CommandLine}', '{CommitLine}' and '{SeedRow.Header}'");
        return new SeedTable(lines[0][CommandLine.Length..], lines[1][CommitLine.Length..], [.. lines.Skip(3).Where(line => line.Length > 0).Select(SeedRow.Parse)]);
    }

    /// <summary>The middle value, or the mean of the two middle ones.</summary>
    /// <param name="values">At least one.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
