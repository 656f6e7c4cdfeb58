using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Networks.Kernels;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>Convolves by the fastest setting under which all of a network's convolutions are right, and says so where that is not the first.</summary>
/// <param name="find">What is wrong with a convolution under a setting, or null: <see cref="ConvolutionCheck.Find"/>.</param>
internal sealed class SafeConvolutions(Func<ConvolutionSetting, ConvolutionCase, ConvolutionError?> find)
{
    private readonly HashSet<ConvolutionCase> right = [];

    /// <summary>This process.</summary>
    public static SafeConvolutions OfProcess { get; } = new((setting, shape) =>
        ConvolutionCheck.Find(shape, Faults.Convolution(setting) ? Faults.WrongConvolution : By(setting)));

    /// <summary>What convolves now: as <see cref="Settle"/> found, or as tests and benchmarks want it.</summary>
    public ConvolutionSetting Setting { get; set; }

    /// <summary>A 3 x 3 convolution with one position of padding, by the setting found.</summary>
    /// <param name="inputs">[n, inputs, rows, columns].</param>
    /// <param name="weight">[outputs, inputs, 3, 3].</param>
    /// <param name="bias">[outputs].</param>
    public Tensor Convolve(Tensor inputs, Tensor weight, Tensor bias) => By(Setting)(inputs, weight, bias);

    /// <summary>Checks, and changes the setting where a convolution is wrong. What was found right before is not checked again.</summary>
    /// <param name="shapes">The network's convolutions.</param>
    /// <param name="say">Told in one line what was found and done.</param>
    /// <returns>Null, or why training would be wrong whatever is set.</returns>
    public string? Settle(IReadOnlyCollection<ConvolutionCase> shapes, Action<string> say)
    {
        while (Wrong(shapes) is { Count: > 0 } errors)
        {
            right.Clear();
            string found = FormattableString.Invariant($"{errors.Count} of {shapes.Count} convolutions come out wrong on this processor with {Name(Setting)}: {errors[0].ToText()}.");
            if (Setting == ConvolutionSetting.Own)
                return $"{found} No other setting is left, and a network trained so would be worthless. Train on another machine, and please report this one's processor.";
            Setting = ConvolutionSetting.Own;
            say($"{found} Going on with the trainer's own kernels, slower.");
        }

        right.UnionWith(shapes);
        return null;
    }

    /// <summary>A setting in a few words.</summary>
    public static string Name(ConvolutionSetting setting) => setting == ConvolutionSetting.Default ? "oneDNN" : "own kernels";

    private static Convolution By(ConvolutionSetting setting) => setting == ConvolutionSetting.Default ? ConvolutionCheck.Torch : OwnConvolution.Of;

    private List<ConvolutionError> Wrong(IEnumerable<ConvolutionCase> shapes) =>
        [.. shapes.Where(shape => !right.Contains(shape)).Select(shape => find(Setting, shape)).OfType<ConvolutionError>()];
}
