using System;
using System.IO;

namespace AdapterCompiler.Benchmarks;

/// <summary>Where models and results are.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution, above the built program.</summary>
    public static string Folder { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("no AdapterCompiler.sln above " + AppContext.BaseDirectory);
    }
}
