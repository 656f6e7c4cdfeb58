using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>A file as a git revision has it.</summary>
internal static class GitFile
{
    /// <summary>Its bytes, or why there are none, as a sentence's end: "HEAD~9 is no revision …".</summary>
    /// <param name="revision">HEAD~1, a branch, a tag, a hash.</param>
    /// <param name="path">The file, from the current folder; as git has it: from the repository's root, unless it begins with ./ or ../.</param>
    /// <param name="isOfGit">Which of the two.</param>
    public static (byte[]? Bytes, string Mistake) Read(string revision, string path, bool isOfGit)
    {
        // Git would take it for an option.
        if (revision.Length == 0 || revision[0] == '-')
            return (null, $"'{revision}' is no revision");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool isFromHere = !isOfGit || Path.IsPathRooted(path), isThere = isFromHere && Directory.Exists(folder);
        string name = isThere ? Path.GetFileName(path) : path.Replace('\\', '/');
        // Relative to the file's own folder, which may be another repository's; a folder that is gone since is found from here.
        var start = new ProcessStartInfo("git", ["show", $"{revision}:{(isFromHere ? "./" : "")}{name}"])
        {
            WorkingDirectory = isThere ? folder : "",
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            using Process git = Process.Start(start)!;
            Task<string> error = git.StandardError.ReadToEndAsync();
            var bytes = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(bytes);
            git.WaitForExit();
            string[] said = error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return git.ExitCode == 0 ? (bytes.ToArray(), "") : (null, "git says: " + (said.Length > 0 ? said[0].Replace("fatal: ", "", StringComparison.Ordinal).TrimEnd('.') : "nothing"));
        }
        catch (Win32Exception exception)
        {
            return (null, $"git cannot be started ({exception.Message})");
        }
    }
}
