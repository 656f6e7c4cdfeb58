namespace AdapterCompiler.Usage;

/// <summary>Exit codes of both programs; docs/training.md lists them.</summary>
public static class ProgramExit
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>What the program was given has mistakes, all of them printed; or a place cannot be read or written.</summary>
    public const int Mistake = 1;

    /// <summary>The command line itself cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>No setting of Torch convolves right on this machine.</summary>
    public const int WrongConvolutions = 3;

    /// <summary>Training, or what was made from it, left the numbers.</summary>
    public const int NotFinite = 4;

    /// <summary>Nothing was compared: one of two models cannot be read. Apart from <see cref="Mistake"/>, which says that a condition of --fail-on holds.</summary>
    public const int NotCompared = 5;

    /// <summary>What shells report for a process that Ctrl-C ended.</summary>
    public const int Interrupted = 130;
}
