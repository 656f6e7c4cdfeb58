using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Packages that hold recordings.</summary>
public interface IRecordingPackages
{
    /// <summary>Makes sure that the packages are there. Returns what went wrong and what to do, or null.</summary>
    string? Install(IReadOnlyList<string> names);

    /// <summary>Paths of a package's files.</summary>
    IReadOnlyList<string> Files(string name);
}

/// <summary>Debian's package manager, by its commands.</summary>
internal sealed class DebianPackages(Action<string> say, string corpus, string size) : IRecordingPackages
{
    public string? Install(IReadOnlyList<string> names)
    {
        string command = "apt-get install --no-install-recommends " + string.Join(' ', names);
        if (SystemCommand.Run("dpkg", "--version").Code != 0)
            return $"{corpus} comes from Debian packages, and dpkg is not here. On Debian or Ubuntu: {command}. Elsewhere use --data with recordings of your own";
        List<string> missing = names.Where(name => !IsInstalled(name)).ToList();
        if (missing.Count == 0)
            return null;

        string[] prefix = [];
        if (!Environment.IsPrivilegedProcess)
        {
            if (SystemCommand.Run("sudo", "-n", "true").Code != 0)
                return $"installing packages needs root, and sudo is missing or asks for a password. Run: sudo apt-get update && sudo {command}; then repeat this command";
            prefix = ["sudo", "-n"];
        }

        say($"Installing from Debian: {string.Join(", ", missing)} ({size} for all)");
        foreach (string[] step in (string[][])[["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", .. missing]])
        {
            string[] line = [.. prefix, "env", "DEBIAN_FRONTEND=noninteractive", .. step];
            (int code, string output) = SystemCommand.Run(line[0], line[1..]);
            if (code != 0)
                return $"'{string.Join(' ', step)}' failed with code {code}: {LastLine(output)}. Run it by hand to see more, then repeat this command";
        }

        return missing.Find(name => !IsInstalled(name)) is { } still ? $"{still} is still missing after its installation; run: {command}" : null;
    }

    public IReadOnlyList<string> Files(string name) =>
        SystemCommand.Run("dpkg", "-L", name).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsInstalled(string name)
    {
        (int code, string output) = SystemCommand.Run("dpkg-query", "-W", "-f=${Status}", name);
        return code == 0 && output.Contains("ok installed", StringComparison.Ordinal);
    }

    private static string LastLine(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no output";
}
