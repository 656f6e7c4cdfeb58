using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data;

/// <summary>One task's slices. No recording, voice or generator parameter is in two splits.</summary>
/// <param name="Name">Task name as it will stand in the model file, <c>[a-z][a-z0-9-]*</c>.</param>
/// <param name="Labels">Class names, ordinal order; a class is its index here.</param>
/// <param name="Train">For the optimiser.</param>
/// <param name="Validation">For choices: early stopping, calibration.</param>
/// <param name="Test">For the reported accuracy, looked at once.</param>
public sealed record TaskData(string Name, IReadOnlyList<string> Labels, SliceSet Train, SliceSet Validation, SliceSet Test);

/// <summary>Labelled slices: each a row-major image of frames x bands codes, as the front end makes them.</summary>
/// <param name="Codes">One array per slice, frames x bands.</param>
/// <param name="Classes">Class of each slice.</param>
public sealed record SliceSet(IReadOnlyList<byte[]> Codes, IReadOnlyList<int> Classes)
{
    /// <summary>Number of slices.</summary>
    public int Count => Codes.Count;

    /// <summary>Silence around the sound of each slice; null where no clip was padded.</summary>
    public IReadOnlyList<Margin>? Margins { get; init; }
}

/// <summary>Frames of silence that a clip shorter than a slice was padded with.</summary>
/// <param name="Before">Before its sound.</param>
/// <param name="After">Behind it.</param>
public readonly record struct Margin(int Before, int After)
{
    /// <summary>The slice is sound from end to end.</summary>
    public bool IsNone => this == default;
}
