using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.EightTasks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data.EightTasks;

/// <summary>What the tasks plan from packages made for the test: nothing leaks by construction, and plans are the same every time.</summary>
public sealed class PlanTests(MadePackages packages) : IClassFixture<MadePackages>
{
    private readonly CorpusSources sources = new(1, ClipLibrary.Scan(packages, CorpusPackages.Recordings), new ClipSamples(), new MadeRenderer(), Phrase.All(packages, LanguageTask.Codes));

    [Fact]
    public void No_file_and_no_soundfont_is_in_two_splits_of_any_tasks_and_no_voice_in_two_of_one()
    {
        var everywhere = new Dictionary<string, FolderSplit>(StringComparer.Ordinal);
        foreach (TaskPlan plan in EightTaskCorpus.Tasks.Select(task => EightTaskCorpus.Plan(task, sources)))
        {
            var own = new Dictionary<string, FolderSplit>(StringComparer.Ordinal);
            foreach (PlannedItem item in plan.Items)
            {
                Assert.NotEmpty(item.Origins);
                foreach (string origin in item.Origins)
                {
                    bool isVoice = origin.StartsWith("voice:", StringComparison.Ordinal);
                    if (isVoice && plan.VoicesRecur)
                        continue;
                    Dictionary<string, FolderSplit> known = isVoice ? own : everywhere;
                    Assert.True(known.TryAdd(origin, item.Split) || known[origin] == item.Split, $"{plan.Name}: {origin} is in {known[origin]} and {item.Split}");
                }
            }

            Assert.Equal(plan.Labels.Order(StringComparer.Ordinal), plan.Labels);
            foreach (FolderSplit split in Enum.GetValues<FolderSplit>())
                Assert.Equal(Enumerable.Range(0, plan.Labels.Count), plan.Items.Where(item => item.Split == split).SelectMany(item => item.Classes).Distinct().Order());
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_slices_and_another_one_others()
    {
        foreach (string task in (string[])["bird", "scene", "keyword", "language", "sound", "speaker"])
        {
            float[] Slice(int seed)
            {
                PlannedItem item = EightTaskCorpus.Plan(task, sources with { Seed = seed }).Items[40];
                float[] first = item.Make().First().Samples;
                Assert.Equal(first, item.Make().First().Samples);
                return first;
            }

            float[] one = Slice(1);
            Assert.Equal(Mixing.SliceLength, one.Length);
            Assert.Equal(one, Slice(1));
            Assert.NotEqual(one, Slice(2));
        }
    }

    [Fact]
    public void Every_language_is_spoken_by_the_same_voices_and_a_sentence_is_in_one_split_whatever_its_language()
    {
        Assert.True(sources.Phrases.Count > 40);
        foreach (PlannedItem[] items in EightTaskCorpus.Plan("language", sources).Items.GroupBy(item => item.Split).Select(items => items.ToArray()))
        {
            string[][] voices = [.. items.GroupBy(item => item.Classes[0]).Select(of => of.Select(item => item.Origins[0]).Distinct().Order(StringComparer.Ordinal).ToArray())];
            Assert.Equal(LanguageTask.Codes.Count, voices.Length);
            Assert.All(voices, each => Assert.Equal(voices[0], each));
            Assert.All(items, item => Assert.Equal(item.Split, sources.Phrases.Single(phrase => phrase.Origin == item.Origins[1]).Split));
        }
    }

    [Fact]
    public void A_text_that_lacks_a_language_or_was_not_translated_is_left_out()
    {
        int before = Phrase.All(packages, LanguageTask.Codes).Count;
        packages.AddText("tuxpaint-stamps-default", "stamps/half.txt", ["A thing without Russian.", "de.utf8=Ein Ding ohne Russisch.", "es.utf8=Una cosa sin ruso.", "fr.utf8=Une chose sans russe."]);
        packages.AddText("tuxpaint-stamps-default", "stamps/same.txt", ["A thing of many names.", "de.utf8=A thing of many names.", "es.utf8=Una cosa con nombres.", "fr.utf8=Une chose avec noms.", "ru.utf8=Вещь со многими именами."]);
        Assert.Equal(before, Phrase.All(packages, LanguageTask.Codes).Count);
        packages.AddText("tuxpaint-stamps-default", "stamps/whole.txt", ["Another thing of names.", "de.utf8=Ein Ding mit Namen.", "es.utf8=Una cosa con nombre.", "fr.utf8=Une chose avec nom.", "ru.utf8=Вещь со своим именем."]);
        Phrase added = Phrase.All(packages, LanguageTask.Codes).Single(phrase => phrase.Origin.EndsWith("whole.txt", StringComparison.Ordinal));
        Assert.Equal("Вещь со своим именем.", added.Texts["ru"]);
        Assert.Equal("Another thing of names.", added.Texts["en"]);
    }

    [Fact]
    public void A_copy_of_a_recording_in_another_package_does_not_count()
    {
        string copied = packages.Files("minetest-data")[0], target = packages.Add("supertux-data", "/x/sounds/again.wav");
        File.Copy(copied, target, overwrite: true);
        var library = ClipLibrary.Scan(packages, CorpusPackages.Recordings);
        Clip[] all = [.. Ingredients.All.Select(each => each.Role).Where(role => role is not ("voices" or "unused")).Distinct().SelectMany(role => Enum.GetValues<FolderSplit>().SelectMany(split => library.Of(role, split)))];
        Assert.Single(all, clip => clip.Path == copied || clip.Path == target);
        Assert.Equal(all.Length, all.Select(clip => clip.Hash).Distinct().Count());
    }

    [Fact]
    public void A_missing_package_is_named()
    {
        var library = ClipLibrary.Scan(packages, ["minetest-data"]);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => library.Of("music", FolderSplit.Test));
        Assert.Contains("apt-get install --reinstall", exception.Message, StringComparison.Ordinal);
        Assert.Contains("hedgewars-data", exception.Message, StringComparison.Ordinal);
    }
}
