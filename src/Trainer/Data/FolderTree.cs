using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Data;

/// <summary>A task's folder. Classes in ordinal order.</summary>
internal sealed record FolderTask(string Name, string Path, IReadOnlyList<string> Classes)
{
    public int ClassIndex(string name) => Classes.Index().First(item => item.Item.Equals(name, StringComparison.Ordinal)).Index;
}

/// <summary>One file and where it belongs.</summary>
internal sealed record FolderFile(string Task, FolderSplit Split, string Class, string Path);

/// <summary>Names only: tasks, classes and files of a corpus folder, with every mistake of its layout.</summary>
internal sealed class FolderTree
{
    private static readonly (FolderSplit Split, string Name)[] Splits =
        [(FolderSplit.Train, "train"), (FolderSplit.Validation, "val"), (FolderSplit.Test, "test")];

    private readonly List<FolderError> errors = [];
    private readonly List<FolderTask> tasks = [];
    private readonly List<FolderFile> files = [];

    private readonly NoneClasses none;
    private readonly (FolderSplit Split, string Name)[] wanted;

    private FolderTree(string root, NoneClasses none, (FolderSplit Split, string Name)[] wanted)
    {
        Root = root;
        this.none = none;
        this.wanted = wanted;
    }

    public string Root { get; }

    public IReadOnlyList<FolderError> Errors => errors;

    public IReadOnlyList<FolderTask> Tasks => tasks;

    /// <summary>Ordinal order of task, then split, then class, then path.</summary>
    public IReadOnlyList<FolderFile> Files => files;

    public static string FolderOf(FolderSplit split) => Splits[(int)split].Name;

    /// <summary>Reads the folder's names.</summary>
    /// <param name="root">DIR.</param>
    /// <param name="none">Classes that need no folder.</param>
    public static FolderTree Scan(string root, NoneClasses none) => Scan(new FolderTree(root, none, Splits));

    /// <summary>Reads the names of one split: the others may be missing, or have other classes.</summary>
    /// <param name="root">DIR.</param>
    /// <param name="split">Name of its folder: train, val or test.</param>
    public static FolderTree ScanSplit(string root, string split) => Scan(new FolderTree(root, NoneClasses.Empty, [Splits.Single(each => each.Name.Equals(split, StringComparison.Ordinal))]));

    private static FolderTree Scan(FolderTree tree)
    {
        try
        {
            tree.ScanRoot();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            tree.Error(tree.Root, $"the folder cannot be read: {exception.Message}");
        }

        return tree;
    }

    private void ScanRoot()
    {
        if (!Directory.Exists(Root))
        {
            Error(Root, File.Exists(Root) ? "this is a file; give the folder that holds the tasks" : "there is no such folder; check its path");
            return;
        }

        List<string> names = Subfolders(Root);
        if (names.Count == 0)
            Error(Root, "no task found; the layout is DIR/<task>/<train|val|test>/<class>/*.wav");
        else if (names.Any(name => Splits.Any(split => split.Name.Equals(name, StringComparison.Ordinal))))
            Error(Root, $"found {Quoted(names)} where tasks are expected: this looks like one task's folder; give the folder above it");
        else
            ScanTasks(names);
    }

    private void ScanTasks(List<string> names)
    {
        if (names.Count > ArtifactLimits.Tasks)
            Error(Root, $"found {names.Count} tasks; a model has {ArtifactLimits.Tasks} at most: move some folders elsewhere");
        foreach (IGrouping<string, string> same in names.Where(FolderNames.IsTask).GroupBy(ArtifactNames.ToIdentifier, StringComparer.Ordinal).Where(group => group.Count() > 1))
            Error(Root, $"the tasks {Quoted(same)} would both be called {same.Key} in C#; rename one");
        foreach (string stranger in none.Tasks.Where(task => !names.Contains(task, StringComparer.Ordinal)))
            Error(Root, $"--none names the task '{stranger}', which is not here; the tasks are {Quoted(names)}");
        foreach (string name in names)
            ScanTask(name);
    }

    private void ScanTask(string name)
    {
        string path = Path.Combine(Root, name);
        if (!FolderNames.IsTask(name))
        {
            string remedy = FolderNames.SuggestTask(name) is { } better ? $"rename the folder, for example to '{better}'" : "rename the folder";
            Error(path, $"'{name}' cannot be a task's name: lower-case letters a-z, digits and hyphens, a letter first; {remedy}");
            return;
        }

        List<string> found = Subfolders(path);
        var strange = found.Where(folder => !Splits.Any(split => split.Name.Equals(folder, StringComparison.Ordinal))).ToList();
        if (strange.Count > 0)
            Error(path, $"found {Quoted(strange)}, which is no split; a task holds the folders 'train', 'val' and 'test' only: rename or move it");
        var missing = wanted.Select(split => split.Name).Where(split => !found.Contains(split, StringComparer.Ordinal)).ToList();
        if (missing.Count > 0)
        {
            Error(path, wanted.Length > 1
                ? $"the split {Quoted(missing)} is missing; a task needs train, val and test, each with a folder for every class. Move recordings there (no recording in two splits)"
                : $"the split {Quoted(missing)} is missing; it needs a folder for every class, {Path.Combine(path, missing[0])}/<class>/*.wav, and may have others, which are background. {(found.Count == 0 ? "Put recordings there" : $"Put recordings there, or choose what is here, {Quoted(found)}, with --split")}");
        }

        if (strange.Count + missing.Count == 0)
            ScanClasses(name, path);
    }

    private void ScanClasses(string task, string path)
    {
        var classesOf = wanted.ToDictionary(split => split.Split, split => Subfolders(Path.Combine(path, split.Name)));
        List<string> all = classesOf.Values.SelectMany(names => names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        int before = errors.Count;
        foreach ((FolderSplit split, string folder) in wanted)
        {
            var missing = all.Except(classesOf[split], StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
                Error(Path.Combine(path, folder), $"the class {Quoted(missing)} is missing here and present in another split; every split needs the same classes: {Quoted(all)}");
        }

        if (none.Of(task) is { } made && !all.Contains(made, StringComparer.Ordinal))
            all = [.. all.Append(made).Order(StringComparer.Ordinal)];
        foreach (string name in all.Where(name => !FolderNames.IsClass(name)))
            Error(path, $"'{name}' cannot be a class's name: {ArtifactLimits.LabelLength} characters at most, no control characters, no space at an end; rename the folder in every split");
        if (all.Count > ArtifactLimits.Classes)
            Error(path, $"found {all.Count} classes; a task has {ArtifactLimits.Classes} at most");
        if (all.Count < 2)
            Error(path, $"a task needs two classes or more; found {(all.Count == 0 ? "none" : Quoted(all))} (DIR/<task>/{wanted[0].Name}/<class>/*.wav)");
        if (errors.Count > before)
            return;
        tasks.Add(new FolderTask(task, path, all));
        foreach ((FolderSplit split, string folder) in wanted)
        {
            foreach (string name in all.Where(name => Directory.Exists(Path.Combine(path, folder, name))))
                files.AddRange(FilesBelow(Path.Combine(path, folder, name)).Select(file => new FolderFile(task, split, name, file)));
        }
    }

    /// <summary>Hidden files (.DS_Store and the like) are nobody's recordings.</summary>
    private static IEnumerable<string> FilesBelow(string folder) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
        .OrderBy(path => path.Replace('\\', '/'), StringComparer.Ordinal);

    private static List<string> Subfolders(string folder) => Directory
        .EnumerateDirectories(folder, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System })
        .Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal)
        .ToList();

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private void Error(string path, string message) => errors.Add(new FolderError(path, message));
}
