using System;
using System.Diagnostics;
using System.Globalization;
using AdapterCompiler.Trainer.Runtime;
using TorchSharp;

namespace AdapterCompiler.Benchmarks.Training;

/// <summary>
/// A process that makes steps on request, with its own settings: malloc's and oneDNN's hold for a whole process from its start. One line in ("new" or "old"), one line out.
/// </summary>
/// <param name="Malloc">The trainer's malloc settings and its pause of the collector; or the system's, and a collection before every step, as it was.</param>
/// <param name="Safe">As on a processor where oneDNN's wide code is wrong: oneDNN held at SSE4.1, the trainer by its own kernels.</param>
/// <param name="Threads">Torch's threads.</param>
internal sealed record StepWorker(bool Malloc, bool Safe, int Threads)
{
    /// <summary>The command of a worker process.</summary>
    public const string Command = "training-worker";

    private const string New = "new", Old = "old";

    /// <summary>Serves requests until there are none.</summary>
    public static int Serve(string[] arguments)
    {
        var settings = new StepWorker(bool.Parse(arguments[0]), bool.Parse(arguments[1]), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        if (settings.Malloc)
            NativeSettings.Apply();
        if (settings.Safe)
            NativeEnvironment.Set(NativeSettings.InstructionSet, NativeSettings.SafeInstructionSet);
        torch.set_num_threads(settings.Threads);
        SafeConvolutions.OfProcess.Setting = settings.Safe ? ConvolutionSetting.Own : ConvolutionSetting.Default;
        using var fresh = new TrainingStep(old: false, oldPause: !settings.Malloc);
        using var reference = new TrainingStep(old: true, oldPause: !settings.Malloc);
        while (Console.ReadLine() is { } request)
            Console.WriteLine((request == Old ? reference : fresh).Run().Write());
        return 0;
    }

    /// <summary>Starts a worker process.</summary>
    public Handle Start()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(StepWorker).Assembly.Location, Command, Malloc.ToString(), Safe.ToString(), Threads.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        return new Handle(Process.Start(start)!);
    }

    /// <summary>A running worker.</summary>
    internal sealed class Handle(Process process) : IDisposable
    {
        /// <summary>One step.</summary>
        /// <param name="old">As it was.</param>
        public StepTimes Step(bool old)
        {
            process.StandardInput.WriteLine(old ? Old : New);
            string? answer = process.StandardOutput.ReadLine();
            return StepTimes.Read(answer ?? throw new InvalidOperationException("a worker ended early"));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
