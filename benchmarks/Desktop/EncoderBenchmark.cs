using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks.Baselines;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using BenchmarkDotNet.Attributes;

namespace AdapterCompiler.Benchmarks.Desktop;

/// <summary>One window through the paper's shared encoder.</summary>
public class EncoderBenchmark
{
    private HostedModel model = null!;
    private Baseline naiveFloat = null!;
    private Baseline naiveInt8 = null!;
    private Baseline flatInt8 = null!;
    private byte[] codes = [];

    /// <summary>Name of the weight setting.</summary>
    [ParamsSource(nameof(Settings))]
    public string Weights { get; set; } = "";

    /// <summary>Wide, sparse, narrow.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["8 bit, dense", "4 bit, 80 % zeros", "ternary, dense"];

    /// <summary>Compiles the model and fills the baselines' tables.</summary>
    [GlobalSetup]
    public void Setup()
    {
        ModelArtifact artifact = PaperModels.Alone(WeightSetting.All.Single(setting => setting.Name == Weights));
        var options = new CompilationOptions("Model", "Timed", "timed.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop);
        model = HostedModel.Compile(ModelCompiler.Compile(ModelWriter.Write(artifact), options), options);
        Network network = NetworkBuilder.Build(artifact);
        naiveFloat = BaselineSet.Create(nameof(Baselines.NaiveFloat), network);
        naiveInt8 = BaselineSet.Create(nameof(Baselines.NaiveInt8), network);
        flatInt8 = BaselineSet.Create(nameof(Baselines.FlatInt8), network);
        codes = ModelMeter.Window(artifact.Input);
        Compare(FixedPointInterpreter.Run(network, codes));
    }

    // What is timed computes what the interpreter does.
    private void Compare(Inference expected)
    {
        bool isEqual = model.Run(codes, 1) && expected.Logits[0].AsSpan().SequenceEqual(model.Logits(0));
        foreach (Baseline bytes in new[] { naiveInt8, flatInt8 })
        {
            bytes.Run(codes);
            isEqual &= bytes.Difference(expected) == 0;
        }

        if (!isEqual)
            throw new InvalidOperationException(Weights + ": what would be timed differs from the interpreter");
    }

    [Benchmark(Baseline = true)]
    public bool Generated() => model.Run(codes, 1);

    [Benchmark]
    public void NaiveFloat() => naiveFloat.Run(codes);

    [Benchmark]
    public void NaiveInt8() => naiveInt8.Run(codes);

    [Benchmark]
    public void FlatInt8() => flatInt8.Run(codes);
}
