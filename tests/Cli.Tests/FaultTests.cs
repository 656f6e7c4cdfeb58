using System;
using System.Collections.Generic;
using System.IO;
using AdapterCompiler.Cli;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>What a command throws is an error that names the model and asks for a report, not a stack trace.</summary>
[Collection(CommandLine.Collection)]
public sealed class FaultTests
{
    [Fact]
    public void What_a_command_throws_is_said_to_be_a_mistake_of_ours()
    {
        TextWriter before = Console.Error;
        using var error = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetError(error);
            Assert.Equal(1, Program.Guarded(() => throw new KeyNotFoundException("layer 9\r\nof 8"), "audio.adapter"));
            Assert.Equal(7, Program.Guarded(() => 7, "audio.adapter"));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Equal(
            "adapterc: error ADC009: AdapterCompiler failed on audio.adapter: KeyNotFoundException: layer 9  of 8. This is a mistake in AdapterCompiler, not in your project: please report it with the model file and this message.\n",
            error.ToString());
    }
}
