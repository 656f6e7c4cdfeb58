using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Experiments.Points;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Experiments.Points;

/// <summary>Which points a search trains and which it ends with, from given costs and accuracies.</summary>
public sealed class SearchPlanTests
{
    private static readonly DeviceBudget HalfASecond = new(500, null, null);

    // Mild to severe, in milliseconds and points lost.
    private static readonly double[] Times = [2000, 1500, 1000, 800, 600, 450, 400, 300, 350, 250], Drops = [0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9, 1.5, 2, 3];

    [Fact]
    public void A_budget_that_is_met_ends_with_the_mildest_point_that_keeps_it()
    {
        (int end, List<int> trained, bool met) = Search(HalfASecond, 1, Times, Times, Drops);
        Assert.Equal((5, true), (end, met));
        Assert.Equal([5], trained);
    }

    /// <summary>Both sides of every limit.</summary>
    [Theory]
    [InlineData(450d, null, null, 5)]
    [InlineData(449.9, null, null, 6)]
    [InlineData(null, 2, null, 4)]
    [InlineData(null, 1, null, 6)]
    [InlineData(null, null, 65, 5)]
    [InlineData(null, null, 64, 6)]
    public void A_limit_is_kept_when_it_is_reached_and_passed_beyond(double? most, int? parts, int? ram, int expected)
    {
        (int end, _, bool met) = Search(new DeviceBudget(most, parts, ram), null, Times, Times, Drops);
        Assert.Equal((expected, true), (end, met));
    }

    [Theory]
    [InlineData(0.6, true)]
    [InlineData(0.59, false)]
    public void The_drop_too(double most, bool isMet)
    {
        (int end, List<int> trained, bool met) = Search(HalfASecond, most, Times, Times, Drops);
        // Severer points lose more, milder ones do not fit: one training says it.
        Assert.Equal((5, isMet), (end, met));
        Assert.Equal([5], trained);
    }

    [Fact]
    public void Where_a_point_costs_more_than_predicted_a_severer_one_follows()
    {
        (int end, List<int> trained, bool met) = Search(HalfASecond, 1, Times, [.. Times.Select(time => 1.2 * time)], Drops);
        // 540 ms of 450 predicted; 480 of 400 then.
        Assert.Equal((6, true), (end, met));
        Assert.Equal([5, 6], trained);
    }

    [Fact]
    public void Where_a_point_costs_less_than_predicted_and_loses_too_much_a_milder_one_follows()
    {
        (int end, List<int> trained, bool met) = Search(HalfASecond, 0.5, Times, [.. Times.Select(time => 0.8 * time)], Drops);
        Assert.Equal((4, true), (end, met));
        Assert.Equal([5, 4], trained);
    }

    [Fact]
    public void Where_nothing_is_expected_to_fit_the_nearest_is_trained_and_what_binds_is_said()
    {
        var points = Points();
        (int end, List<int> trained, bool met) = Search(new DeviceBudget(200, null, 70), 1, Times, Times, Drops, points);
        Assert.Equal((9, false), (end, met));
        Assert.Equal([9], trained);
        Assert.Equal(
            [("--max-ms 200", "250 ms", "50 ms"), ("--max-drop 1", "3.00 points lost", "2.00")],
            new SearchPlan(new DeviceBudget(200, null, 70), 1, points).Passed(9));
    }

    [Fact]
    public void What_fits_no_device_is_said_and_is_never_the_nearest()
    {
        var points = Points();
        points[9] = points[9] with { Predicted = Cost(9, Times), Measured = PointCost.Unfit, Accuracy = Lost(0) };
        (int end, _, bool met) = Search(new DeviceBudget(200, null, null), null, Times, Times, Drops, points);
        Assert.Equal((7, false), (end, met));
        Assert.Equal("it fits in no number of assemblies", Assert.Single(new SearchPlan(HalfASecond, null, points).Passed(9)).Found);
    }

    [Theory]
    [InlineData(0.95, 6)]
    [InlineData(100, 9)]
    [InlineData(0, 0)]
    public void Without_a_devices_budget_the_severest_point_within_the_drop_is_found_by_halves(double most, int expected)
    {
        (int end, List<int> trained, bool met) = Search(DeviceBudget.None, most, Times, Times, Drops);
        Assert.Equal((expected, true), (end, met));
        Assert.InRange(trained.Count, 1, 4);
    }

