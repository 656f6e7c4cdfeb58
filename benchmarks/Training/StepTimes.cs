using System;
using System.Globalization;

namespace AdapterCompiler.Benchmarks.Training;

/// <summary>Times of one training step, wall clock but for the last, and its loss.</summary>
/// <param name="Forward">Milliseconds of the forward pass.</param>
/// <param name="Backward">Of forward pass, loss and backward pass together.</param>
/// <param name="Update">Of the whole update: those, the collector's pause, Adam and the step's figures.</param>
/// <param name="Processor">The process's processor time for the whole update, all threads: what other processes take does not count.</param>
/// <param name="Loss">Sum of the tasks' cross-entropies before the update.</param>
internal sealed record StepTimes(double Forward, double Backward, double Update, double Processor, double Loss)
{
    /// <summary>As a line between processes.</summary>
    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Forward:R} {Backward:R} {Update:R} {Processor:R} {Loss:R}");

    /// <summary>Reads <see cref="Write"/>'s line.</summary>
    public static StepTimes Read(string line)
    {
        double[] values = Array.ConvertAll(line.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
        return new StepTimes(values[0], values[1], values[2], values[3], values[4]);
    }
}
