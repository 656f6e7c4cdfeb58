using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>What <c>adapterc diff</c> compares: files and revisions; and what it says of anything else.</summary>
[Collection(CommandLine.Collection)]
public sealed class DiffSourceTests : IDisposable
{
    private static readonly ModelArtifact Model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));

    private readonly string folder = Directory.CreateTempSubdirectory("diff-sources").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Revisions_of_a_file_are_compared_and_a_revision_with_the_file()
    {
        string path = Write("audio", Model);
        Git("init", "-q");
        Git("add", ".");
        Git("commit", "-qm", "first");
        Write("audio", TinyModels.Create([2, 3, 3], ("keyword", "1 11 11"), ("bird", "1 10 11")));
        CommandResult uncommitted = CommandLine.Run("diff", "HEAD", path);
        Git("commit", "-qam", "second");
        CommandResult revisions = CommandLine.Run("diff", "HEAD~1", "HEAD", "--", path);
        CommandResult named = CommandLine.Run("diff", $"HEAD~1:{path}", path, "--class", "AudioModel");
        foreach (CommandResult result in new[] { uncommitted, revisions, named })
        {
            Assert.Equal((0, ""), (result.Code, result.Error));
            Assert.Contains("\nAudioModel ", result.Output, StringComparison.Ordinal);
            Assert.Contains("\nkeyword  layer 3: +c2\n", result.Output, StringComparison.Ordinal);
        }

        Assert.Contains($"\nbefore  HEAD~1:{path}  sha256 ", revisions.Output, StringComparison.Ordinal);
        CommandResult none = CommandLine.Run("diff", "HEAD~7", "HEAD", "--", path);
        Assert.Equal(5, none.Code);
        Assert.StartsWith($"adapterc: HEAD~7:{path} cannot be read: git says: ", none.Error, StringComparison.Ordinal);
        Assert.EndsWith("adapterc diff HEAD~1 HEAD -- Models/audio.adapter\n", none.Error, StringComparison.Ordinal);
    }

    /// <summary>What lies in a revision under a model's name and is none; a link is followed there.</summary>
    [Fact]
    public void Folders_and_links_of_a_revision_are_named_for_what_they_are()
    {
        string path = Write("audio", Model), models = Path.Combine(folder, "Models");
        Directory.CreateDirectory(models);
        File.Copy(path, Path.Combine(models, "inner.adapter"));
        Directory.CreateDirectory(Path.Combine(folder, "none"));
        File.WriteAllText(Path.Combine(folder, "none", "a.txt"), "a\n");
        File.CreateSymbolicLink(Path.Combine(folder, "link.adapter"), "audio.adapter");
        File.CreateSymbolicLink(Path.Combine(folder, "out.adapter"), "/dev/null");
        Dangling();
        Git("init", "-q");
        Git("add", ".");
        Git("commit", "-qm", "first");
        Assert.Contains("it is a folder there; it holds inner.adapter.", Said("HEAD", "Models"), StringComparison.Ordinal);
        Assert.Contains("it is a folder there, and holds no *.adapter.", Said("HEAD", "none"), StringComparison.Ordinal);
        Assert.Contains("it is a link there that leads to no file.", Said("HEAD", "dangling.adapter"), StringComparison.Ordinal);
        Assert.Contains("it is a link there that leads out of the repository.", Said("HEAD", "out.adapter"), StringComparison.Ordinal);
        Assert.Contains("git says: path ", Said("HEAD", "nothing.adapter"), StringComparison.Ordinal);
        Assert.Contains("git says: ", Said("nix", "audio.adapter"), StringComparison.Ordinal);
        Assert.StartsWith("The same model", CommandLine.Run("diff", "HEAD", "HEAD", "--", Path.Combine(folder, "link.adapter")).Output, StringComparison.Ordinal);

        // One revision names the file, the other only itself; and a file comes first as well; and what is staged.
        foreach ((string old, string now) in new[] { ("HEAD", $":{path}"), ("HEAD", $"HEAD:{path}"), ($"HEAD:{path}", "HEAD"), ("HEAD", path), (path, "HEAD") })
            Assert.StartsWith("The same model", CommandLine.Run("diff", old, now).Output, StringComparison.Ordinal);

        string Said(string revision, string name)
        {
            CommandResult result = CommandLine.Run("diff", $"{revision}:{Path.Combine(folder, name)}", path);
            Assert.Equal((5, ""), (result.Code, result.Output));
            return result.Error;
        }
    }

    [Theory]
    [InlineData("missing.adapter NEW", 5, "error ADC001: The model file cannot be read: ")]
    [InlineData("NEW nowhere/missing.adapter", 5, "error ADC001: The model file cannot be read: ")]
    [InlineData("NEW FOLDER", 5, "it is a folder; it holds ")]
    [InlineData("FOLDER NEW", 5, "it is a folder; it holds ")]
    [InlineData("HEAD~1 HEAD", 2, "Of two revisions say which file: adapterc diff HEAD~1 HEAD -- Models/audio.adapter")]
    [InlineData("HEAD:nowhere/audio.adapter NEW", 5, "REVISION:FILE is counted from the repository's root; from here it is HEAD:./FILE.")]
    [InlineData("POINTER NEW", 5, "it is a pointer of Git LFS, not the file.")]
    [InlineData("TEXT NEW", 5, "text.txt(1,1): error ADC010: Found 'hello'")]
    [InlineData("--output=x NEW NEW", 5, "cannot be read: '--output=x' is no revision.")]
    [InlineData("HEAD HEAD -- nowhere/audio.adapter", 5, "HEAD:nowhere/audio.adapter cannot be read: git says: ")]
    [InlineData("NEW NEW --fail-on il=3", 2, "'il=3' is no condition. Write a figure, < or >, and a number")]
    [InlineData("NEW NEW --fail-on acuracy<0.9", 2, "'acuracy' is no figure of a model. Did you mean 'accuracy'?")]
    [InlineData("NEW NEW --fail-on il>5%", 2, "write il>+5% or -5%")]
    [InlineData("NEW NEW --fail-on ;", 2, "it holds no condition")]
    [InlineData("NEW NEW --fail-on accuracy:brid<0.9", 2, "--fail-on: 'accuracy:brid<0.9': neither model has a task 'brid'. Did you mean 'bird'? Tasks: keyword, bird.")]
    [InlineData("NEW NEW --tasks keyword --fail-on accuracy:bird<0.9", 2, "--tasks leaves 'bird' out. Compared are keyword.")]
    [InlineData("NEW NEW --fail-on il:bird>+5%", 2, "il is a figure of the whole model. Of one task are accuracy, recall, channels, time; write il>+5%.")]
    [InlineData("NEW NEW --tasks brid", 2, "error ADC003: 'brid' is not a task of either model. Did you mean 'bird'?")]
    [InlineData("NEW NEW --device esp23", 2, "Did you mean 'esp32'?")]
    [InlineData("NEW NEW --hop 48", 2, "--hop 48 is not valid: it says how often a model decides")]
    [InlineData("NEW NEW --streaming", 5, "--streaming true is not valid: the model pads its windows in time")]
    [InlineData("NEW DANGLING", 5, "it is a link to 'gone.adapter', where there is no file.")]
    [InlineData("HEAD missing.adapter", 5, "HEAD:missing.adapter cannot be read: git says: ")]
    public void Mistakes_are_messages(string line, int code, string expected)
    {
        string now = Write("new", Model), text = Path.Combine(folder, "text.txt");
        File.WriteAllText(text, "hello\n");
        CommandResult result = CommandLine.Run(["diff", .. line.Split(' ').Select(word => word switch { "NEW" => now, "TEXT" => text, "FOLDER" => folder, "DANGLING" => Dangling(), "POINTER" => Pointer(), _ => word })]);
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ADC009", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private string Pointer()
    {
        string path = Path.Combine(folder, "pointer.adapter");
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        return path;
    }

    private string Dangling()
    {
        string link = Path.Combine(folder, "dangling.adapter");
        File.CreateSymbolicLink(link, "gone.adapter");
        return link;
    }

    private void Git(params string[] arguments)
    {
        ProcessResult git = ProcessResult.Of("git", folder, null, ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", .. arguments]);
        Assert.True(git.Code == 0, git.Text);
    }

    private string Write(string name, ModelArtifact model)
    {
        string path = Path.Combine(folder, name + ".adapter");
        File.WriteAllText(path, ModelWriter.Write(model));
        return path;
    }
}
