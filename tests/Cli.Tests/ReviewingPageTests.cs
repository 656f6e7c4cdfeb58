using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using AdapterCompiler.Artifact;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>docs/reviewing-models.md shows what commands print today, every figure of it; with ACCEPT_SNAPSHOTS=true the page is written.</summary>
[Collection(CommandLine.Collection)]
public sealed partial class ReviewingPageTests : IDisposable
{
    private static readonly string page = Pages.Find("docs", "reviewing-models.md");

    private readonly string folder = Directory.CreateTempSubdirectory("page").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Its_outputs_are_what_the_commands_print()
    {
        string text = File.ReadAllText(page).ReplaceLineEndings("\n");
        Assert.Equal(2, Output().Count(text));
        string todays = Output().Replace(text, output => $"<!-- output: {output.Groups["command"].Value} -->\n```\n{Run(output.Groups["command"].Value)}```\n");
        if (Pages.IsAccepting)
            File.WriteAllText(page, todays);
        Assert.Equal(todays, File.ReadAllText(page).ReplaceLineEndings("\n"));
    }

    private string Run(string command)
    {
        string[] words = command.Split(' ');
        CommandResult result = CommandLine.Run([.. words[1..].Select(word => word.EndsWith(".adapter", StringComparison.Ordinal) ? Model(word) : word)]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        return $"$ {command}\n" + result.Output.Replace(Pages.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    // two-tasks.adapter is the quickstart's model before its last task.
    private string Model(string name)
    {
        if (name != "two-tasks.adapter")
            return Pages.Find(name.Split('/'));
        string path = Path.Combine(folder, name);
        ModelArtifact model = ModelReader.Read(File.ReadAllText(Pages.Find("models", "quickstart.adapter"))).Model!;
        File.WriteAllText(path, ModelWriter.Write(model with { Tasks = model.Tasks.Take(2).ToValueArray() }), new UTF8Encoding(false));
        return path;
    }

    // A comment with a command, and below it, once it was run, what it printed.
    [GeneratedRegex("<!-- output: (?<command>[^\\n]*) -->\\n(```\\n([^`\\n][^\\n]*\\n|\\n)*```\\n)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Output();
}
