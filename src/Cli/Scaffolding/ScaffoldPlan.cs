using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>What is to be written: one project per part, a program that uses the last one, the solution around them.</summary>
/// <param name="ModelPath">The model file.</param>
/// <param name="Options">Names, tasks, device; the namespace is never empty.</param>
/// <param name="Parts">The compiled parts, first to last.</param>
/// <param name="WhyParts">Why there are several, a sentence; empty for one.</param>
/// <param name="Hearing">The class that hears, where it has a project of its own.</param>
/// <param name="SampleRate">Of the sound that the model hears, hertz.</param>
internal sealed record ScaffoldPlan(string ModelPath, CompilationOptions Options, IReadOnlyList<CompilationResult> Parts, string WhyParts, CompilationResult? Hearing, int SampleRate)
{
    /// <summary>Version of the package that the projects ask for: this tool's own.</summary>
    public static string PackageVersion { get; } = typeof(ScaffoldPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The class library that fits the released interpreter.</summary>
    public const string CoreLibraryVersion = "1.17.11";

    /// <summary>What pages fold and git diff leaves out: docs/reviewing-models.md.</summary>
    private const string GitText = """
        * text=auto eol=lf
        # The model is text: git diff shows a turned gate as one line. Pages fold what is generated.
        *.adapter text eol=lf linguist-generated
        *.g.cs linguist-generated
        # The weights as code, where generated code is committed: changed by every retrain, read by nobody line by line.
        *.Weights.g.cs linguist-generated -diff

        """;

    /// <summary>The project with the program.</summary>
    public string Demo => Options.ClassName + "Demo";

    /// <summary>Projects of the parts, first to last; each is named after its class.</summary>
    public IReadOnlyList<string> PartProjects => [.. Enumerable.Range(1, Parts.Count).Select(number => PartIdentity.ClassName(Options.ClassName, number, Parts.Count))];

    /// <summary>The project of the class that hears; null where there is none.</summary>
    public string? HearingProject => Hearing is null ? null : Options.ClassName + "Sound";

    /// <summary>Projects of generated code, in the order in which they refer to each other.</summary>
    public IEnumerable<string> Projects => HearingProject is { } hearing ? PartProjects.Prepend(hearing) : PartProjects;

    /// <summary>What each of them needs.</summary>
    public IEnumerable<(string Project, AssemblyBudget Budget)> Budgets => Projects.Zip(Parts.Select(part => part.Budget!).Prepend(Hearing?.Budget).OfType<AssemblyBudget>());

    /// <summary>Every file by its path below the folder, with '/'; the model file's own copy is not text and comes apart.</summary>
    public IEnumerable<(string Path, string Text)> Files()
    {
        yield return (".gitattributes", GitText);
        yield return ("Directory.Build.props", ProjectTexts.Shared(this));
        for (int number = 1; number <= Parts.Count; number++)
        {
            string project = PartProjects[number - 1];
            yield return (ProjectPath(project), ProjectTexts.Part(this, number));
            // A project needs a file of its own (CS2008): the class comes from the generator.
            yield return (project + "/Properties/AssemblyInfo.cs", ProjectTexts.AssemblyInfo(project));
        }

        if (HearingProject is { } hearing)
        {
            yield return (ProjectPath(hearing), ProjectTexts.Hearing(this));
            yield return (hearing + "/Properties/AssemblyInfo.cs", ProjectTexts.AssemblyInfo(hearing));
        }

        yield return (ProjectPath(Demo), ProjectTexts.Demo(this));
        foreach ((string name, string text) in Options.Hears ? ListenerText.Of(this) : [("Program.cs", ProgramText.Of(this))])
            yield return (Demo + "/" + name, text);
        yield return (Options.ClassName + ".sln", SolutionText.Of([.. Projects, Demo]));
        yield return ("README.md", ReadmeText.Of(this));
    }

    /// <summary>Where the model file is copied to.</summary>
    public string ModelCopy => "models/" + Path.GetFileName(ModelPath);

    private static string ProjectPath(string project) => project + "/" + project + ".csproj";
}
