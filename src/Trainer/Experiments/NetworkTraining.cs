using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>Trains one network to its end, with a progress bar and a checkpoint.</summary>
internal static class NetworkTraining
{
    /// <summary>From one checkpoint to the next, whatever a step takes; Ctrl-C makes one at once, the last step too.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(15);

    /// <summary>Trains, or takes up training where a checkpoint stopped.</summary>
    /// <param name="title">For the terminal.</param>
    /// <param name="shape">The network.</param>
    /// <param name="tasks">Slices.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoint">File of the checkpoint.</param>
    /// <param name="machine">What computes, <see cref="Runtime.TorchDescription"/>.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="stop">Asks to stop after the current step.</param>
    /// <param name="seen">Told after every step, before the checkpoint that holds it; or null.</param>
    /// <param name="start">What it begins with; fresh weights and gates that learn unless given.</param>
    /// <returns>The finished session with its best state in place; null when stopped, the checkpoint then holds everything.</returns>
    /// <exception cref="NotFiniteException">A step's loss, gradient or statistic is not finite; the checkpoint holds the state before it.</exception>
    /// <exception cref="InvalidDataException">There is a checkpoint, but of another run.</exception>
    public static TrainingSession? Run(
        string title, NetworkShape shape, IReadOnlyList<TaskData> tasks, TrainingOptions options, string checkpoint, string machine, RunConsole console, CancellationToken stop,
        Action<StepReport>? seen = null, TrainingStart? start = null)
    {
        return Run(
            title, new TrainingSession(shape, tasks, options, start), options.Steps, Identity(shape, tasks, options) + start?.Identity, [.. tasks.Select(t => t.Name)], shape.Alpha is not null,
            checkpoint, machine, console, seen, stop);
    }

    /// <summary>Makes a trained network small, or goes on where a checkpoint stopped.</summary>
    /// <param name="title">For the terminal.</param>
    /// <param name="weights">The network; it stays as it is.</param>
    /// <param name="tasks">Slices.</param>
    /// <param name="options">How.</param>
    /// <param name="identity">What the run is.</param>
    /// <param name="checkpoint">File of the checkpoint.</param>
    /// <param name="machine">What computes, <see cref="Runtime.TorchDescription"/>.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="seen">Told after every step, before the checkpoint that holds it.</param>
    /// <param name="stop">Asks to stop after the current step.</param>
    /// <returns>As above.</returns>
    /// <exception cref="NotFiniteException">As above.</exception>
    /// <exception cref="InvalidDataException">As above.</exception>
    public static CompressionSession? Compress(
        string title, FloatWeights weights, IReadOnlyList<TaskData> tasks, CompressionOptions options, string identity, string checkpoint, string machine, RunConsole console, Action<StepReport> seen,
        CancellationToken stop)
    {
        return Run(
            title, new CompressionSession(weights.Network, weights.CopyNetwork(), tasks, options), options.Training.Steps, identity, [.. tasks.Select(task => task.Name)], hasGates: false,
            checkpoint, machine, console, seen, stop);
    }

    // The session is before its first step, and disposed of where it is not returned.
    private static TSession? Run<TSession>(
        string title, TSession session, int steps, string identity, string[] tasks, bool hasGates, string checkpoint, string machine, RunConsole console, Action<StepReport>? seen, CancellationToken stop)
        where TSession : class, ITrainingSession
    {
        if (File.Exists(checkpoint))
            session.Load(checkpoint, identity);
        CarryOn(session, machine, console);
        int first = session.Step;
        var clock = Stopwatch.StartNew();
        TimeSpan saved = TimeSpan.Zero;
        console.Training(title, steps, show =>
        {
            while (!session.Finished && !stop.IsCancellationRequested)
            {
                StepReport report = Step(session, checkpoint, identity);
                seen?.Invoke(report);
                TimeSpan left = clock.Elapsed / (report.Step - first) * (steps - report.Step);
                show(new TrainingStatus(report, tasks, hasGates, session.Finished ? clock.Elapsed : left, session.Finished));
                if (clock.Elapsed - saved < CheckpointInterval)
                    continue;
                session.Save(checkpoint, identity);
                saved = clock.Elapsed;
            }
        });

        session.Save(checkpoint, identity);
        if (!session.Finished)
        {
            console.Line("", $"Saved after step {session.Step}. Continue with the same command.");
            session.Dispose();
            return null;
        }

        session.UseBest();
        return session;
    }

