using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>This process's switches. Starting over is <c>execv</c>: the process id, the terminal, who waits for the exit code and who may send signals stay what they were.</summary>
internal sealed class ProcessSwitches : IProcessSwitches
{
    /// <summary>Set before starting over, to the setting chosen: the program then knows, and never does it twice.</summary>
    private const string Marker = "ADAPTER_TORCH";

    private const string Narrow = "narrow";

    private static bool ownsProcess;

    private bool oneDnnOff;

    private ProcessSwitches()
    {
    }

    public static ProcessSwitches Instance { get; } = new();

    /// <inheritdoc/>
    public ConvolutionSetting Current => oneDnnOff ? ConvolutionSetting.Plain : Restarted ? ConvolutionSetting.Narrow : ConvolutionSetting.Default;

    /// <inheritdoc/>
    public bool CanRestart => ownsProcess && !Restarted && !oneDnnOff && OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static bool Restarted => Environment.GetEnvironmentVariable(Marker) == Narrow;

    /// <summary>Said by a program's <c>Main</c>: the process may start over. A test host's or a tool's must not.</summary>
    public static void OwnProcess() => ownsProcess = true;

    /// <inheritdoc/>
    public void Restart()
    {
        if (Environment.ProcessPath is not { } program || !NativeEnvironment.Set(Marker, Narrow) || !NativeEnvironment.Set(NativeSettings.InstructionSet, NativeSettings.SafeInstructionSet))
            return;
        try
        {
            // Every argument ends with a zero, the last one too.
            string[] arguments = Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
            Console.Out.Flush();
            _ = ExecV(program, [.. arguments, null]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // As where execv itself comes back: the caller goes on to the next setting.
        }
    }

    /// <inheritdoc/>
    public bool SwitchOneDnnOff() => oneDnnOff = TorchContext.Set(TorchContext.OneDnn, on: false);

    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static extern int ExecV(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments);
}
