using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>What the progress line shows beside its bar.</summary>
/// <param name="Report">The last step.</param>
/// <param name="Tasks">Names for its accuracies.</param>
/// <param name="HasGates">False for the multi-head baseline.</param>
/// <param name="Time">Time left, or, when finished, time taken.</param>
/// <param name="Finished">All steps done.</param>
internal sealed record TrainingStatus(StepReport Report, IReadOnlyList<string> Tasks, bool HasGates, TimeSpan Time, bool Finished)
{
    /// <summary>For example <c>2:41 left  loss 0.31  pitch 0.88  chirp 0.97  gates 61 %</c>.</summary>
    public string Text(IReadOnlyList<double> accuracy)
    {
        string time = Time.ToString(Time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
        string tasks = string.Concat(Tasks.Select((task, k) => string.Create(CultureInfo.InvariantCulture, $"  {task} {accuracy[k]:F2}")));
        string gates = HasGates ? string.Create(CultureInfo.InvariantCulture, $"  gates {100 * Report.MeanGate:F0} %") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{time}{(Finished ? "" : " left")}  loss {Report.Loss:F2}{tasks}{gates}");
    }
}
