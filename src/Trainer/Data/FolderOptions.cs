namespace AdapterCompiler.Trainer.Data;

/// <summary>How files are cut into slices.</summary>
/// <param name="TrainHopFrames">Frames from one training slice to the next; they overlap by half by default.</param>
/// <param name="EvaluationHopFrames">The same for validation and test: slices side by side, so that no sound is counted twice.</param>
public sealed record FolderOptions(int TrainHopFrames, int EvaluationHopFrames)
{
    /// <summary>480 ms for training, 960 ms for the rest.</summary>
    public static FolderOptions Default { get; } = new(48, 96);

    /// <summary>Decides where short training clips lie in their slices, and what is made for <see cref="None"/>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Classes for "none of these".</summary>
    public NoneClasses None { get; init; } = NoneClasses.Empty;

    /// <summary>Recordings of two splits that sound the same, but are no copies byte for byte, are a warning: hums and tones do.</summary>
    public bool AllowsAlike { get; init; }

    /// <summary>The spacing for a split.</summary>
    public int HopFrames(FolderSplit split) => split == FolderSplit.Train ? TrainHopFrames : EvaluationHopFrames;
}
