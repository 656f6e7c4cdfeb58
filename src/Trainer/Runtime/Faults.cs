using System;
using System.Globalization;
using System.IO;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>
/// Faults for tests, planted by the environment variable <c>ADAPTER_FAULT</c> (CONTRIBUTING.md): what a processor that convolves wrong, or a training run that leaves the numbers, does to the
/// whole program can so be seen on any machine. Words separated by blanks: <c>convolution:SETTING</c> with default or own; <c>loss:STEP</c>, <c>gradient:STEP</c>,
/// <c>statistic:STEP</c> and <c>gate:STEP</c>, counted from 1; <c>disk:FILE</c>, the disk being full when the file of that name is written.
/// </summary>
internal static class Faults
{
    private const string Variable = "ADAPTER_FAULT";

    /// <summary>Convolutions are to be wrong under this setting.</summary>
    public static bool Convolution(ConvolutionSetting setting) => Has("convolution:" + setting.ToString().ToLowerInvariant());

    /// <summary>A value is to be NaN in this step.</summary>
    public static bool Step(string kind, int step) => Has(kind + ":" + step.ToString(CultureInfo.InvariantCulture));

    /// <summary>The disk is to be full when this file is written.</summary>
    /// <exception cref="IOException">It is.</exception>
    public static void Disk(string file)
    {
        if (Has("disk:" + file))
            throw new IOException("No space left on device : '" + file + "'");
    }

    /// <summary>A convolution whose output is right and whose input's gradient is half of what it should be: the way oneDNN was wrong most often.</summary>
    public static Tensor WrongConvolution(Tensor inputs, Tensor weight, Tensor bias) =>
        ConvolutionCheck.Torch((inputs * 0.5) + (inputs.detach() * 0.5), weight, inputs.requires_grad ? bias : bias * 2);

    private static bool Has(string fault) => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } faults && faults.Split(' ').Contains(fault, StringComparer.Ordinal);
}
