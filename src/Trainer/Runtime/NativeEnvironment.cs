using System;
using System.Runtime.InteropServices;

namespace AdapterCompiler.Trainer.Runtime;

/// <summary>
/// The environment as native code sees it. On Linux <see cref="Environment.SetEnvironmentVariable(string, string?)"/> changes a copy that belongs to .NET alone: <c>getenv</c> in libtorch and
/// oneDNN never sees it. libc's <c>setenv</c> does reach them, if called before they ask: oneDNN reads once, at its first use in a process.
/// </summary>
internal static class NativeEnvironment
{
    /// <summary>Sets a variable for native code and for .NET alike.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Value; an older one is replaced.</param>
    /// <returns>False where the system has no <c>setenv</c>; .NET's own copy is set all the same, which on Windows is the process's.</returns>
    public static bool Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            return SetEnv(name, value, overwrite: 1) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetEnv([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
