using System;
using System.IO;
using AdapterCompiler.Cli;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>What a command returned and wrote.</summary>
public sealed record CommandResult(int Code, string Output, string Error);

/// <summary>Runs a command line inside the test. Its tests are one collection, so that no two of them redirect the console at once.</summary>
[CollectionDefinition(Collection)]
public sealed class CommandLine
{
    public const string Collection = "console";

    public static CommandResult Run(params string[] args)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter newOutput = new() { NewLine = "\n" }, newError = new() { NewLine = "\n" };
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            return new CommandResult(Program.Main(args), newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
