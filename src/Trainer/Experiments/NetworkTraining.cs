using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>Trains one network to its end, with a progress bar and a checkpoint.</summary>
internal static class NetworkTraining
{
    /// <summary>Steps from one checkpoint to the next; Ctrl-C makes one at any step.</summary>
    private const int CheckpointInterval = 100;

    /// <summary>Trains, or takes up training where a checkpoint stopped.</summary>
    /// <param name="title">For the terminal.</param>
    /// <param name="shape">The network.</param>
    /// <param name="tasks">Slices.</param>
    /// <param name="options">How.</param>
    /// <param name="checkpoint">File of the checkpoint.</param>
    /// <param name="console">Terminal.</param>
    /// <param name="stop">Asks to stop after the current step.</param>
    /// <returns>The finished session with its best state in place; null when stopped, the checkpoint then holds everything.</returns>
    /// <exception cref="InvalidDataException">There is a checkpoint, but of another run.</exception>
    public static TrainingSession? Run(
        string title, NetworkShape shape, IReadOnlyList<TaskData> tasks, TrainingOptions options, string checkpoint, RunConsole console, CancellationToken stop)
    {
        string identity = Identity(shape, tasks, options);
        var session = new TrainingSession(shape, tasks, options);
        if (File.Exists(checkpoint))
            session.Load(checkpoint, identity);
        int first = session.Step;
        var clock = Stopwatch.StartNew();
        console.Training(title, options.Steps, show =>
        {
            while (!session.Finished && !stop.IsCancellationRequested)
            {
                StepReport report = session.RunStep();
                TimeSpan left = clock.Elapsed / (report.Step - first) * (options.Steps - report.Step);
                show(new TrainingStatus(report, tasks.Select(t => t.Name).ToArray(), shape.Alpha is not null, session.Finished ? clock.Elapsed : left, session.Finished));
                if (session.Step % CheckpointInterval == 0)
                    session.Save(checkpoint, identity);
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

    /// <summary>What a checkpoint must have been made by; readable, because it is shown when it does not fit.</summary>
    private static string Identity(NetworkShape shape, IReadOnlyList<TaskData> tasks, TrainingOptions options)
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
        return FormattableString.Invariant(
            $"seed {options.Seed}, {options.Steps} steps of {options.BatchSize}, rate {options.LearningRate}, lambda {options.Lambda} on {options.Cost}, augmentation {options.Augment}, channels {string.Join(',', shape.Channels)}, alpha {shape.Alpha ?? 0}, data {data}");
    }
}
