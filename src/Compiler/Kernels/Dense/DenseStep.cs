using System;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>A fully connected step: which bytes it reads, what it computes, where it writes.</summary>
/// <param name="Inputs">Index in the byte array of each input.</param>
/// <param name="Outputs">In the order in which they are written; all of them codes or all of them logits.</param>
/// <param name="FirstOutput">Index of the first in the target array.</param>
/// <param name="ActivationMax">Largest code, 2^b - 1; ignored for logits.</param>
/// <param name="InputMax">Largest input code, the larger of shared and own.</param>
public sealed record DenseStep(ValueArray<int> Inputs, ValueArray<DenseOutput> Outputs, int FirstOutput, int ActivationMax, int InputMax)
{
    /// <summary>The inputs' places as they are written; null for plain numbers.</summary>
    public ValueArray<Literal>? InputPlaces { get; init; }

    /// <summary>The place of an output as it is written; null for plain numbers.</summary>
    public Func<int, Literal>? OutputPlace { get; init; }

    /// <summary>Where an input is.</summary>
    public Literal InputAt(int input) => InputPlaces is { } places ? places[input] : Expressions.Int(Inputs[input]);

    /// <summary>Where an output goes.</summary>
    public Literal OutputAt(int output) => OutputPlace is { } place ? place(output) : Expressions.Int(FirstOutput + output);
}

/// <summary>One output.</summary>
/// <param name="Bias">Start value, rounding included.</param>
/// <param name="Shift">Of the requantisation, 0 to 31; null for a raw logit.</param>
/// <param name="Weights">One for each input.</param>
public sealed record DenseOutput(int Bias, int? Shift, ValueArray<sbyte> Weights);

/// <summary>How a fully connected step is computed.</summary>
public enum DenseKernel
{
    /// <summary>A 32-bit sum for each output, inputs grouped by the magnitude of their weight: a zero weight costs nothing.</summary>
    Sums,

    /// <summary>Several outputs in the lanes of a long, their weights packed into one constant: the more bits, the better it does.</summary>
    OutputLanes,
}
