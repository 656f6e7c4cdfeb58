using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Emit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The files of targets/nanoframework.</summary>
internal static class TargetFiles
{
    /// <summary>The folder.</summary>
    public static string Folder { get; } = Metadata("Targets");

    /// <summary>The configuration that the tests, and the firmware with them, were built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The path of a file below the folder.</summary>
    public static string Find(params string[] parts) => Path.GetFullPath(Path.Combine([Folder, .. parts]));

    /// <summary>A source file, ready to compile.</summary>
    public static EmittedFile Source(params string[] parts) => new(parts[^1], File.ReadAllText(Find(parts)));

    private static string Metadata(string key) =>
        typeof(TargetFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
