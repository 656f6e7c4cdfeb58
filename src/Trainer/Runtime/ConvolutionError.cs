using System;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>A convolution that Torch computed wrong.</summary>
/// <param name="Case">Which.</param>
/// <param name="Quantity">What of it: the output or one of the gradients.</param>
/// <param name="Error">Greatest error as a share of the greatest right value; NaN where Torch's value is no number.</param>
internal sealed record ConvolutionError(ConvolutionCase Case, string Quantity, double Error)
{
    /// <summary>For example <c>the gradient of the input of 6 -> 12 channels, 48 x 32, is off by 0.43 of its greatest value</c>.</summary>
    public string ToText() => double.IsFinite(Error)
        ? FormattableString.Invariant($"the {Quantity} of {Case.ToText()}, is off by {Error:G2} of its greatest value")
        : $"the {Quantity} of {Case.ToText()}, is not a number";
}
