using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace AdapterCompiler.Programs;

/// <summary>The C# members of one task.</summary>
/// <param name="Mask">Constant that asks for the task, and the stem of the others.</param>
public sealed record TaskNames(string Mask)
{
    /// <summary>Property with the recognised class.</summary>
    public string Class => Mask + "Class";

    /// <summary>Property with the recognised label.</summary>
    public string Label => Mask + "Label";

    /// <summary>Property with the logits.</summary>
    public string Logits => Mask + "Logits";

    /// <summary>Field with the labels.</summary>
    public string LabelsField => char.ToLowerInvariant(Mask[0]) + Mask.Substring(1) + "Labels";

    /// <summary>Field with the logits.</summary>
    public string LogitsField => char.ToLowerInvariant(Mask[0]) + Mask.Substring(1) + "Logits";

    /// <summary>Method that detects.</summary>
    public string Detect => "Detect" + Mask;

    /// <summary>Field with the last decisions.</summary>
    public string RecentField => char.ToLowerInvariant(Mask[0]) + Mask.Substring(1) + "Recent";

    /// <summary>Field with the thresholds.</summary>
    public string ThresholdsField => char.ToLowerInvariant(Mask[0]) + Mask.Substring(1) + "Thresholds";

    private IEnumerable<string> Members => [Mask, Class, Label, Logits, LogitsField, LabelsField, Detect, RecentField, ThresholdsField];

    /// <summary>Names for all tasks: PascalCase, "Task" appended where a member of that name exists already.</summary>
    /// <param name="tasks">Task names as in the model file.</param>
    /// <param name="reserved">Members that the generated class has anyway.</param>
    public static ValueArray<TaskNames> For(IEnumerable<string> tasks, IEnumerable<string> reserved)
    {
        // What the shared encoder's places are called.
        var taken = new HashSet<string>(reserved, StringComparer.Ordinal) { CodePlaces.Shared };
        var names = new List<TaskNames>();
        foreach (string task in tasks)
        {
            var name = new TaskNames(Pascal(task));
            while (name.Members.Any(taken.Contains))
                name = new TaskNames(name.Mask + "Task");
            taken.UnionWith(name.Members);
            names.Add(name);
        }

        return names.ToValueArray();
    }

    /// <summary>"keyword-spotting" becomes "KeywordSpotting".</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (string word in name.Split('-').Where(word => word.Length > 0))
            text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        return text.ToString();
    }
}
