using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>What a reader of a result must be told: tasks that the model has not learnt, measured by the generated code on the test split.</summary>
internal static class ResultWarnings
{
    /// <summary>One sentence per task in trouble.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<TaskResult> tasks) => [.. tasks.Select(Of).OfType<string>()];

    private static string? Of(TaskResult task)
    {
        int chance = Binomial.UpperBound(task.Test, Share(task, task.MajorityClass));
        if (chance == task.Test && task.Generated > task.MajorityClass)
        {
            return FormattableString.Invariant(
                $"{task.Task}: {task.Generated} of {task.Test} test slices are right, and luck alone gets all of so few right in more than 5 % of cases. Add recordings to the test split: what was learnt cannot be told.");
        }

        if (task.Generated <= chance)
        {
            return FormattableString.Invariant(
                $"{task.Task}: {Share(task, task.Generated):F3} is no better than chance ({Share(task, task.MajorityClass):F3}; luck alone gets up to {Share(task, chance):F3} in 95 % of cases). Nothing was learnt: try another --seed, more --steps or a lower --learning-rate.");
        }

        return task.Generated < Binomial.LowerBound(task.Test, Share(task, task.Linear))
            ? FormattableString.Invariant(
                $"{task.Task}: {Share(task, task.Generated):F3} is far below linear regression on the codes ({Share(task, task.Linear):F3}). Something was not learnt: try another --seed, more --steps or more --channels.")
            : null;
    }

    private static double Share(TaskResult task, int right) => (double)right / task.Test;
}
