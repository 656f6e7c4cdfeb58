using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using AdapterCompiler.Trainer.Data.Originals;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>The paper's own data sets, a few tones each in the layout of their authors. Sound is told by its bytes: tones called .flac need no ffmpeg.</summary>
public sealed class OriginalSetTests : IDisposable
{
    private readonly RecordingFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Speech_commands_by_its_own_lists()
    {
        foreach (string file in (string[])["bed/aa_nohash_0", "bed/bb_nohash_0", "cat/aa_nohash_0", "cat/bb_nohash_1", "cat/cc_nohash_0", "_background_noise_/hum"])
            folder.Tone(file + ".wav", seconds: 0.5);
        Text("validation_list.txt", "cat/cc_nohash_0.wav\n");
        Text("testing_list.txt", "bed/bb_nohash_0.wav\ncat/bb_nohash_1.wav\n");
        TaskPlan plan = Plan("speech-commands");
        Assert.Equal(("keyword", "bed cat"), (plan.Name, string.Join(' ', plan.Labels)));
        Assert.Equal(["Train 0 aa", "Test 0 bb", "Train 1 aa", "Test 1 bb", "Validation 1 cc"], Items(plan));
        Assert.Single(plan.Items[0].Make());
        Missing("speech-commands", "testing_list.txt");
    }

    [Fact]
    public void LibriSpeech_by_utterance()
    {
        Text("SPEAKERS.TXT", ";ID |SEX| SUBSET\n19 | F | train-clean-100 | 1\n26 | M | train-clean-100 | 1\n");
        for (int i = 0; i < 20; i++)
        {
            folder.Tone($"train-clean-100/19/198/19-198-{i:D4}.flac", seconds: 2.1);
            folder.Tone($"train-clean-100/26/495/26-495-{i:D4}.flac", seconds: 2.1);
        }

        TaskPlan plan = Plan("librispeech");
        Assert.Equal(["19", "26"], plan.Labels);
        Assert.True(plan.VoicesRecur);
        Assert.Equal(40, plan.Items.Count);
        Assert.Equal(Enum.GetValues<FolderSplit>(), plan.Items.Select(item => item.Split).Distinct().Order());
        Assert.Equal(2, plan.Items[0].Make().Count());
        Directory.CreateDirectory(folder.At("train-clean-100/77"));
        Assert.Contains("speaker 77", Assert.Throws<InvalidDataException>(() => Plan("librispeech")).Message, StringComparison.Ordinal);
        Missing("librispeech", "SPEAKERS.TXT");
    }

