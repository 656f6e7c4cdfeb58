using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>
/// The command that stands in a model file: everything that its weights depend on, in one order and nothing twice, so that the same training writes the same bytes anywhere. Options that say what
/// is the default anyway are left out, and so are places on this machine: of a folder that is read the last name stays.
/// </summary>
internal static class TrainingCommand
{
    private const string Program = "adapter-train";

    /// <summary>Options that name a place to write to, to keep downloads in or to read options from, and what is done with the network afterwards.</summary>
    private static readonly string[] Places = ["--page", "--models", "--corpus", ConfigFile.OptionName, TrainCommand.EventsOption, CompressionChoice.With, CompressionChoice.Without];

    /// <summary>Writes the command.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="others">Options that do not belong to it.</param>
    public static string Of(ParseResult parsed, IReadOnlyCollection<Option> others)
    {
        CommandResult result = parsed.CommandResult;
        IEnumerable<string> options = result.Command.Options
            .Where(option => !others.Contains(option) && !Places.Contains(option.Name, StringComparer.Ordinal))
            .Select(option => parsed.GetResult(option) is { Implicit: false } given ? Text(option, given) : null)
            .OfType<string>();
        return string.Join(' ', options.Prepend(result.Command.Name).Prepend(Program));
    }

    private static string? Text(Option option, OptionResult given)
    {
        if (option.ValueType == typeof(bool))
            return given.GetValueOrDefault<bool>() ? option.Name : null;
        if (option.ValueType == typeof(string[]))
            return string.Join(' ', given.Tokens.Select(token => $"{option.Name} {Quoted(token.Value)}"));
        string value = string.Join(' ', given.Tokens.Select(token => token.Value));
        // How many threads are the default depends on the machine, and the integers on how many there are.
        if (option.Name != CommonOptions.ThreadsOption && option.HasDefaultValue && Convert.ToString(option.GetDefaultValue(), CultureInfo.InvariantCulture) == value)
            return null;
        if (option.Name == TrainCommand.DataOption)
            value = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(value)));
        return $"{option.Name} {Quoted(value)}";
    }

    private static string Quoted(string value) => value.Contains(' ', StringComparison.Ordinal) ? '"' + value + '"' : value;
}
