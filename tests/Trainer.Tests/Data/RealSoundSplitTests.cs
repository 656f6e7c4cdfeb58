using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

public sealed class RealSoundSplitTests
{
    [Theory]
    [InlineData("conf-adminmenu", "conf-adminmenu-18")]
    [InlineData("conf-adminmenu", "conf-usermenu-162")]
    [InlineData("vm-INBOX", "vm-INBOXs")]
    [InlineData("minutes", "vm-minutes")]
    [InlineData("please-try-again", "vm-pls-try-again")]
    [InlineData("letters/ascii123", "letters/ascii125")]
    [InlineData("dictate/playback_mode", "dictate/record_help")]
    public void Prompts_that_may_share_a_take_share_a_split(string one, string other)
    {
        Assert.Equal(RealSoundSplit.Family(one), RealSoundSplit.Family(other));
        Assert.Equal(RealSoundSplit.OfPrompt(one), RealSoundSplit.OfPrompt(other));
    }

    [Theory]
    [InlineData("digits/1", "digits/2")]
    [InlineData("vm-goodbye", "vm-INBOX")]
    [InlineData("letters/a", "phonetic/a_p")]
    public void Others_are_families_of_their_own(string one, string other) =>
        Assert.NotEqual(RealSoundSplit.Family(one), RealSoundSplit.Family(other));

    [Fact]
    public void Families_are_dealt_about_70_15_15()
    {
        Dictionary<FolderSplit, int> counts = Enumerable.Range(0, 10_000)
            .Select(i => RealSoundSplit.OfPrompt($"digits/{i}"))
            .GroupBy(split => split)
            .ToDictionary(group => group.Key, group => group.Count());

        Assert.InRange(counts[FolderSplit.Train], 6_850, 7_150);
        Assert.InRange(counts[FolderSplit.Validation], 1_380, 1_620);
        Assert.InRange(counts[FolderSplit.Test], 1_380, 1_620);
    }

    [Fact]
    public void The_split_never_changes() => Assert.Equal(
        [FolderSplit.Train, FolderSplit.Train, FolderSplit.Train, FolderSplit.Test, FolderSplit.Test, FolderSplit.Train],
        ((string[])["agent-pass", "digits/7", "letters/q", "vm-goodbye", "conf-full", "phonetic/z_p"]).Select(RealSoundSplit.OfPrompt));

    [Fact]
    public void The_test_s_music_is_by_a_composer_heard_nowhere_else()
    {
        string[] tracks = ["macroform-cold_day", "macroform-robot_dity", "macroform-the_simplicity", "manolo_camp-morning_coffee", "reno_project-system"];
        string[] ComposersOf(Func<FolderSplit, bool> which) =>
            tracks.Where(track => which(RealSoundSplit.OfTrack(track))).Select(track => track[..track.IndexOf('-', StringComparison.Ordinal)]).Distinct().ToArray();

        Assert.Equal(["reno_project"], ComposersOf(split => split == FolderSplit.Test));
        Assert.DoesNotContain("reno_project", ComposersOf(split => split != FolderSplit.Test));
        Assert.NotEmpty(ComposersOf(split => split == FolderSplit.Validation));
    }
}
