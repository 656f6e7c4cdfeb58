using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Xml;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace AdapterCompiler.Generators;

/// <summary>The project's own text: a mistake in an AdapterModel item is shown where it is written.</summary>
/// <param name="Path">The project file; "" if the build did not hand it over.</param>
/// <param name="Text">Its text.</param>
internal sealed record ProjectFile(string Path, string Text)
{
    public static ProjectFile None { get; } = new("", "");

    public static ProjectFile Read(AdditionalText file, CancellationToken cancellation) => new(file.Path, file.GetText(cancellation)?.ToString() ?? "");

    /// <summary>
    /// Place of the item for a model, from its &lt; to the end of the line; null where it cannot be told, as with an item in an
    /// imported file. An item that names the file comes first, then the only one that could mean it (a wildcard, a property).
    /// </summary>
    public TextPosition? Find(string modelPath)
    {
        List<Item> items = ReadItems();
        string wanted = Normal(modelPath);
        string name = ProjectDefaults.FileName(wanted);
        Item[] same = items.Where(item => EndsWithPath(wanted, item.Include)).ToArray();
        if (same.Length == 0)
            same = items.Where(item => ProjectDefaults.FileName(item.Include) == name).ToArray();
        if (same.Length == 0)
            same = items.Where(item => item.Include.IndexOfAny(['*', '$', '@']) >= 0).ToArray();
        return same.Length == 1 ? same[0].Position : null;
    }

    private List<Item> ReadItems()
    {
        var items = new List<Item>();
        string[] lines = Text.Split('\n');
        try
        {
            using XmlReader reader = XmlReader.Create(new System.IO.StringReader(Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "AdapterModel" || reader.GetAttribute("Include") is not { } include)
                    continue;
                var place = (IXmlLineInfo)reader;
                // The reader points at the name, behind the <.
                int column = place.LinePosition - 1;
                int length = lines[place.LineNumber - 1].TrimEnd().Length - (column - 1);
                var position = new TextPosition(place.LineNumber, column, Math.Max(1, length));
                items.AddRange(include.Split(';').Select(part => new Item(Normal(part.Trim()), position)).Where(item => item.Include.Length > 0));
            }
        }
        catch (XmlException)
        {
            // MSBuild has read the file, so this is an edit in progress: what was found so far counts.
        }

        return items;
    }

    private static string Normal(string path)
    {
        string text = path.Replace('\\', '/');
        while (text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal))
            text = text.Substring(text.IndexOf('/') + 1);
        return text;
    }

    private static bool EndsWithPath(string path, string end) =>
        path == end || path.EndsWith("/" + end, StringComparison.Ordinal);

    private sealed record Item(string Include, TextPosition Position);
}
