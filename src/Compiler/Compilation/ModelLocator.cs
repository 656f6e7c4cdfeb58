using System;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Compilation;

/// <summary>Finds the line of a channel or class in a model file that has been read without error.</summary>
internal static class ModelLocator
{
    /// <summary>Position of the line; the file's start where there is no such line.</summary>
    /// <param name="text">The model file.</param>
    /// <param name="task">Task name; null for the shared encoder.</param>
    /// <param name="layer">Layer from 1; one past the last for the head.</param>
    /// <param name="number">Channel or class, from 1.</param>
    public static TextPosition Find(string text, string? task, int layer, int number)
    {
        string section = task is null ? "encoder shared" : "task " + task;
        bool inSection = false;
        int currentLayer = 0, line = 0;
        foreach (string raw in text.Split('\n'))
        {
            line++;
            string content = raw.TrimEnd('\r');
            if (IsLine(content, "encoder ") || IsLine(content, "task "))
                (inSection, currentLayer) = (content == section, 0);
            else if (IsLine(content, "layer ") || IsLine(content, "head "))
                currentLayer++;
            else if (inSection && currentLayer == layer && (IsLine(content, "channel " + Wording.Number(number) + " ") || IsLine(content, "class " + Wording.Number(number) + " ")))
                return new TextPosition(line, 1, content.Length);
        }

        return new TextPosition(1, 1, 1);
    }

    private static bool IsLine(string content, string start) => content.StartsWith(start, StringComparison.Ordinal);
}
