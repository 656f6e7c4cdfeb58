using System.Text;

namespace AdapterCompiler.Text;

/// <summary>Writes indented C# with "\n" line ends, whatever the machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>An empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>One line at the current depth; lines inside <paramref name="line"/> are indented too.</summary>
    public void Line(string line)
    {
        foreach (string part in line.Split('\n'))
        {
            if (part.Length > 0)
                text.Append(' ', depth * 4).Append(part);
            text.Append('\n');
        }
    }

    /// <summary>A line, then an opening brace.</summary>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        depth++;
    }

    /// <summary>A closing brace.</summary>
    public void Close(string after = "")
    {
        depth--;
        Line("}" + after);
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
