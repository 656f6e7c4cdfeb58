using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>What a search does next.</summary>
internal enum SearchAction
{
    /// <summary>Predict what a point costs.</summary>
    Predict,

    /// <summary>Train a point and measure it.</summary>
    Train,

    /// <summary>End with a point.</summary>
    End,
}

/// <summary>
/// Which point comes next. With a device's budget: the mildest point that is expected to keep it, then a severer one while the budget is passed; what is trained corrects what is expected of the others. Without: the
/// severest point whose drop is small enough, by halves.
/// </summary>
/// <param name="budget">What the device gives.</param>
/// <param name="mostDrop">Points of a hundred that may be lost; null for any number.</param>
/// <param name="points">Mild to severe.</param>
internal sealed class SearchPlan(DeviceBudget budget, double? mostDrop, IReadOnlyList<CompressionPoint> points)
{
    /// <summary>The next step, and for which point.</summary>
    public (SearchAction Action, int Point) Next() => budget.IsNone ? Sparsest() : Mildest();

    /// <summary>True where a trained point keeps every budget.</summary>
    public bool Meets(int point) => FitsDevice(point) && KeepsDrop(point);

    /// <summary>Budgets that a trained point passes: which, what it takes, how much more that is.</summary>
    public IReadOnlyList<(string Budget, string Found, string More)> Passed(int point)
    {
        CompressionPoint at = points[point];
        var passed = budget.Passed(at.Measured!).Select(each => (each.Budget, each.Found, each.More)).ToList();
        if (!KeepsDrop(point))
            passed.Add((FormattableString.Invariant($"--max-drop {mostDrop}"), FormattableString.Invariant($"{at.Accuracy!.Drop:F2} points lost"), FormattableString.Invariant($"{at.Accuracy.Drop - mostDrop!.Value:F2}")));
        return passed;
    }

    private IEnumerable<int> Trained => Enumerable.Range(0, points.Count).Where(i => points[i].IsTrained);

    private (SearchAction, int) Mildest()
    {
        int[] trained = [.. Trained], met = [.. trained.Where(Meets)], fit = [.. trained.Where(FitsDevice)];
        if (met.Length > 0)
            return (SearchAction.End, met[0]);

        // A point that fits and loses too much: severer ones lose more.
        int end = fit.Length > 0 ? fit[0] : points.Count;
        for (int i = 0; i < end; i++)
        {
            if (points[i].IsTrained)
                continue;
            if (points[i].Predicted is null)
                return (SearchAction.Predict, i);
            if (budget.Holds(Expected(i)))
                return (SearchAction.Train, i);
        }

        if (fit.Length == 0)
        {
            // Nothing is expected to fit. An expectation may be wrong: as long as one is nearer than what was trained, it is tried.
            int[] left = [.. Enumerable.Range(0, points.Count).Except(trained).OrderBy(i => Excess(Expected(i))).ThenByDescending(i => i)];
            if (left.Length > 0 && trained.All(i => Excess(Expected(left[0])) < Excess(points[i].Measured!)))
                return (SearchAction.Train, left[0]);
        }

        return (SearchAction.End, Nearest(trained));
    }

    private (SearchAction, int) Sparsest()
    {
        int[] trained = [.. Trained], met = [.. trained.Where(Meets)];
        int good = trained.Where(KeepsDrop).DefaultIfEmpty(-1).Max(), bad = trained.Where(i => i > good).DefaultIfEmpty(points.Count).Min();
        if (bad - good > 1)
            return (SearchAction.Train, (good + bad) / 2);
        return (SearchAction.End, met.Length > 0 ? met[^1] : Nearest(trained));
    }

    /// <summary>Of those that keep the device's budgets the one that loses least, else the one that is least over them.</summary>
    private int Nearest(int[] trained) => trained.OrderBy(i => Excess(points[i].Measured!)).ThenBy(i => points[i].Accuracy!.Drop).First();

    /// <summary>The prediction, corrected by how far it was off at the nearest trained point.</summary>
    private PointCost Expected(int point)
    {
        CompressionPoint? near = Trained.OrderBy(i => Math.Abs(i - point)).Select(i => points[i]).FirstOrDefault(each => each is { Predicted.Fits: true, Measured.Fits: true });
        return points[point].Predicted is not { } predicted ? PointCost.Unfit : near is null ? predicted : predicted.Times((double)near.Measured!.Weighted / near.Predicted!.Weighted);
    }

    private double Excess(PointCost cost) => budget.Passed(cost).Select(each => each.Share).DefaultIfEmpty(0).Max();

    private bool FitsDevice(int point) => budget.Holds(points[point].Measured!);

    private bool KeepsDrop(int point) => mostDrop is not { } most || points[point].Accuracy!.Drop <= most + 1e-9;
}