    /// <summary>Points of an earlier search with another budget.</summary>
    [Fact]
    public void Of_points_that_were_trained_before_the_mildest_that_keeps_the_budget_is_taken()
    {
        List<CompressionPoint> points = Points();
        foreach (int i in (int[])[2, 5, 7])
            points[i] = points[i] with { Measured = Cost(i, Times), Accuracy = Lost(Drops[i]) };
        (int end, List<int> trained, bool met) = Search(HalfASecond, null, Times, Times, Drops, points);
        Assert.Equal((5, true), (end, met));
        Assert.Empty(trained);
    }

    /// <summary>Whatever costs and accuracies are: it ends, trains nothing twice, predicts nothing twice, and never ends with a worse point than it has.</summary>
    [Fact]
    public void Any_search_ends_with_the_best_of_what_it_trained()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            double[] predicted = Some(1000), actual = [.. predicted.Select(time => time * (0.6 + random.NextDouble()))], drops = Some(3);
            var budget = seed % 5 == 0 ? DeviceBudget.None : new DeviceBudget(50 + (random.NextDouble() * 900), null, null);
            double? most = budget.IsNone || seed % 3 > 0 ? random.NextDouble() * 2 : null;
            List<CompressionPoint> points = Points();
            (int end, List<int> trained, bool met) = Search(budget, most, predicted, actual, drops, points);
            Assert.Contains(end, trained);
            var plan = new SearchPlan(budget, most, points);
            int[] meeting = [.. trained.Where(plan.Meets)];
            Assert.Equal(meeting.Length > 0, met);
            if (met)
                Assert.Equal(budget.IsNone ? meeting.Max() : meeting.Min(), end);
            else
                Assert.All(trained.Where(i => budget.Holds(points[i].Measured!)), i => Assert.True(budget.Holds(points[end].Measured!) && points[end].Accuracy!.Drop <= points[i].Accuracy!.Drop));
            Assert.Equal(met, plan.Passed(end).Count == 0);

            double[] Some(double most) => [.. Enumerable.Range(0, 10).Select(_ => most * random.NextDouble()).OrderBy(value => most == 3 ? value : -value)];
        }
    }

    [Fact]
    public void A_point_is_best_where_no_other_is_as_good_for_less()
    {
        CompressionPoint[] points = [.. Points().Select((point, i) => point with { Measured = Cost(i, Times), Accuracy = Lost(Drops[i]) })];
        // The ninth point, 350 ms and 2 points lost, is beaten by the eighth, 300 ms and 1.5.
        Assert.Equal([8], Enumerable.Range(0, 10).Where(i => !points[i].IsBest(points)));
        points[3] = points[3] with { Accuracy = Lost(0.2) };
        // As good as the third for less; the fourth costs what it costs.
        Assert.Equal([2, 8], Enumerable.Range(0, 10).Where(i => !points[i].IsBest(points)));
    }

    private static (int End, List<int> Trained, bool Met) Search(DeviceBudget budget, double? most, double[] predicted, double[] actual, double[] drops, List<CompressionPoint>? points = null)
    {
        points ??= Points();
        var trained = new List<int>();
        while (true)
        {
            var plan = new SearchPlan(budget, most, points);
            (SearchAction action, int at) = plan.Next();
            if (action == SearchAction.End)
                return (at, trained, plan.Meets(at));
            if (action == SearchAction.Predict)
            {
                Assert.Null(points[at].Predicted);
                points[at] = points[at] with { Predicted = Cost(at, predicted) };
                continue;
            }

            Assert.False(points[at].IsTrained);
            trained.Add(at);
            points[at] = points[at] with { Measured = Cost(at, actual), Accuracy = Lost(drops[at]) };
        }
    }

    private static List<CompressionPoint> Points() => [.. CompressionPoint.Grid.Select(each => new CompressionPoint(each.WeightBits, each.Zeros))];

    // 110,000 weighted instructions a millisecond; assemblies and RAM fall too.
    private static PointCost Cost(int point, double[] times) => new((long)(times[point] * 110_000), times[point], 40_000, (70 - point) * 1024, 4 - Math.Min(3, point / 2));

    private static PointAccuracy Lost(double drop) => new(0.9, 0.9 - (drop / 100), 0.9, 0.88, 0.5);
}
