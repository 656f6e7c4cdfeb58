using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using AdapterCompiler.Compilation;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Hosting;

/// <summary>A generated model class, loaded and called through delegates, so that a call costs no reflection and no allocation.</summary>
public sealed class HostedModel
{
    private readonly Func<byte[], int, bool> run;
    private readonly int[][] logits;
    private readonly Func<int>[] classes;
    private readonly Func<string>[] labels;

    private HostedModel(Type type, IReadOnlyList<TaskNames> names)
    {
        run = type.GetMethod("Run", [typeof(byte[]), typeof(int)])!.CreateDelegate<Func<byte[], int, bool>>();
        logits = names.Select(name => (int[])type.GetProperty(name.Logits)!.GetValue(null)!).ToArray();
        classes = names.Select(name => Getter<int>(type, name.Class)).ToArray();
        labels = names.Select(name => Getter<string>(type, name.Label)).ToArray();
    }

    /// <summary>Loads one class of an assembly compiled for the desktop. Loading the same image again gives a separate copy with its own arena.</summary>
    /// <param name="assembly">Compiled for <see cref="ClassLibrary.Desktop"/>.</param>
    /// <param name="fullName">Namespace and class.</param>
    /// <param name="names">Members of its tasks, <see cref="PartProgram.Names"/>.</param>
    /// <exception cref="ArgumentException">Compiled for the device.</exception>
    public static HostedModel Load(GeneratedAssembly assembly, string fullName, IReadOnlyList<TaskNames> names) => Load(LoadAssembly(assembly), fullName, names);

    /// <summary>As above, of an assembly that is loaded already: several classes of one assembly.</summary>
    public static HostedModel Load(Assembly loaded, string fullName, IReadOnlyList<TaskNames> names) => new(loaded.GetType(fullName, throwOnError: true)!, names);

    /// <summary>Compiles and loads the result of <see cref="ModelCompiler"/>.</summary>
    /// <param name="result">Without diagnostics.</param>
    /// <param name="options">The options that it was compiled with.</param>
    /// <param name="checkOverflow">Compile arithmetic as <c>checked</c>.</param>
    public static HostedModel Compile(CompilationResult result, CompilationOptions options, bool checkOverflow = false)
    {
        CodedProgram program = result.Program ?? throw new ArgumentException("the model was not compiled: " + string.Join("; ", result.Diagnostics.Select(d => d.Message)), nameof(result));
        return Load(GeneratedAssembly.Compile(result.Files, ClassLibrary.Desktop, checkOverflow), FullName(options), program.Names);
    }

    /// <summary>Compiles and loads a model that was cut into parts.</summary>
    /// <param name="parts">Result of each part, the first part first, without diagnostics.</param>
    /// <param name="options">The options of any of them.</param>
    public static HostedModel CompileParts(IReadOnlyList<CompilationResult> parts, CompilationOptions options) =>
        LoadParts(GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.Desktop), FullName(options), parts[^1].Program!.Names);

    /// <summary>Loads the parts of a model together, as a device does. Loading them again gives a separate copy with its own arena.</summary>
    /// <param name="parts">Compiled for <see cref="ClassLibrary.Desktop"/>, the first part first; a model in one piece is one part.</param>
    /// <param name="fullName">Namespace and class with the public face.</param>
    /// <param name="names">Members of its tasks, <see cref="PartProgram.Names"/>.</param>
    /// <exception cref="ArgumentException">Compiled for the device.</exception>
    public static HostedModel LoadParts(IReadOnlyList<GeneratedAssembly> parts, string fullName, IReadOnlyList<TaskNames> names)
    {
        var context = new AssemblyLoadContext("generated", isCollectible: true);
        Assembly[] loaded = [.. parts.Select(part => LoadAssembly(part, context))];
        return Load(loaded[^1], fullName, names);
    }

    /// <summary>Loads the assembly into a context of its own that the collector may unload.</summary>
    public static Assembly LoadAssembly(GeneratedAssembly assembly) => LoadAssembly(assembly, new AssemblyLoadContext("generated", isCollectible: true));

    /// <summary>Runs the tasks whose bits are set.</summary>
    /// <returns>False, and nothing has run, for codes of the wrong length or no task.</returns>
    public bool Run(byte[] codes, int tasks) => run(codes, tasks);

    /// <summary>Logits of a task after <see cref="Run"/>; the model's own array.</summary>
    public int[] Logits(int task) => logits[task];

    /// <summary>Class of a task after <see cref="Run"/>.</summary>
    public int Class(int task) => classes[task]();

    /// <summary>Label of a task after <see cref="Run"/>.</summary>
    public string Label(int task) => labels[task]();

    private static Assembly LoadAssembly(GeneratedAssembly assembly, AssemblyLoadContext context) => assembly.Library == ClassLibrary.Desktop
        ? context.LoadFromStream(new MemoryStream(assembly.Image))
        : throw new ArgumentException("compiled against the device's class library: it cannot run here", nameof(assembly));

    private static string FullName(CompilationOptions options) => options.Namespace.Length == 0 ? options.ClassName : options.Namespace + "." + options.ClassName;

    private static Func<T> Getter<T>(Type type, string property) => type.GetProperty(property)!.GetMethod!.CreateDelegate<Func<T>>();
}
