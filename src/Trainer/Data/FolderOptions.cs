namespace AdapterCompiler.Trainer.Data;

/// <summary>How files are cut into slices.</summary>
/// <param name="TrainHopFrames">Frames from one training slice to the next; they overlap by half by default.</param>
/// <param name="EvaluationHopFrames">The same for validation and test: slices side by side, so that no sound is counted twice.</param>
public sealed record FolderOptions(int TrainHopFrames, int EvaluationHopFrames)
{
    /// <summary>480 ms for training, 960 ms for the rest.</summary>
    public static FolderOptions Default { get; } = new(48, 96);

    /// <summary>The spacing for a split.</summary>
    public int HopFrames(FolderSplit split) => split == FolderSplit.Train ? TrainHopFrames : EvaluationHopFrames;
}
