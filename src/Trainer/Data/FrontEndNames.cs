using System.Collections.Generic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>What front ends are called in commands and experiments.</summary>
internal static class FrontEndNames
{
    /// <summary>The names.</summary>
    public const string Integer = "integer", Sparse = "sparse", Fine = "fine", Float = "float";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Integer, Sparse, Fine, Float];

    /// <summary>What a name stands for.</summary>
    /// <param name="name">One of them.</param>
    public static FrontEndSpec Spec(string name) => name switch
    {
        Integer => FrontEnd.Integer,
        Sparse => FrontEnd.Sparse,
        Fine => FrontEnd.Fine,
        _ => FrontEnd.Default,
    };

    /// <summary>What a front end is called.</summary>
    public static string Of(FrontEndSpec frontEnd) => frontEnd switch
    {
        IntegerMelSpec { IsFine: true } => Fine,
        IntegerMelSpec { IsSparse: true } => Sparse,
        IntegerMelSpec => Integer,
        _ => Float,
    };
}