    [Fact]
    public void Spoken_language_keeps_a_speaker_s_fragments_together()
    {
        for (int i = 0; i < 30; i++)
        {
            folder.Tone($"train/de_f_{i:D3}.fragment1.flac", seconds: 0.5);
            folder.Tone($"train/de_f_{i:D3}.fragment1.speed2.flac", seconds: 0.5);
        }

        folder.Tone("train/es_m_1.fragment1.flac");
        folder.Tone("test/es_m_2.fragment7.noise3.flac");
        folder.Tone("test/de_m_3.fragment7.flac");
        TaskPlan plan = Plan("spoken-language");
        Assert.Equal(["de", "es"], plan.Labels);
        Assert.All(plan.Items.GroupBy(item => item.Origins[1]), voice => Assert.Single(voice.Select(item => item.Split).Distinct()));
        Assert.Equal(2, plan.Items.Count(item => item.Split == FolderSplit.Test));
        Assert.InRange(plan.Items.Count(item => item.Split == FolderSplit.Validation), 2, 20);
        folder.Tone("test/noise.flac");
        Assert.Contains("noise.flac does not begin with a language", Assert.Throws<InvalidDataException>(() => Plan("spoken-language")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Musan_by_recording()
    {
        foreach (string file in (string[])["music/fma/m1", "noise/free-sound/n1", "speech/librivox/s1", "speech/us-gov/s2"])
            folder.Tone(file + ".wav", seconds: 3);
        TaskPlan plan = Plan("musan");
        Assert.Equal(["music", "noise", "speech"], plan.Labels);
        Assert.Equal([0, 1, 2, 2], plan.Items.Select(item => item.Classes.Single()));
        Assert.Equal(3, plan.Items[0].Make().Count());
        Directory.Delete(folder.At("noise"), recursive: true);
        Assert.Contains("Expected in", Assert.Throws<InvalidDataException>(() => Plan("musan")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Birds_by_their_lists()
    {
        folder.Tone("ff1010bird/64486.wav");
        folder.Tone("ff1010bird/2525.wav");
        folder.Tone("warblrb10k/dd-1.wav");
        Text("ff1010bird_metadata_2018.csv", "itemid,datasetid,hasbird\n64486,ff1010bird,0\n2525,ff1010bird,1\n");
        Text("warblrb10k_public_metadata_2018.csv", "itemid,datasetid,hasbird\ndd-1,warblrb10k,1\n");
        Assert.Equal([1, 0, 0], Plan("dcase-birds").Items.Select(item => item.Classes.Single()));
        Text("warblrb10k_public_metadata_2018.csv", "itemid,datasetid\ndd-1,warblrb10k\n");
        Assert.Contains("no column itemid or none called hasbird", Assert.Throws<InvalidDataException>(() => Plan("dcase-birds")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("itemid,hasbird\n1,1\n2\n", "has a line of 1 columns, '2', and 2 in its first")]
    [InlineData("\n", "ff1010bird.csv is empty")]
    public void A_list_of_birds_that_is_damaged_is_named(string list, string said)
    {
        foreach (string part in (string[])["ff1010bird", "warblrb10k"])
        {
            folder.Tone(part + "/1.wav", seconds: 2.1);
            folder.Tone(part + "/2.wav", seconds: 2.1);
            Text(part + ".csv", "itemid,hasbird\n1,1\n2,0\n");
        }

        Assert.Equal(4, Plan("dcase-birds").Items.Count);
        Text("ff1010bird.csv", list);
        Assert.Contains(said, Assert.Throws<InvalidDataException>(() => Plan("dcase-birds")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenes_by_their_fold()
    {
        foreach (string name in (string[])["bus-1", "bus-2", "park-1", "park-2", "park-3"])
            folder.Tone($"audio/{name}.wav");
        Text("meta.csv", "filename\tscene_label\tidentifier\tsource_label\naudio/bus-1.wav\tbus\tlyon-1\ta\naudio/bus-2.wav\tbus\tparis-2\ta\naudio/park-1.wav\tpark\tlyon-3\ta\naudio/park-2.wav\tpark\tvienna-9\ta\naudio/park-3.wav\tpark\tx\ta\n");
        Text("evaluation_setup/fold1_train.csv", "filename\tscene_label\naudio/bus-1.wav\tbus\naudio/park-1.wav\tpark\n");
        Text("evaluation_setup/fold1_evaluate.txt", "audio/bus-2.wav\tbus\naudio/park-2.wav\tpark\n");
        TaskPlan plan = Plan("tut-scenes");
        Assert.Equal(["bus", "park"], plan.Labels);
        Assert.Equal(["audio/bus-1.wav", "audio/bus-2.wav", "audio/park-1.wav", "audio/park-2.wav"], plan.Items.Select(item => item.Origins[0]["file:".Length..]));
        Assert.Equal([false, true, false, true], plan.Items.Select(item => item.Split == FolderSplit.Test));
        Missing("tut-scenes", "meta.csv");
    }

    [Fact]
    public void Notes_by_their_examples()
    {
        foreach ((string part, string name, int pitch) in ((string, string, int)[])[("train", "bass_electronic_001-060-100", 60), ("train", "guitar_acoustic_002-021-050", 21), ("valid", "bass_electronic_003-060-025", 60), ("test", "guitar_acoustic_004-021-127", 21)])
        {
            folder.Tone($"nsynth-{part}/audio/{name}.wav", seconds: 1.5);
            string path = folder.At($"nsynth-{part}/examples.json"), before = File.Exists(path) ? File.ReadAllText(path)[..^1] + "," : "{";
            Text($"nsynth-{part}/examples.json", $$"""{{before}}"{{name}}": {"pitch": {{pitch}}, "instrument_family_str": "{{name.Split('_')[0]}}", "instrument_str": "{{name.Split('-')[0]}}" } }""");
        }

        Assert.Equal(["021", "060"], Plan("nsynth", "pitch").Labels);
        TaskPlan family = Plan("nsynth", "family");
        Assert.Equal(["bass", "guitar"], family.Labels);
        Assert.Equal(["Train 0 bass_electronic_001", "Train 1 guitar_acoustic_002", "Validation 0 bass_electronic_003", "Test 1 guitar_acoustic_004"], Items(family));
        Assert.Equal(Mixing.SliceLength, family.Items[0].Make().Single().Samples.Length);
        Text("nsynth-test/examples.json", "{\"a\": 1}");
        Assert.Contains("is no list of notes", Assert.Throws<InvalidDataException>(() => Plan("nsynth", "pitch")).Message, StringComparison.Ordinal);
        Missing("nsynth", "nsynth-train/examples.json");
    }

    private static IEnumerable<string> Items(TaskPlan plan) => plan.Items.Select(item => $"{item.Split} {item.Classes.Single()} {item.Origins[1]["voice:".Length..]}");

    private TaskPlan Plan(string set, string? task = null)
    {
        OriginalSet known = OriginalSet.All.Single(each => each.Name == set);
        return known.Plan(new SetFolder(folder.Root, known.Layout), task ?? known.Tasks[0]);
    }

    private void Missing(string set, string file)
    {
        File.Delete(folder.At(file));
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Plan(set));
        Assert.Contains($"{folder.At(file)} is missing. Expected in {folder.Root}: ", exception.Message, StringComparison.Ordinal);
    }

    private void Text(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }
}
