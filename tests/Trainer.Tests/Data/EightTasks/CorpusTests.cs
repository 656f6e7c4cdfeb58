using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using NAudio.Midi;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

/// <summary>Slices written, listed, checked and coded.</summary>
public sealed class CorpusTests : IDisposable
{
    private readonly CorpusFolder corpus = new();
    private readonly QuietConsole terminal = new();

    public void Dispose()
    {
        corpus.Dispose();
        terminal.Dispose();
    }

    [Fact]
    public void Quotas_are_kept_silence_is_left_out_and_the_list_reads_back()
    {
        TaskPlan plan = CorpusFolder.Tones(7, (split, i) => $"file:p:{split} {i}", new Quota(2, 3, 4));
        PlannedItem silent = plan.Items[0] with { Make = () => [new MadeSlice(0, new float[Mixing.SliceLength])] };
        SliceManifest made = TaskMaker.Make(plan with { Items = [silent, .. plan.Items] }, 5, corpus.Root, progress: null);
        Assert.Equal([4, 6, 7], Enum.GetValues<FolderSplit>().Select(split => made.Slices.Count(slice => slice.Split == split)));
        Assert.Equal(made.Slices.Count * TaskMaker.SliceBytes, new FileInfo(SliceManifest.SoundOf(corpus.Root, "tones")).Length);

        SliceManifest read = SliceManifest.Read(corpus.Root, "tones")!;
        Assert.Equal((made.Task, made.Seed, made.VoicesRecur), (read.Task, read.Seed, read.VoicesRecur));
        Assert.Equal(made.Labels, read.Labels);
        Assert.Equal(made.Slices.Select(slice => (slice.Split, slice.Class, slice.Making, slice.Hash)), read.Slices.Select(slice => (slice.Split, slice.Class, slice.Making, slice.Hash)));
        Assert.Equal("file:p:Train%200", read.Slices[0].Origins.Single());

        File.WriteAllText(SliceManifest.PathOf(corpus.Root, "tones"), File.ReadAllText(SliceManifest.PathOf(corpus.Root, "tones")).Replace("recipe 1", "recipe 0", StringComparison.Ordinal));
        Assert.Null(SliceManifest.Read(corpus.Root, "tones"));
    }

