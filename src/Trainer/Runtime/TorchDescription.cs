using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>What a run's numbers depend on besides its options and its seed, in words: two runs with the same words on the same machine give the same integers.</summary>
internal static class TorchDescription
{
    /// <summary>For example <c>2 threads, AVX-512, oneDNN held at SSE41, channels last</c>.</summary>
    /// <param name="shapes">The network's convolutions.</param>
    public static string Of(IEnumerable<ConvolutionCase> shapes)
    {
        int threads = TorchSharp.torch.get_num_threads();
        string layout = shapes.All(shape => shape.ChannelsLast) ? "channels last" : "channels first";
        return FormattableString.Invariant($"{threads} thread{(threads == 1 ? "" : "s")}, {Processor()}, {OneDnn()}, {layout}");
    }

    private static string Processor() =>
        RuntimeInformation.ProcessArchitecture != Architecture.X64 ? RuntimeInformation.ProcessArchitecture.ToString()
        : Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : "SSE";

    private static string OneDnn()
    {
        ConvolutionSetting setting = SafeConvolutions.OfProcess.Setting;
        return setting == ConvolutionSetting.Default && Environment.GetEnvironmentVariable(NativeSettings.InstructionSet) is { Length: > 0 } held
            ? "oneDNN held at " + held
            : SafeConvolutions.Name(setting);
    }
}
