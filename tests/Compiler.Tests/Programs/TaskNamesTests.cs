using System.Linq;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using Xunit;

namespace AdapterCompiler.Tests.Programs;

public sealed class TaskNamesTests
{
    [Theory]
    [InlineData("keyword", "Keyword")]
    [InlineData("music-speech", "MusicSpeech")]
    [InlineData("room2", "Room2")]
    [InlineData("run", "RunTask")]
    [InlineData("shared", "SharedTask")]
    [InlineData("all-tasks", "AllTasksTask")]
    [InlineData("equals", "EqualsTask")]
    public void Names_are_pascal_case_and_keep_clear_of_the_class(string task, string expected) =>
        Assert.Equal(expected, TaskNames.For([task], Scheduler.ReservedMembers).Single().Mask);

    [Fact]
    public void A_task_named_like_another_ones_member_gets_a_suffix() =>
        Assert.Equal(["Bird", "BirdLabelTask"], TaskNames.For(["bird", "bird-label"], []).Select(name => name.Mask));

    [Fact]
    public void A_task_one_of_whose_members_is_named_like_another_task_gets_a_suffix() =>
        Assert.Equal(["BirdLabel", "BirdTask"], TaskNames.For(["bird-label", "bird"], []).Select(name => name.Mask));
}
