using System;
using System.Reflection;
using AdapterCompiler.Model;

namespace AdapterCompiler.Benchmarks.Baselines;

/// <summary>The three baselines, with the methods of this assembly or of one that counts.</summary>
public static class BaselineSet
{
    /// <summary>Names of the classes in Loops/: the fair one, then what a beginner writes.</summary>
    public static ValueArray<string> Names { get; } = ValueArray.Of(nameof(FlatInt8), nameof(NaiveInt8), nameof(NaiveFloat));

    /// <summary>What a reader calls it.</summary>
    public static string Title(string name) => name switch
    {
        nameof(NaiveFloat) => "naive float loops (a beginner's)",
        nameof(NaiveInt8) => "naive Int8 loops (a beginner's)",
        _ => "flat Int8 loops",
    };

    /// <summary>One of them.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="network">What it computes.</param>
    /// <param name="assembly">Where the class is; null for this assembly.</param>
    public static Baseline Create(string name, Network network, Assembly? assembly = null)
    {
        Type type = (assembly ?? typeof(BaselineSet).Assembly).GetType(typeof(BaselineSet).Namespace + "." + name, throwOnError: true)!;
        MethodInfo method = type.GetMethod("Convolve")!;
        return name switch
        {
            nameof(NaiveFloat) => new FloatBaseline(network, method.CreateDelegate<FloatConvolution>()),
            nameof(NaiveInt8) => new Int8Baseline(network, method.CreateDelegate<Int8Convolution>()),
            _ => new Int8Baseline(network, method.CreateDelegate<PaddedInt8Convolution>()),
        };
    }
}
