using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Linq;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Usage;

/// <summary>A command line that cannot be understood: what is wrong in one line, and where to look.</summary>
public static class UsageErrors
{
    /// <summary>Two lines, the mistake and a hint; nothing where there is no mistake. The first mistake only: what follows it is mostly its consequence.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="program">The program's name.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, string program)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        if (parsed.Errors.Count == 0)
            return [];
        string command = Name(parsed.CommandResult, program);
        return [$"{program}: {Mistake(parsed, command)}", $"{program}: see {command} --help"];
    }

    private static string Mistake(ParseResult parsed, string command)
    {
        Command at = parsed.CommandResult.Command;
        if (BehindDashes(parsed, at) is { } late)
            return $"'{late}' stands behind '--', and what stands there is no option but an argument. Write options before '--'.";
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            if (unknown.StartsWith('-'))
                return $"'{unknown}' is no option of {command}.{Suggestion.For(unknown, Options(at))}";
            string[] commands = [.. at.Subcommands.Select(each => each.Name)];
            return commands.Length > 0
                ? $"'{unknown}' is no command of {command}.{Suggestion.For(unknown, commands)} Commands are {string.Join(", ", commands)}."
                : $"'{unknown}' is one argument more than {command} takes.";
        }

        ParseError error = parsed.Errors[0];
        if (error.SymbolResult is CommandResult && at.Subcommands.Count > 0)
            return $"a command is missing: {string.Join(", ", at.Subcommands.Select(each => each.Name))}.";
        if (error.SymbolResult is OptionResult { Tokens.Count: > 0 } option)
        {
            string[] allowed = [.. option.Option.GetCompletions(CompletionContext.Empty).Select(each => each.Label)];
            if (allowed.Length > 0 && option.Tokens.FirstOrDefault(token => !allowed.Contains(token.Value, StringComparer.Ordinal)) is { } strange)
                return $"{option.Option.Name} is '{strange.Value}'.{Suggestion.For(strange.Value, allowed)} It is one of {string.Join(", ", allowed)}.";
            if (Kind(option.Option.ValueType) is { } kind)
                return $"{option.Option.Name} is '{option.Tokens[^1].Value}'; {kind} is expected.";
        }

        return string.Join(' ', error.Message.Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    // The first option of the command that was written where it is none any more; or null.
    private static string? BehindDashes(ParseResult parsed, Command at) => parsed.Tokens
        .SkipWhile(token => token.Type != TokenType.DoubleDash)
        .Skip(1)
        .Select(token => token.Value.Split('=', ':')[0])
        .FirstOrDefault(name => Options(at).Contains(name, StringComparer.Ordinal));

    private static IEnumerable<string> Options(Command command) => command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static string? Kind(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => "a whole number",
        TypeCode.Double or TypeCode.Decimal => "a number such as 0.001",
        _ => null,
    };

    private static string Name(CommandResult command, string program) =>
        command.Parent is CommandResult parent ? Name(parent, program) + " " + command.Command.Name : program;
}
