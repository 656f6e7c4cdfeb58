using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Reporting;

public sealed class ResultWarningsTests
{
    /// <summary>Bounds from tables of the binomial distribution.</summary>
    [Theory]
    [InlineData(10, 0.5, 8)]
    [InlineData(20, 0.5, 14)]
    [InlineData(20, 0.1, 4)]
    [InlineData(2000, 0.5, 1037)]
    [InlineData(50, 0, 0)]
    [InlineData(50, 1, 50)]
    public void A_bound_is_passed_by_luck_in_five_cases_of_a_hundred(int trials, double share, int bound) => Assert.Equal(bound, Binomial.UpperBound(trials, share));

    [Fact]
    public void The_lower_bound_mirrors_the_upper_one() => Assert.Equal(6, Binomial.LowerBound(20, 0.5));

    [Theory]
    [InlineData(41, "task-a: 0.164 is no better than chance (0.164; luck alone gets up to 0.204 in 95 % of cases).")]
    [InlineData(0, "task-a: 0.000 is no better than chance")]
    [InlineData(51, "task-a: 0.204 is no better than chance")]
    [InlineData(52, "task-a: 0.208 is far below linear regression on the codes (0.480).")]
    [InlineData(100, "task-a: 0.400 is far below")]
    public void A_task_that_was_not_learnt_is_named(int right, string warning)
    {
        string text = Assert.Single(ResultWarnings.Of([Task(right)]));
        Assert.StartsWith(warning, text, System.StringComparison.Ordinal);
    }

    /// <summary>Of four slices, half of them of one class, luck gets four right in 6 % of cases; of five in 3 %.</summary>
    [Fact]
    public void A_test_split_that_luck_passes_whole_is_what_is_named()
    {
        TaskResult few = Task(4) with { Test = 4, MajorityClass = 2, Linear = 4 };
        Assert.StartsWith("task-a: 4 of 4 test slices are right, and luck alone gets all of so few right", Assert.Single(ResultWarnings.Of([few])), System.StringComparison.Ordinal);
        Assert.StartsWith("task-a: 0.500 is no better than chance", Assert.Single(ResultWarnings.Of([few with { Generated = 2 }])), System.StringComparison.Ordinal);
        Assert.Empty(ResultWarnings.Of([Task(6) with { Test = 6, MajorityClass = 3, Linear = 6 }]));
    }

    [Theory]
    [InlineData(115)]
    [InlineData(250)]
    public void A_task_that_was_learnt_is_not(int right) => Assert.Empty(ResultWarnings.Of([Task(right)]));

    private static TaskResult Task(int right) => new("task-a", 6, 1200, 200, 250, MajorityClass: 41, Linear: 120, MultiHead: null, Adapters: right, Interpreter: right, Generated: right, 3, 4);
}
