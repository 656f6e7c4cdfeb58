using System.CommandLine;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>The options of every command that reads a folder of recordings.</summary>
internal sealed class RecordingOptions
{
    private readonly Option<string[]> none;
    private readonly Option<bool> alike;

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    public RecordingOptions(Command command)
    {
        none = new Option<string[]>("--none") { Description = "a class \"none of these\" of this name for every task, fed with silence, noise and other tasks' recordings; TASK=NAME for one task" };
        alike = new Option<bool>("--allow-alike") { Description = "recordings of two splits that sound the same are a warning: for hums and tones, which do" };
        command.Add(none);
        command.Add(alike);
    }

    /// <summary>How recordings are read; null when something has to be changed.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="folder">The recordings, or null for the built-in set.</param>
    /// <param name="problem">What has to be changed, or null.</param>
    public FolderOptions? Of(ParseResult parsed, string? folder, out string? problem)
    {
        string[] texts = parsed.GetValue(none) ?? [];
        NoneClasses classes = NoneClasses.Parse(texts, out problem);
        if (folder is null && texts.Length > 0)
            problem = $"{none.Name} needs {TrainCommand.DataOption}: the built-in tasks have no class for none of these.";
        return problem is null ? FolderOptions.Default with { None = classes, AllowsAlike = parsed.GetValue(alike) } : null;
    }
}
