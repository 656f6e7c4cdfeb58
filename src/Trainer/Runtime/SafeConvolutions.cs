using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>Finds the fastest setting under which all of a network's convolutions are right, and says so where it is not the first.</summary>
/// <param name="process">What can be changed.</param>
/// <param name="find">What is wrong with a convolution under a setting, or null: <see cref="ConvolutionCheck.Find"/>.</param>
internal sealed class SafeConvolutions(IProcessSwitches process, Func<ConvolutionSetting, ConvolutionCase, ConvolutionError?> find)
{
    private readonly HashSet<ConvolutionCase> right = [];

    /// <summary>This process.</summary>
    public static SafeConvolutions OfProcess { get; } = new(ProcessSwitches.Instance, (setting, shape) =>
        ConvolutionCheck.Find(shape, Faults.Convolution(setting) ? Faults.WrongConvolution : ConvolutionCheck.Torch));

    /// <summary>Checks, and changes settings until all is right. What was found right before is not checked again.</summary>
    /// <param name="shapes">The network's convolutions.</param>
    /// <param name="say">Told in one line what was found and done, for each change.</param>
    /// <returns>Null, or why training would be wrong whatever is set.</returns>
    public string? Settle(IReadOnlyCollection<ConvolutionCase> shapes, Action<string> say)
    {
        while (Wrong(shapes) is { Count: > 0 } errors)
        {
            right.Clear();
            string found = FormattableString.Invariant($"{errors.Count} of {shapes.Count} convolutions come out wrong on this processor with {Name(process.Current)}: {errors[0].ToText()}.");
            if (process.CanRestart)
            {
                say($"{found} Starting over with {NativeSettings.InstructionSet}={NativeSettings.SafeInstructionSet}, slower.");
                process.Restart();
            }

            if (process.Current == ConvolutionSetting.Plain || !process.SwitchOneDnnOff())
                return $"{found} No other setting is left, and a network trained so would be worthless. Train on another machine, and please report this one's processor.";
            say($"{found} Going on with oneDNN switched off, slower.");
        }

        right.UnionWith(shapes);
        return null;
    }

    /// <summary>A setting in a few words.</summary>
    public static string Name(ConvolutionSetting setting) => setting switch
    {
        ConvolutionSetting.Default => "oneDNN",
        ConvolutionSetting.Narrow => "oneDNN held at " + NativeSettings.SafeInstructionSet,
        _ => "oneDNN off",
    };

    private List<ConvolutionError> Wrong(IEnumerable<ConvolutionCase> shapes) =>
        [.. shapes.Where(shape => !right.Contains(shape)).Select(shape => find(process.Current, shape)).OfType<ConvolutionError>()];
}
