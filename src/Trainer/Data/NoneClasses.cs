using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Data;

/// <summary>The user's names for a class "none of these", for every task or for some.</summary>
public sealed class NoneClasses
{
    private readonly string? everywhere;
    private readonly Dictionary<string, string> byTask;

    private NoneClasses(string? everywhere, Dictionary<string, string> byTask)
    {
        this.everywhere = everywhere;
        this.byTask = byTask;
    }

    /// <summary>No task has one.</summary>
    public static NoneClasses Empty { get; } = new(null, []);

    /// <summary>Tasks that are named.</summary>
    public IReadOnlyCollection<string> Tasks => byTask.Keys;

    /// <summary>The name of a task's class, or null.</summary>
    public string? Of(string task) => byTask.GetValueOrDefault(task) ?? everywhere;

    /// <summary>Reads what was given on the command line: <c>NAME</c> for every task, <c>TASK=NAME</c> for one.</summary>
    /// <param name="texts">One per option.</param>
    /// <param name="problem">What the user has to change, or null.</param>
    public static NoneClasses Parse(IEnumerable<string> texts, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string? all = null;
        var some = new Dictionary<string, string>(StringComparer.Ordinal);
        problem = null;
        foreach (string[] parts in texts.Select(text => text.Split('=', 2)))
        {
            string name = parts[^1];
            bool isNew = parts.Length == 2 ? some.TryAdd(parts[0], name) : all is null;
            if (parts.Length == 1)
                all ??= name;
            if (!FolderNames.IsClass(name) || parts[0].Length == 0)
                problem ??= $"--none is '{string.Join('=', parts)}'; write the class's name, or TASK=NAME for one task, for example --none other or --none keyword=other.";
            else if (!isNew)
                problem ??= $"--none is given twice for {(parts.Length == 2 ? $"task '{parts[0]}'" : "every task")}; a task has one class of that kind.";
        }

        return new NoneClasses(all, some);
    }
}
