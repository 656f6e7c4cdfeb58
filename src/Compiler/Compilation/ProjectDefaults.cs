using System;
using System.Linq;
using System.Text;

namespace AdapterCompiler.Compilation;

/// <summary>What counts where a project says nothing. Generator and command line share it, so that both make the same files.</summary>
public static class ProjectDefaults
{
    private const string Suffix = "Model";

    /// <summary>Class for a model file: <c>keyword-spotting.adapter</c> becomes <c>KeywordSpottingModel</c>. Always a C# identifier.</summary>
    /// <param name="path">Path or name of the file, either kind of slash.</param>
    public static string ClassName(string path)
    {
        var name = new StringBuilder();
        bool startsWord = true;
        foreach (char c in FileName(path, withExtension: false))
        {
            if (c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9')
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z');
        }

        if (name.Length > 0 && name[0] is >= '0' and <= '9')
            name.Insert(0, '_');
        string text = name.ToString();
        return text.EndsWith(Suffix, StringComparison.Ordinal) ? text : text + Suffix;
    }

    /// <summary>Namespace for a project's RootNamespace: other characters become underscores, as in the SDK's own templates.</summary>
    public static string Namespace(string rootNamespace) =>
        string.Join(".", rootNamespace.Split('.').Where(part => part.Length > 0).Select(Segment));

    /// <summary>Task names of a list separated by ';' or ',', each once, in the order written; empty asks for all.</summary>
    public static ValueArray<string> Tasks(string list) => list.Split(';', ',')
        .Select(name => name.Trim())
        .Where(name => name.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .ToValueArray();

    /// <summary>The last part of a path, either kind of slash, on any operating system.</summary>
    public static string FileName(string path, bool withExtension = true)
    {
        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        int dot = name.LastIndexOf('.');
        return withExtension || dot <= 0 ? name : name.Substring(0, dot);
    }

    private static string Segment(string part)
    {
        string text = new(part.Select(c => CSharpIdentifier.IsValid("_" + c) ? c : '_').ToArray());
        return CSharpIdentifier.IsValid(text) ? text : "_" + text;
    }
}