    /// <summary>A recording that cannot be read leaves a task as it was, and is named.</summary>
    [Fact]
    public void What_cannot_be_made_takes_nothing_away()
    {
        TaskPlan plan = CorpusFolder.Tones(7, (split, i) => $"file:p:{split} {i}", new Quota(2, 3, 4));
        TaskMaker.Make(plan, 5, corpus.Root, progress: null);
        string list = SliceManifest.PathOf(corpus.Root, "tones"), before = File.ReadAllText(list);
        byte[] sound = File.ReadAllBytes(SliceManifest.SoundOf(corpus.Root, "tones"));
        PlannedItem damaged = plan.Items[1] with { Make = () => throw new EndOfStreamException("it is cut off") };
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => TaskMaker.Make(plan with { Items = [plan.Items[0], damaged, .. plan.Items.Skip(2)] }, 6, corpus.Root, progress: null));
        Assert.StartsWith(damaged.Origins[0] + " cannot be read: it is cut off", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(list));
        Assert.Equal(sound, File.ReadAllBytes(SliceManifest.SoundOf(corpus.Root, "tones")));
    }

    [Theory]
    [InlineData(0, "trian", "'trian' is none of train, ")]
    [InlineData(1, "noise", "'noise' is no class of the task; they are ")]
    [InlineData(2, "sung", "'sung' is none of ")]
    [InlineData(4, "a\tb", "a slice has 5 columns, this line 6")]
    public void A_line_of_a_list_that_describes_no_slice_is_named(int column, string wrong, string said)
    {
        TaskMaker.Make(CorpusFolder.Tones(7, (split, i) => $"file:p:{split} {i}", new Quota(2, 3, 4)), 5, corpus.Root, progress: null);
        string path = SliceManifest.PathOf(corpus.Root, "tones");
        string[] lines = File.ReadAllLines(path), cells = lines[3].Split('\t');
        cells[column] = wrong;
        lines[3] = string.Join('\t', cells);
        File.WriteAllLines(path, lines);
        string message = Assert.Throws<InvalidDataException>(() => SliceManifest.Read(corpus.Root, "tones")).Message;
        Assert.StartsWith(path + "(4): ", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_made_is_the_same()
    {
        TaskPlan plan = CorpusFolder.Tones(5, (split, i) => $"file:{split}{i}");
        TaskMaker.Make(plan, 1, corpus.Root, progress: null);
        byte[] sound = File.ReadAllBytes(SliceManifest.SoundOf(corpus.Root, "tones")), list = File.ReadAllBytes(SliceManifest.PathOf(corpus.Root, "tones"));
        TaskMaker.Make(plan, 1, corpus.Root, progress: null);
        Assert.Equal(sound, File.ReadAllBytes(SliceManifest.SoundOf(corpus.Root, "tones")));
        Assert.Equal(list, File.ReadAllBytes(SliceManifest.PathOf(corpus.Root, "tones")));
    }

    [Fact]
    public void Leaks_are_found_within_a_task_and_across_tasks()
    {
        SliceManifest clean = TaskMaker.Make(CorpusFolder.Tones(4, (split, i) => $"file:{split}{i}"), 1, corpus.Root, progress: null);
        Assert.Empty(CorpusCheck.Leaks([clean]));

        SliceManifest file = CorpusFolder.Changed(clean, slice => slice with { Origins = ["file:everywhere"] });
        Assert.Contains("file:everywhere is in train of tones and in val of tones", CorpusCheck.Leaks([file]).Single(), StringComparison.Ordinal);

        // A file of one task's training in another task's test, and the very samples under other names.
        SliceManifest other = CorpusFolder.Changed(clean, slice => slice with { Split = FolderSplit.Test, Hash = slice.Hash + "0" }) with { Task = "other" };
        Assert.Contains("in test of other", CorpusCheck.Leaks([clean, other])[0], StringComparison.Ordinal);
        SliceManifest renamed = CorpusFolder.Changed(clean, slice => slice with { Split = FolderSplit.Test, Origins = ["file:b" + slice.Hash] }) with { Task = "other" };
        Assert.Contains("samples:", CorpusCheck.Leaks([clean, renamed])[0], StringComparison.Ordinal);

        // A voice may be in every split of the task that asks who speaks, and in different splits of two tasks.
        SliceManifest voice = CorpusFolder.Changed(clean, slice => slice with { Origins = ["voice:v"] });
        Assert.Single(CorpusCheck.Leaks([voice]));
        Assert.Empty(CorpusCheck.Leaks([voice with { VoicesRecur = true }]));
    }

    [Fact]
    public void Too_few_slices_are_said()
    {
        SliceManifest made = TaskMaker.Make(CorpusFolder.Tones(4, (split, i) => $"file:{split}{i}"), 1, corpus.Root, progress: null);
        Assert.Contains("4 test slices; 300 are needed", CorpusCheck.Counts(made).Single(), StringComparison.Ordinal);
        SliceManifest low = made with { Slices = [.. made.Slices.Where(slice => slice.Split != FolderSplit.Validation || slice.Class == 1)] };
        Assert.Contains("no slice of high in val", CorpusCheck.Counts(low).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_sample_and_missing_tasks_are_found()
    {
        string task = EightTaskCorpus.Tasks[0], sound = SliceManifest.SoundOf(corpus.Root, task);
        TaskMaker.Make(CorpusFolder.Tones(4, (split, i) => $"file:{split}{i}", name: task), 1, corpus.Root, progress: null);
        string[] Problems() => [.. CorpusCheck.Run(corpus.Root, terminal.Console).Problems.Where(problem => !problem.Contains("is missing", StringComparison.Ordinal) && !problem.Contains("test slices", StringComparison.Ordinal))];
        Assert.Empty(Problems());
        Assert.Equal(7, CorpusCheck.Run(corpus.Root, terminal.Console).Problems.Count(problem => problem.Contains("is missing", StringComparison.Ordinal)));

        byte[] bytes = File.ReadAllBytes(sound);
        bytes[70_000] ^= 1;
        File.WriteAllBytes(sound, bytes);
        Assert.Contains("1 slices are not those of its list", Assert.Single(Problems()), StringComparison.Ordinal);
        File.WriteAllBytes(sound, bytes[..^2]);
        Assert.Contains("does not hold the 12 slices of its list", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_the_front_ends_and_made_once()
    {
        TaskMaker.Make(CorpusFolder.Tones(3, (split, i) => $"file:{split}{i}"), 1, corpus.Root, progress: null);
        TaskData task = Load();
        Assert.Equal((3, 3, 3), (task.Train.Count, task.Validation.Count, task.Test.Count));
        Assert.Equal([0, 1, 0], task.Test.Classes);
        var frontEnd = new IntegerMelFrontEnd();
        for (int i = 0; i < 3; i++)
            Assert.Equal(frontEnd.Codes(CorpusFolder.Tone(FolderSplit.Test, i)), task.Test.Codes[i]);
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Train.Codes[3]);

        string file = Directory.GetFiles(corpus.Root, "*.codes").Single();
        DateTime made = File.GetLastWriteTimeUtc(file);
        Assert.Equal(task.Train.Codes[2], Load().Train.Codes[2]);
        Assert.Equal(made, File.GetLastWriteTimeUtc(file));
        TaskData upper = CodeStore.Load(corpus.Root, "tones", FrontEnd.Integer, FrontEnd.DefaultInput with { Bits = 5 }, terminal.Console);
        Assert.Equal(task.Test.Codes.Select(codes => codes.Select(code => code >> 2)), upper.Test.Codes.Select(codes => codes.Select(code => (int)code)));
        Assert.Equal(upper.Train.Codes.ElementAt(2), upper.Train.Codes[2]);
        Assert.Single(Directory.GetFiles(corpus.Root, "*.codes"));
        CodeStore.Load(corpus.Root, "tones", FrontEnd.Default, FrontEnd.DefaultInput, terminal.Console);
        Assert.Equal(2, Directory.GetFiles(corpus.Root, "*.codes").Length);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => CodeStore.Load(corpus.Root, "tunes", FrontEnd.Integer, FrontEnd.DefaultInput, terminal.Console));
        Assert.Contains("adapter-train data prepare", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_become_a_score_that_any_player_reads()
    {
        string path = Path.Combine(corpus.Root, "score.mid");
        NoteScore.Write(path, [new Note(40, 60, 100, 30, 500), new Note(0, 72, 64, 0, 350)], 1100);
        var file = new MidiFile(path, strictChecking: true);
        Assert.Equal(500, file.DeltaTicksPerQuarterNote);
        MidiEvent[] events = [.. file.Events[0]];
        Assert.Equal([(30L, 60, 100), (1100L, 72, 64)], events.OfType<NoteOnEvent>().Select(on => (on.AbsoluteTime, on.NoteNumber, on.Velocity)));
        Assert.Equal([530L, 1450L], events.Where(MidiEvent.IsNoteOff).Select(off => off.AbsoluteTime));
        Assert.Equal([40, 0], events.OfType<PatchChangeEvent>().Select(patch => patch.Patch));
        Assert.Equal(3, events.OfType<ControlChangeEvent>().Count());
    }

    private TaskData Load() => CodeStore.Load(corpus.Root, "tones", FrontEnd.Integer, FrontEnd.DefaultInput, terminal.Console);
}
