using System.Reflection;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Reporting;

/// <summary>Which state of the sources made this program, and so its results. Whatever repository the program is run in has nothing to do with that.</summary>
internal static class BuildCommit
{
    private const int Digits = 12;

    /// <summary>The commit that the program was built from, "-modified" behind it where files differed from it; "unknown" where it was built without git.</summary>
    public static string Text { get; } = Of(Informational);

    /// <summary>The trainer's version, <c>0.1.0</c>.</summary>
    public static string Version { get; } = Informational.Split('+', 2)[0];

    /// <summary>For a model file that this program writes.</summary>
    /// <param name="data">Hash of what the model was trained on, <see cref="Data.DataHash"/>.</param>
    public static Provenance Provenance(string data) => new(Version, Text, data);

    private static string Informational => typeof(BuildCommit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    /// <summary>The commit in an assembly's version such as <c>0.1.0+1234567890abcdef-modified</c>.</summary>
    internal static string Of(string version)
    {
        string[] parts = version.Split('+', 2);
        if (parts.Length < 2 || parts[1].Length == 0)
            return "unknown";
        string[] commit = parts[1].Split('-', 2);
        return commit[0][..System.Math.Min(Digits, commit[0].Length)] + (commit.Length > 1 ? "-" + commit[1] : "");
    }
}
