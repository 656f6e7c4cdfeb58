using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>A run's log, <c>log.csv</c> unless called otherwise: loss, mean gate and the batch's accuracies every few steps. Lines after the step that a checkpoint goes on from are taken away.</summary>
internal sealed class RunLog
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "log.csv";

    private const int Interval = 10;

    private readonly string path;
    private bool isTrimmed;

    /// <summary>The log of a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="tasks">Names for the columns.</param>
    /// <param name="name">Name of the file.</param>
    public RunLog(string folder, IReadOnlyList<string> tasks, string name = FileName)
    {
        path = Path.Combine(folder, name);
        if (!File.Exists(path))
            File.WriteAllText(path, "step,loss,gates," + string.Join(',', tasks) + "\n");
    }

    /// <summary>Adds a step.</summary>
    public void Add(StepReport report)
    {
        if (!isTrimmed)
            Trim(report.Step);
        if (report.Step != 1 && report.Step % Interval != 0)
            return;
        string line = string.Create(CultureInfo.InvariantCulture, $"{report.Step},{report.Loss:F4},{report.MeanGate:F4},");
        File.AppendAllText(path, line + string.Join(',', report.Accuracy.Select(accuracy => accuracy.ToString("F3", CultureInfo.InvariantCulture))) + "\n");
    }

    // A process that was killed may have logged more than its last checkpoint holds, and half a line.
    private void Trim(int step)
    {
        string[] lines = File.ReadAllText(path).Split('\n');
        IEnumerable<string> kept = lines[..^1].Where((line, i) => i == 0 || (int.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < step));
        WholeFile.Write(path, string.Join('\n', kept) + "\n");
        isTrimmed = true;
    }
}
