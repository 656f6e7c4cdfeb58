using System.Runtime.CompilerServices;
using AdapterCompiler.Trainer.Runtime;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>
/// Prepares the test process before any test loads Torch. Instruction sets are left at the narrowest: on some processors oneDNN's wider code computes wrong convolutions, with which tests compare
/// the trainer's own (Networks/Kernels/OwnConvolution.cs), and the same code then runs on every machine.
/// </summary>
internal static class TorchProcess
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        NativeSettings.Apply();
        NativeEnvironment.Set(NativeSettings.InstructionSet, NativeSettings.SafeInstructionSet);
        _ = TorchContext.Set(TorchContext.Nnpack, on: false);
    }
}
