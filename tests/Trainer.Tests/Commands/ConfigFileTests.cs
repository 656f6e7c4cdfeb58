using System;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Trainer.Commands;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Commands;

public sealed class ConfigFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly QuietConsole terminal = new();
    private readonly RootCommand root;

    public ConfigFileTests() => root = new RootCommand { TrainCommand.Create(terminal.Console), SeedsCommand.Create(terminal.Console) };

    public void Dispose()
    {
        File.Delete(path);
        terminal.Dispose();
    }

    [Fact]
    public void Options_come_from_the_file_unless_the_command_line_says_them()
    {
        File.WriteAllText(path, """
            { // A comment.
              "channels": [4, 8], "lambda": 1e-4, "steps": 70, "output": "x y", "none": ["other", "bird=none"], "multi-head": true, "tensorboard": false, "no-balance": true, }
            """);
        string[] expanded = ConfigFile.Expand(["train", "--config", path, "--steps=50", "-o", "here"], root, out string? problem);
        Assert.Null(problem);
        Assert.Equal(
            ["train", "--config", path, "--steps=50", "-o", "here", "--channels", "4,8", "--lambda", "1e-4", "--none", "other", "--none", "bird=none", "--multi-head", "--no-balance"], expanded);
        Assert.Empty(root.Parse(expanded).Errors);
    }

    [Theory]
    [InlineData("{ \"steps\": 5,\n \"step\": 5 }", "(2,1): 'step' is no option of train. Did you mean 'steps'?")]
    [InlineData("{ \"steps\": { } }", "(1,1): 'steps' is neither")]
    [InlineData("{ \"steps\": [[1]] }", "(1,1): 'steps' is neither")]
    [InlineData("{ \"steps\": 5", "(1,13)")]
    [InlineData("[]", "an object with options is expected")]
    [InlineData("{ \"config\": \"again.json\" }", "'config' is no option")]
    public void Mistakes_are_said_with_their_place(string text, string said)
    {
        File.WriteAllText(path, text);
        ConfigFile.Expand(["train", "--config", path], root, out string? problem);
        Assert.StartsWith(path, problem!, StringComparison.Ordinal);
        Assert.Contains(said, problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_and_other_commands_have_no_such_option()
    {
        ConfigFile.Expand(["train", "--config", path + ".no"], root, out string? problem);
        Assert.Contains("cannot be read", problem!, StringComparison.Ordinal);
        string[] other = ["seeds", "--config", path];
        Assert.Same(other, ConfigFile.Expand(other, root, out problem));
        Assert.Null(problem);
    }

    private static string Example()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "docs", "train.example.json");
    }

    [Fact]
    public void The_example_is_the_defaults()
    {
        string[] expanded = ConfigFile.Expand(["train", "--config", Example()], root, out string? problem);
        Assert.Null(problem);
        ParseResult file = root.Parse(expanded), plain = root.Parse(["train"]);
        Assert.Empty(file.Errors);
        Assert.Equal(TrainingCommand.Of(plain, []), TrainingCommand.Of(file, []));
        Assert.All((string[])["--channels", "--alpha", "--lambda", "--steps", "--batch", "--learning-rate", "--front-end", "--weight-bits", "--device"], name => Assert.Contains(name, expanded));
    }
}
