using System;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Compilation;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Benchmarks;

/// <summary>The benchmark prints no figure of parts that do not compute what the interpreter does.</summary>
public sealed class PartsRunTests
{
    private static readonly CompilationOptions Options = new("Model", "Counted", "tiny.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop, Parts: 2);
    private static readonly ModelArtifact Artifact = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));
    private static readonly Network Tiny = NetworkBuilder.Build(Artifact);
    private static readonly byte[] Codes = RandomInputs.For(Artifact.Input, 1).Last();

    [Fact]
    public void Parts_that_compute_the_same_pass_and_are_counted()
    {
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(ModelWriter.Write(Artifact), Options);
        Inference expected = FixedPointInterpreter.Run(Tiny, Codes);
        PartsRun.Compare("tiny", [.. parts], Options, Codes, expected);
        Assert.Equal(2, parts.Count);
        Assert.True(PartsRun.Count([.. parts], Options, Codes, expected).Sum(block => block.Weighted) > 10_000);
    }

    [Fact]
    public void One_wrong_logit_of_one_task_is_an_error()
    {
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(ModelWriter.Write(Artifact), Options);
        Inference expected = FixedPointInterpreter.Run(Tiny, Codes);
        expected.Logits[1][0]++;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => PartsRun.Compare("tiny", [.. parts], Options, Codes, expected));
        Assert.Equal("tiny in 2 parts, tasks 0x2: logits of task 1 differ from the interpreter's", error.Message);
        Assert.Throws<InvalidOperationException>(() => PartsRun.Count([.. parts], Options, Codes, expected));
    }
}
