using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Kernels;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>All copied kernels in one class, their text as generated code has it; no model needs all of them.</summary>
internal sealed class KernelClass(Assembly loaded)
{
    /// <summary>Name of the class.</summary>
    public const string Name = "Kernels";

    /// <summary>Its one file.</summary>
    public static EmittedFile File { get; } = new(
        Name + ".cs", "static class " + Name + "\n{\n" + string.Join("\n\n", KernelRegistry.Sections.Select(KernelSource.Of)) + "\n}\n");

    /// <summary>Compiles it to run here, arithmetic <c>checked</c>.</summary>
    public static KernelClass Checked() => new(HostedModel.LoadAssembly(GeneratedAssembly.Compile([File], ClassLibrary.Desktop, checkOverflow: true)));

    /// <summary>Compiles it to run here, arithmetic as on the device.</summary>
    public static KernelClass Wrapping() => new(HostedModel.LoadAssembly(GeneratedAssembly.Compile([File], ClassLibrary.Desktop)));

    /// <summary>Calls a kernel.</summary>
    public void Run(string kernel, params object[] arguments)
    {
        MethodInfo method = loaded.GetType(Name, throwOnError: true)!.GetMethod(kernel, BindingFlags.NonPublic | BindingFlags.Static)!;
        try
        {
            method.Invoke(null, arguments);
        }
        catch (TargetInvocationException failed) when (failed.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failed.InnerException);
        }
    }
}
