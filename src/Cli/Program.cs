using System;
using System.CommandLine;
using AdapterCompiler.Cli.Commands;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Cli;

/// <summary>The entry point of <c>adapterc</c>.</summary>
public static class Program
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ProgramExit"/>.</returns>
    public static int Main(string[] args)
    {
        ParseResult parsed = Root().Parse(args);
        if (UsageErrors.Of(parsed, "adapterc") is { Count: > 0 } mistakes)
        {
            foreach (string line in mistakes)
                Console.Error.WriteLine(line);
            return ProgramExit.Usage;
        }

        string model = parsed.CommandResult.Tokens is [var first, ..] ? first.Value : "adapterc " + string.Join(" ", args);
        return Guarded(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }), model);
    }

    /// <summary>Runs a command. What it is given wrong it says itself; what is thrown all the same is a mistake of ours, and ADC009.</summary>
    /// <param name="command">Returns its exit code.</param>
    /// <param name="model">The file that it works on.</param>
    internal static int Guarded(Func<int> command, string model)
    {
        try
        {
            return command();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            DiagnosticRule rule = DiagnosticCatalogue.CompilerFault;
            string what = exception.GetType().Name + ": " + exception.Message.Replace('\r', ' ').Replace('\n', ' ');
            Console.Error.WriteLine($"adapterc: error {rule.Id}: {rule.At(default, model, what).Message}");
            return ProgramExit.Mistake;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Compiles *.adapter models to C# for .NET nanoFramework, and runs them here.")
        {
            EmitCommand.Create(),
            InspectCommand.Create(),
            RunCommand.Create(),
            CheckCommand.Create(),
            ReportCommand.Create(),
            DiffCommand.Create(),
            CalibrateCommand.Create(),
            ScaffoldCommand.Create(),
            SealCommand.Create(),
        };
        HelpWidth.Limit(root);
        return root;
    }
}
