using System;
using System.Reflection;
using AdapterCompiler.Model;

namespace AdapterCompiler.Benchmarks.Baselines;

/// <summary>The three baselines, with the methods of this assembly or of one that counts.</summary>
public static class BaselineSet
{
    /// <summary>Names of the classes in Loops/, slowest first.</summary>
    public static ValueArray<string> Names { get; } = ValueArray.Of(nameof(NaiveFloat), nameof(NaiveInt8), nameof(FlatInt8));

    /// <summary>What a reader calls it.</summary>
    public static string Title(string name) => name switch
    {
        nameof(NaiveFloat) => "naive float loops",
        nameof(NaiveInt8) => "naive Int8 loops",
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
