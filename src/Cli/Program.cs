using System;
using System.CommandLine;
using AdapterCompiler.Cli.Commands;

namespace AdapterCompiler.Cli;

/// <summary>The entry point of <c>adapterc</c>.</summary>
public static class Program
{
    /// <summary>Runs a command line.</summary>
    /// <returns>0 = done; 1 = the input has mistakes, all of them printed; 2 = the command line itself is wrong.</returns>
    public static int Main(string[] args)
    {
        ParseResult parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                Console.Error.WriteLine("adapterc: " + error.Message);
            Console.Error.WriteLine("adapterc: see adapterc --help");
            return 2;
        }

        return parsed.Invoke();
    }

    private static RootCommand Root() => new("Compiles *.adapter models to C# for .NET nanoFramework, and runs them here.")
    {
        EmitCommand.Create(),
        InspectCommand.Create(),
        RunCommand.Create(),
        CheckCommand.Create(),
        ReportCommand.Create(),
        CalibrateCommand.Create(),
        ScaffoldCommand.Create(),
        SealCommand.Create(),
    };
}
