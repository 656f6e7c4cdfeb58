using System;
using System.CommandLine;
using System.IO;
using AdapterCompiler.Trainer.Commands;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Trainer.Runtime;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer;

internal static class Program
{
    private const string Name = "adapter-train";

    private static int Main(string[] arguments)
    {
        NativeSettings.Apply();
        return Run(arguments, RunConsole.Standard());
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ProgramExit"/>.</returns>
    internal static int Run(string[] arguments, RunConsole console)
    {
        RootCommand root = Root(console);
        arguments = ConfigFile.Expand(arguments, root, out string? problem);
        if (problem is not null)
            return ExitCode.Mistake(console, problem);
        ParseResult parsed = root.Parse(arguments);
        if (UsageErrors.Of(parsed, Name) is { Count: > 0 } mistakes)
        {
            foreach (string line in mistakes)
                console.Plain(line);
            return ProgramExit.Usage;
        }

        try
        {
            // Ctrl-C is Training's own business (Experiments/Interrupt.cs): the library would end the process two seconds later.
            return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ExitCode.Mistake(console, exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            string what = exception.GetType().Name + ": " + exception.Message.ReplaceLineEndings(" ");
            return ExitCode.Mistake(console, $"{what}. This is a mistake in AdapterCompiler, not in what you gave it: please report it with the command and this message.");
        }
    }

    private static RootCommand Root(RunConsole console)
    {
        var root = new RootCommand("adapter-train: trains a shared encoder with gated adapters and quantises it into a model file.")
        {
            QuickstartCommand.Create(console),
            TrainCommand.Create(console),
            AddTaskCommand.Create(console),
            QuantiseCommand.Create(console),
            CompressCommand.Create(console),
            EvaluateCommand.Create(console),
            VerifyCommand.Create(console),
            ThresholdsCommand.Create(console),
            RealSoundCommand.Create(console),
            SeedsCommand.Create(console),
            DataCommand.Create(console),
            ExperimentCommand.Create(console),
            ResultsCommand.Create(console),
        };
        HelpWidth.Limit(root);
        return root;
    }
}
