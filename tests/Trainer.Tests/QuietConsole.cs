using System;
using System.IO;
using AdapterCompiler.Trainer.Reporting;
using Spectre.Console;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>A terminal that a test reads.</summary>
internal sealed class QuietConsole : IDisposable
{
    private readonly StringWriter output = new();

    public QuietConsole() => Console = new RunConsole(Plain(), Plain());

    public RunConsole Console { get; }

    public string Text => output.ToString();

    public void Dispose() => output.Dispose();

    private IAnsiConsole Plain() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
