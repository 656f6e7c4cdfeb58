using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>The corpus made from synthetic packages: no network, nothing installed.</summary>
public sealed class RealSoundCorpusTests : IDisposable
{
    private readonly RecordingFolder folder = new();
    private readonly Packages packages;

    public RealSoundCorpusTests()
    {
        packages = new Packages(folder);
        foreach (string voice in (string[])["en_US_f_Allison", "es_MX_f_Allison", "fr_CA_f_June"])
        {
            string package = $"asterisk-core-sounds-{voice[..2]}-g722";
            for (int i = 0; i < 24; i++)
                packages.Add(package, $"sounds/{voice}/word{(char)('a' + i)}-spoken.g722", 1 + (i % 3));
            packages.Add(package, $"sounds/{voice}/digits/1.g722", 0.5);
            packages.Add(package, $"sounds/{voice}/digits/h-1.g722", 1);
            packages.Add(package, $"sounds/{voice}/beep.g722", 1);
            packages.Add(package, $"sounds/{voice}/silence/2.g722", 2);
        }

        foreach (string track in (string[])["macroform-cold_day", "macroform-robot_dity", "reno_project-system"])
            packages.Add("asterisk-moh-opsound-g722", $"moh/{track}.g722", 12);
    }

    private string Target => folder.At("out/corpus");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_loads_as_two_tasks_without_a_skipped_file()
    {
        Assert.True(Prepare().Success);

        FolderCorpusResult loaded = FolderCorpus.Load(Target, FrontEnd.Default, FrontEnd.DefaultInput);

        Assert.Equal(["language", "sound"], loaded.Tasks.Select(task => task.Name));
        Assert.Equal(["en", "es", "fr"], loaded.Tasks[0].Labels);
        Assert.Equal(["music", "speech"], loaded.Tasks[1].Labels);
        Assert.Equal(["manifest.tsv"], loaded.Skipped.Select(file => file.Path).Append("manifest.tsv"));
    }

    [Fact]
    public void No_recording_and_no_prompt_is_in_two_splits_and_tones_are_left_out()
    {
        IReadOnlyList<RealSoundFile> files = Prepare().Files;

        Assert.All(files.GroupBy(file => file.Source, StringComparer.Ordinal), group => Assert.Single(group.Select(file => file.Split).Distinct()));
        Assert.All(files.Where(file => file.Path.StartsWith("language", StringComparison.Ordinal)).GroupBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal), group =>
        {
            Assert.Equal(["en", "es", "fr"], group.Select(file => file.Class).Order(StringComparer.Ordinal));
            Assert.Single(group.Select(file => file.Split).Distinct());
        });
        Assert.DoesNotContain(files, file => file.Source.Contains("beep", StringComparison.Ordinal) || file.Source.Contains("silence", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Source.EndsWith("digits/1.g722", StringComparison.Ordinal));
    }

    [Fact]
    public void Speech_beside_music_is_of_every_language_and_about_as_long()
    {
        List<RealSoundFile> train = Prepare().Files.Where(file => file.Path.StartsWith("sound/train", StringComparison.Ordinal)).ToList();

        double music = train.Where(file => file.Class == "music").Sum(file => file.Seconds);
        double speech = train.Where(file => file.Class == "speech").Sum(file => file.Seconds);
        Assert.InRange(speech / music, 0.7, 1.6);
        Assert.Equal(["en", "es", "fr"], train.Where(file => file.Class == "speech").Select(file => Path.GetFileName(file.Path)[..2]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_run_changes_nothing()
    {
        RealSoundResult first = Prepare();
        string manifest = File.ReadAllText(Path.Combine(Target, "manifest.tsv"));
        File.Delete(packages.Files("asterisk-moh-opsound-g722")[0]);

        RealSoundResult second = Prepare();

        Assert.Equal(first.Files.Select(file => file.Path), second.Files.Select(file => file.Path));
        Assert.Equal(manifest, File.ReadAllText(Path.Combine(Target, "manifest.tsv")));
        Assert.Equal(1, packages.Installations);
    }

    [Fact]
    public void An_interrupted_run_leaves_no_corpus_and_is_taken_up_again()
    {
        int written = 0;
        Assert.Throws<OperationCanceledException>(() => RealSoundCorpus.Prepare(Target, packages, _ => { }, new Callback(_ =>
        {
            if (++written == 10)
                throw new OperationCanceledException();
        })));
        Assert.False(Directory.Exists(Target));
        string kept = Directory.GetFiles(Target + ".building", "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        DateTime before = File.GetLastWriteTimeUtc(kept);
        File.WriteAllText(Path.Combine(Target + ".building", "language", "stranger.wav.part"), "half");

        RealSoundResult result = Prepare();

        Assert.True(result.Success);
        Assert.False(Directory.Exists(Target + ".building"));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(Target, Path.GetRelativePath(Target + ".building", kept))));
        Assert.Equal(result.Files.Count, Directory.GetFiles(Target, "*.wav*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_corpus_that_lost_a_file_is_made_again()
    {
        RealSoundFile lost = Prepare().Files[3];
        File.Delete(Path.Combine(Target, lost.Path));

        Assert.True(Prepare().Success);

        Assert.True(File.Exists(Path.Combine(Target, lost.Path)));
    }

    [Fact]
    public void Somebody_s_folder_is_left_alone()
    {
        folder.Bytes("out/corpus/thesis.txt", [1]);

        RealSoundResult result = Prepare();

        Assert.Contains("holds something else", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("out/corpus/thesis.txt")));
    }

    [Fact]
    public void A_failed_installation_and_an_empty_package_are_said()
    {
        packages.Trouble = "no root";
        Assert.Equal("no root", Prepare().Error);
        packages.Trouble = null;
        packages.Clear("asterisk-moh-opsound-g722");
        Assert.Contains("apt-get install --reinstall asterisk-moh-opsound-g722", Prepare().Error, StringComparison.Ordinal);
    }

    private RealSoundResult Prepare() => RealSoundCorpus.Prepare(Target, packages, _ => { }, progress: null);

    private sealed class Callback(Action<FolderProgress> action) : IProgress<FolderProgress>
    {
        public void Report(FolderProgress value) => action(value);
    }

    private sealed class Packages(RecordingFolder folder) : IRecordingPackages
    {
        private readonly List<(string Package, string Path)> files = [];

        public string? Trouble { get; set; }

        public int Installations { get; private set; }

        public void Add(string package, string path, double seconds) => files.Add((package, folder.G722("usr/share/asterisk/" + path, seconds)));

        public void Clear(string package) => files.RemoveAll(file => file.Package == package);

        public string? Install(IReadOnlyList<string> names)
        {
            Installations++;
            return Trouble;
        }

        public IReadOnlyList<string> Files(string name) => files.Where(file => file.Package == name).Select(file => file.Path).ToList();
    }
}
