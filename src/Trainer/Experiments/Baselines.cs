using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>What a network has to beat, as right answers on the test split.</summary>
internal static class Baselines
{
    /// <summary>Right by always answering the training split's most frequent class.</summary>
    public static int Majority(TaskData task)
    {
        int most = task.Train.Classes.GroupBy(c => c).MaxBy(group => group.Count())!.Key;
        return task.Test.Classes.Count(c => c == most);
    }

    /// <summary>Right by logistic regression on the codes, per task.</summary>
    public static int[] Linear(IReadOnlyList<TaskData> tasks, int seed, RunConsole console) =>
        console.Working("Linear", "tasks", report => tasks.Select((task, k) =>
        {
            report?.Invoke(k, tasks.Count);
            return LinearBaseline.PredictTest(task, seed).Zip(task.Test.Classes).Count(pair => pair.First == pair.Second);
        }).ToArray());
}
