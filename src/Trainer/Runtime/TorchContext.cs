using System.Runtime.InteropServices;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>
/// Switches of <c>at::Context</c> that Python has (<c>torch.backends.nnpack.set_flags</c>) and TorchSharp has not: called by their exported C++ names, which
/// are those of GCC and Clang. Elsewhere (Windows) they are not found and nothing is switched.
/// </summary>
internal static class TorchContext
{
    /// <summary>
    /// NNPACK: an older library for convolutions of a few images. On processors that it does not support, every call that merely asks for it prints "Could not initialize NNPACK!"; switched off, it is not asked.
    /// </summary>
    public const string Nnpack = "_ZN2at7Context20setUserEnabledNNPACKEb";

    private const string Global = "_ZN2at13globalContextEv";

    private delegate nint GlobalContext();

    [return: MarshalAs(UnmanagedType.U1)]
    private delegate bool Getter(nint context);

    private delegate void Setter(nint context, [MarshalAs(UnmanagedType.U1)] bool on);

    /// <summary>Sets a switch, loading Torch if need be.</summary>
    /// <returns>False where there is none.</returns>
    public static bool Set(string name, bool on)
    {
        if (Find(name) is not { } found)
            return false;
        Marshal.GetDelegateForFunctionPointer<Setter>(found.Function)(found.Context, on);
        return true;
    }

    /// <summary>Whether NNPACK may be asked for; null where that cannot be known.</summary>
    public static bool? NnpackEnabled() =>
        Find("_ZNK2at7Context17userEnabledNNPACKEv") is { } found ? Marshal.GetDelegateForFunctionPointer<Getter>(found.Function)(found.Context) : null;

    private static (nint Function, nint Context)? Find(string name)
    {
        _ = TorchSharp.torch.get_num_threads(); // loads libtorch, TorchSharp knows from where; below it is found by its name
        return NativeLibrary.TryLoad(OperatingSystemName(), out nint library)
            && NativeLibrary.TryGetExport(library, Global, out nint global)
            && NativeLibrary.TryGetExport(library, name, out nint function)
            ? (function, Marshal.GetDelegateForFunctionPointer<GlobalContext>(global)())
            : null;
    }

    private static string OperatingSystemName() =>
        System.OperatingSystem.IsLinux() ? "libtorch_cpu.so" : System.OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "torch_cpu.dll";
}