    /// <summary>A step; where it cannot be done, the state before it is saved.</summary>
    private static StepReport Step(ITrainingSession session, string checkpoint, string identity)
    {
        try
        {
            return session.RunStep();
        }
        catch (NotFiniteException exception)
        {
            string saved = Saved(session, checkpoint, identity);
            session.Dispose();
            throw new NotFiniteException($"{exception.Message}, and training stopped there. {saved} Nothing was quantised or exported. A lower --learning-rate often helps (with -o to another folder)", exception);
        }
    }

    private static string Saved(ITrainingSession session, string checkpoint, string identity)
    {
        try
        {
            session.Save(checkpoint, identity);
            return FormattableString.Invariant($"{checkpoint} holds the state after step {session.Step}; the same command goes on from it.");
        }
        catch (NotFiniteException)
        {
            // The weights themselves are spoilt: no step did that, or Check would have stopped before its update.
            return File.Exists(checkpoint) ? $"{checkpoint} holds an earlier state, from which the same command goes on." : "There is no earlier state to go on from.";
        }
    }

    /// <summary>A checkpoint may be carried on with other threads, on another processor: what comes of it is sound, but not what either would have made alone. That is said, and stays in the result.</summary>
    private static void CarryOn(ITrainingSession session, string machine, RunConsole console)
    {
        if (session.Step == 0 || session.Machine == machine)
        {
            session.Machine = machine;
            return;
        }

        string before = session.Machine.Length == 0 ? "unknown settings" : session.Machine;
        console.Line("", FormattableString.Invariant($"The checkpoint's {session.Step} steps were computed with {before}; it goes on with {machine}. The result is as good, but not the same to the bit."));
        session.Machine = FormattableString.Invariant($"{before} up to step {session.Step}, then {machine}");
    }

    /// <summary>What a checkpoint must have been made by; readable, because it is shown when it does not fit.</summary>
    public static string Identity(NetworkShape shape, IReadOnlyList<TaskData> tasks, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TaskData task in tasks)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(task.Name + "\n" + string.Join('\n', task.Labels)));
            foreach (SliceSet set in new[] { task.Train, task.Validation })
            {
                foreach (byte[] codes in set.Codes)
                    hash.AppendData(codes);
                hash.AppendData([.. set.Classes.Select(c => (byte)c)]);
            }
        }

        string data = Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        string[] balanced = [.. tasks.Where(task => options.Balance && ClassBalance.Of(task).IsUneven).Select(task => task.Name)];
        return FormattableString.Invariant(
            $"seed {options.Seed}, {options.Steps} steps of {options.BatchSize}, rate {options.LearningRate}, lambda {options.Lambda} on {options.Cost}, augmentation {options.Augment}, channels {string.Join(',', shape.Channels)}, alpha {shape.Alpha ?? 0}, input {InputStatistics.Of(tasks)}, data {data}")
            + (options.GatesStayOpen && shape.Alpha is not null ? ", all gates open" : "")
            + (shape.IsStreaming ? ", no padding in time" : "")
            + (options.TaskWeights is { } weights ? ", tasks weigh " + string.Join(' ', weights.Select(weight => weight.ToString(CultureInfo.InvariantCulture))) : "")
            + (options.ConstantRate ? ", constant rate" : "")
            + (options.Masks ? ", masks" : "")
            + (options.GateRate is { } gates && shape.Alpha is not null && !options.GatesStayOpen ? FormattableString.Invariant($", gates at {gates}") : "")
            + (balanced.Length == 0 ? "" : ", classes drawn alike in " + string.Join(' ', balanced));
    }
}
