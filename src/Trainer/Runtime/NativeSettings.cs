using System;
using System.Runtime.InteropServices;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>
/// What has to be settled in a process before libtorch loads: the one place for it. Called first in <c>Main</c>, in the tests' module initialiser and in whatever else
/// loads Torch. Does nothing where the system has no such setting.
/// </summary>
internal static class NativeSettings
{
    /// <summary>Read by oneDNN at its first use: the widest instruction set that its generated code may use.</summary>
    public const string InstructionSet = "ONEDNN_MAX_CPU_ISA";

    /// <summary>The narrowest one, right on every machine tried: for tests and benchmarks, whose processes convolve by Torch alone.</summary>
    public const string SafeInstructionSet = "SSE41";

    /// <summary>
    /// glibc's malloc, parameters as in malloc.h: outputs of tens of megabytes come from the heap and stay there, instead of being mapped, cleared page by page and unmapped again in every step.
    /// </summary>
    private static readonly (int Parameter, int Value)[] Malloc =
    [
        (-4, 0),                // M_MMAP_MAX
        (-1, int.MaxValue),     // M_TRIM_THRESHOLD
    ];

    /// <summary>Settles what every process that loads Torch wants.</summary>
    public static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            foreach ((int parameter, int value) in Malloc)
                _ = MallOpt(parameter, value); // 0: not taken, nothing lost but time
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library than glibc: its allocator keeps its own ways.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int MallOpt(int parameter, int value);
}
