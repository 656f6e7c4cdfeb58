namespace AdapterCompiler.Generators;

/// <summary>Names of the generator's steps; the caching tests ask for them.</summary>
internal static class StepNames
{
    /// <summary>Model files with their settings: <see cref="ModelRequest"/>.</summary>
    public const string Requests = nameof(Requests);

    /// <summary>The project file's text: <see cref="ProjectFile"/>.</summary>
    public const string Project = nameof(Project);

    /// <summary>Items that may not both be there: <see cref="Clash"/>.</summary>
    public const string Clashes = nameof(Clashes);

    /// <summary>Models that no longer fit into the assembly together: <see cref="Overrun"/>.</summary>
    public const string Overruns = nameof(Overruns);

    /// <summary>Classes of other projects that are called and not there: <see cref="MissingClass"/>.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>Results of the compiler: <see cref="CompiledModel"/>.</summary>
    public const string Compiled = nameof(Compiled);

    /// <summary>What is added to the compilation: <see cref="NamedSource"/>.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>What is reported: <see cref="LocatedDiagnostic"/>.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>All of them.</summary>
    public static ValueArray<string> All { get; } = ValueArray.Of(Requests, Project, Clashes, Compiled, Overruns, Missing, Sources, Diagnostics);
}
