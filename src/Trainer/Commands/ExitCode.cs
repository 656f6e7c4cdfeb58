using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Reporting;
using AdapterCompiler.Usage;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Exit codes of runs.</summary>
internal static class ExitCode
{
    /// <summary>Code of a run.</summary>
    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Finished => ProgramExit.Done,
        RunOutcome.Stopped => ProgramExit.Interrupted,
        RunOutcome.WrongConvolutions => ProgramExit.WrongConvolutions,
        RunOutcome.NotFinite => ProgramExit.NotFinite,
        _ => ProgramExit.Mistake,
    };

    /// <summary>Says what to change in what the program was given.</summary>
    public static int Mistake(RunConsole console, string problem)
    {
        console.Error(problem);
        return ProgramExit.Mistake;
    }

    /// <summary>Says what to change in the command line.</summary>
    public static int Usage(RunConsole console, string problem)
    {
        console.Error(problem);
        return ProgramExit.Usage;
    }
}
