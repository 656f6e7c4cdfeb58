using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;

namespace AdapterCompiler.Benchmarks.Hashes;

/// <summary>
/// Keeps the hashes of generated text, and compares with them: the proof that a change of the compiler changes no byte. A line is written as soon as it is
/// known; what a stopped run kept is compared as far as it goes.
/// </summary>
internal static class HashRun
{
    private const int Same = 0, Different = 1;

    /// <summary>Writes a file of hashes.</summary>
    public static int Keep(string path, int random)
    {
        using StreamWriter file = new(path) { AutoFlush = true, NewLine = "\n" };
        int count = 0;
        Each(random, program =>
        {
            file.WriteLine(program.Line());
            count++;
        });
        Console.WriteLine(FormattableString.Invariant($"{count} programs kept in {path}"));
        return Same;
    }

    /// <summary>Names the programs whose text is another than when the file was written.</summary>
    public static int Compare(string path, int random)
    {
        Dictionary<string, string> kept = File.ReadLines(path).Select(HashedProgram.Read).ToDictionary(program => program.Id, program => program.Hash, StringComparer.Ordinal);
        int same = 0, different = 0, unknown = 0;
        Each(random, program =>
        {
            if (!kept.TryGetValue(program.Id, out string? hash))
                unknown++;
            else if (hash == program.Hash)
                same++;
            else
                Console.WriteLine(FormattableString.Invariant($"different ({++different}): {program.Id}"));
        });
        Console.WriteLine(FormattableString.Invariant($"{same} programs of {kept.Count} in {path} are the same, {different} differ, {unknown} are not in it"));
        // Nothing compared is nothing proven.
        return different == 0 && same > 0 ? Same : Different;
    }

    /// <summary>Prints the text of one program, to see where two compilers differ.</summary>
    public static int Show(string id)
    {
        HashedProgram? program = HashedModel.All(HashedModel.MostRandom).Where(model => id.StartsWith(model.Name + ",", StringComparison.Ordinal)).SelectMany(model => model.Programs()).FirstOrDefault(each => each.Id == id);
        Console.Out.Write(program?.Text);
        return program is null ? Different : Same;
    }

    // Models side by side, results in order.
    private static void Each(int random, Action<HashedProgram> take)
    {
        HashedModel[] models = [.. HashedModel.All(random)];
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            ProgressTask bar = progress.AddTask("models", maxValue: models.Length);
            foreach (HashedProgram[] programs in models.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(model => model.Programs().ToArray()))
            {
                foreach (HashedProgram program in programs)
                    take(program);
                bar.Increment(1);
            }
        });
    }
}
