using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Exit codes; docs/training.md lists them.</summary>
internal static class ExitCode
{
    private const int Success = 0, Failure = 1;

    /// <summary>No setting of Torch convolves right on this machine.</summary>
    private const int WrongConvolutions = 3;

    /// <summary>Training, or what was made from it, left the numbers.</summary>
    private const int NotFinite = 4;

    /// <summary>What shells report for a process that Ctrl-C ended.</summary>
    private const int Interrupted = 130;

    /// <summary>Code of a run.</summary>
    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Finished => Success,
        RunOutcome.Stopped => Interrupted,
        RunOutcome.WrongConvolutions => WrongConvolutions,
        RunOutcome.NotFinite => NotFinite,
        _ => Failure,
    };

    /// <summary>Says what to change.</summary>
    public static int Mistake(RunConsole console, string problem)
    {
        console.Error(problem);
        return Failure;
    }
}
