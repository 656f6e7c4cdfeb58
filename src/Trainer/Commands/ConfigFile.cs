using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>
/// Options from a file, <c>--config FILE</c>: a JSON object whose members are the command's options without their dashes, comments allowed. What the command line says itself goes before. The model file
/// names the options, whichever way they were given.
/// </summary>
internal static class ConfigFile
{
    /// <summary>Name of the option.</summary>
    public const string OptionName = "--config";

    /// <summary>The option, for commands that take one.</summary>
    public static Option<string?> Option() => new(OptionName) { Description = "options from a JSON file, comments allowed: docs/train.example.json; the command line's own go before" };

    /// <summary>Puts the file's options in the place of its name.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="root">All commands.</param>
    /// <param name="problem">What has to be changed in the file, or null.</param>
    public static string[] Expand(string[] arguments, RootCommand root, out string? problem)
    {
        problem = null;
        int at = Array.IndexOf(arguments, OptionName);
        if (at < 1 || at + 1 >= arguments.Length || root.Subcommands.FirstOrDefault(each => each.Name == arguments[0]) is not { } command || command.Options.All(each => each.Name != OptionName))
            return arguments;
        string path = arguments[at + 1];
        try
        {
            List<string> added = Read(path, command, arguments, out problem);
            return [.. arguments, .. added];
        }
        catch (JsonException exception)
        {
            problem = $"{path}({exception.LineNumber + 1},{exception.BytePositionInLine + 1}): {exception.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{OptionName} {path} cannot be read: {exception.Message}";
        }

        return arguments;
    }

    private static List<string> Read(string path, Command command, string[] given, out string? problem)
    {
        byte[] text = File.ReadAllBytes(path);
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var added = new List<string>();
        problem = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an object with options is expected", null, 0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            string place = $"{path}({1 + text.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n')},1)";
            reader.Read();
            if (command.Options.FirstOrDefault(each => each.Name == "--" + name) is not { } option || option.Name == OptionName)
            {
                string[] names = [.. command.Options.Select(each => each.Name.TrimStart('-')).Where(each => "--" + each is not (OptionName or "--help"))];
                problem = $"{place}: '{name}' is no option of {command.Name}.{Suggestion.For(name, names)} Options: {string.Join(", ", names)}.";
                return added;
            }

            List<string>? values = Values(ref reader, text);
            if (values is null)
            {
                problem = $"{place}: '{name}' is neither a text, a number, true or false, nor a list of these.";
                return added;
            }

            if (given.Any(argument => argument.Split('=')[0] is var word && (word == option.Name || option.Aliases.Contains(word))))
                continue;
            if (option.ValueType == typeof(bool))
                added.AddRange(values is ["true"] ? [option.Name] : []);
            else if (option.ValueType == typeof(string[]))
                added.AddRange(values.SelectMany(value => (string[])[option.Name, value]));
            else
                added.AddRange([option.Name, string.Join(',', values)]);
        }

        return added;
    }

    private static List<string>? Values(ref Utf8JsonReader reader, byte[] text)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return One(reader, text) is { } single ? [single] : null;
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (One(reader, text) is not { } value)
                return null;
            values.Add(value);
        }

        return values;
    }

    private static string? One(Utf8JsonReader reader, byte[] text) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(text.AsSpan((int)reader.TokenStartIndex, reader.ValueSpan.Length)),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };
}
