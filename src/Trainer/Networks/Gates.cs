using System;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>The gates' non-linearity and its slope (paper, equation 3).</summary>
/// <remarks>
/// A gate variable a starts at <see cref="Start"/>, sigma = 0.6 at slope 1: open enough that the channel learns, and well inside the range in which
/// sigma has a gradient. The slope then rises exponentially. A gate that the task pulls up or the cost pulls down by more than 0.5 / s from 0 is
/// locked at 1 or 0; what is undecided when the schedule ends is rounded.
/// </remarks>
public static class Gates
{
    /// <summary>Initial gate variable.</summary>
    public const float Start = 0.1f;

    /// <summary>Slope at the first step.</summary>
    public const double FirstSlope = 1;

    /// <summary>Slope at the step that locks.</summary>
    public const double LastSlope = 40;

    /// <summary>sigma(a; s) = min(1, ReLU(s * a + 0.5)).</summary>
    public static Tensor Sigma(Tensor variables, double slope) => (variables * slope + 0.5).clamp(0, 1);

    /// <summary>The slope after a share of the schedule, 0 … 1.</summary>
    public static double Slope(double progress) => FirstSlope * Math.Pow(LastSlope / FirstSlope, Math.Clamp(progress, 0, 1));

    /// <summary>Rounds the gates to where sigma is exactly 0 or 1 at any slope of the schedule: a = -1 or 1.</summary>
    /// <exception cref="NotFiniteException">A variable is no number: it is neither open nor closed.</exception>
    public static Tensor Lock(Tensor variables) => torch.where(Finite.Require(variables, "a gate") >= 0, 1f, -1f);
}
