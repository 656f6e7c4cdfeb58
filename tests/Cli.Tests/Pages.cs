using System;
using System.IO;

namespace AdapterCompiler.Tests;

/// <summary>Files of the repository that tests hold to what commands print.</summary>
internal static class Pages
{
    /// <summary>Differences are written instead of reported, never in CI.</summary>
    public static bool IsAccepting { get; } = Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "true" && Environment.GetEnvironmentVariable("CI") != "true";

    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path in it.</summary>
    public static string Find(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
