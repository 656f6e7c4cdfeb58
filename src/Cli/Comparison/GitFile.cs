using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace AdapterCompiler.Cli.Comparison;

/// <summary>A file as a git revision has it.</summary>
internal static class GitFile
{
    private const int MostNames = 3;

    /// <summary>Its bytes, or why there are none, as a sentence's end: "HEAD~9 is no revision …".</summary>
    /// <param name="revision">HEAD~1, a branch, a tag, a hash; empty for what is staged.</param>
    /// <param name="path">The file, from the current folder; as git has it: from the repository's root, unless it begins with ./ or ../.</param>
    /// <param name="isOfGit">Which of the two.</param>
    public static (byte[]? Bytes, string Mistake) Read(string revision, string path, bool isOfGit)
    {
        // Git would take it for an option; a line is an object to it.
        if (revision.StartsWith('-') || revision.Contains('\n', StringComparison.Ordinal) || path.Contains('\n', StringComparison.Ordinal))
            return (null, $"'{revision}' is no revision");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        bool isFromHere = !isOfGit || Path.IsPathRooted(path), isThere = isFromHere && Directory.Exists(folder);
        // Relative to the file's own folder, which may be another repository's; a folder that is gone since is found from here.
        string at = isThere ? folder : "", name = $"{revision}:{(isFromHere ? "./" : "")}{(isThere ? Path.GetFileName(path) : path.Replace('\\', '/'))}";
        try
        {
            // A link in the revision is followed there. The first line is the object's hash, kind and length, or what there is instead.
            byte[] all = Run(at, name + "\n", "cat-file", "--batch", "--follow-symlinks").Output;
            int end = Array.IndexOf(all, (byte)'\n');
            string[] words = end < 0 ? [] : Encoding.UTF8.GetString(all, 0, end).Split(' ');
            return words switch
            {
                [_, "blob", var length] when int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && all.Length > end + count => (all[(end + 1)..(end + 1 + count)], ""),
                [_, "tree", _] => (null, "it is a folder there" + Holding(at, name)),
                [_, "commit", _] => (null, "it is a submodule there: compare in its own repository"),
                ["dangling" or "loop" or "notdir", _] => (null, "it is a link there that leads to no file"),
                ["symlink", _] => (null, "it is a link there that leads out of the repository"),
                _ => (null, "git says: " + Said(Run(at, "", "show", name).Error)),
            };
        }
        catch (Win32Exception exception)
        {
            return (null, $"git cannot be started ({exception.Message})");
        }
    }

    private static string Holding(string at, string name)
    {
        string[] models = [.. Encoding.UTF8.GetString(Run(at, "", "ls-tree", "--name-only", name).Output).Split('\n').Where(ModelFile.IsNamedLikeOne)];
        return models.Length == 0 ? ", and holds no *.adapter" : "; it holds " + string.Join(", ", models.Take(MostNames)) + (models.Length > MostNames ? ", …" : "");
    }

    private static string Said(string error)
    {
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 ? lines[0].Replace("fatal: ", "", StringComparison.Ordinal).TrimEnd('.') : "nothing";
    }

    private static (byte[] Output, string Error) Run(string folder, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = Encoding.UTF8,
        };
        using Process git = Process.Start(start)!;
        Task<string> error = git.StandardError.ReadToEndAsync();
        try
        {
            git.StandardInput.Write(input);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading, and says why.
        }

        var bytes = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(bytes);
        git.WaitForExit();
        return (bytes.ToArray(), error.Result);
    }
}
