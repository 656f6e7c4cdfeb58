using AdapterCompiler.Hosting;

namespace AdapterCompiler.Checking;

/// <summary>What to check beyond what holds for every assembly.</summary>
public sealed record CheckOptions
{
    /// <summary>Name of a device whose flash counts too, or null: <see cref="Targets.DeviceNames"/>.</summary>
    public string? Device { get; init; }

    /// <summary>Methods that must not allocate, nor anything that they call: Namespace.Type.Method, or the end of it, with * and ?.</summary>
    public ValueArray<string> NoAllocation { get; init; } = ValueArray<string>.Empty;

    /// <summary>Methods that must not use floating point, nor anything that they call.</summary>
    public ValueArray<string> NoFloat { get; init; } = ValueArray<string>.Empty;

    /// <summary>Folders of referenced assemblies, beside the checked assembly's own.</summary>
    public ValueArray<string> ReferenceFolders { get; init; } = ValueArray<string>.Empty;

    /// <summary>Ids that are not reported.</summary>
    public ValueArray<string> Ignored { get; init; } = ValueArray<string>.Empty;

    /// <summary>File of nanoFramework's mscorlib.</summary>
    public string ClassLibrary { get; init; } = GeneratedAssembly.LibraryPath(Hosting.ClassLibrary.NanoFramework);
}
