using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Detection;

/// <summary>Runs a model's integers over whole recordings, a decision every so many frames, as a device does.</summary>
/// <param name="model">The model.</param>
/// <param name="task">Index of the task.</param>
/// <param name="hop">Frames from one decision to the next.</param>
internal sealed class RecordingDecisions(ModelArtifact model, int task, int hop)
{
    private const int Rows = 64;

    private readonly SoundFrontEnd frontEnd = SoundFrontEnd.For(model.FrontEnd, model.Input);

    /// <summary>The logits of every decision; none for what is shorter than a frame. A clip shorter than a window lies in the middle of silence.</summary>
    /// <param name="samples">Of the recording.</param>
    public IReadOnlyList<int[]> Of(float[] samples)
    {
        if (samples.Length < frontEnd.Slices.LeastSamples)
            return [];
        float[] filled = frontEnd.Slices.Filled(samples);
        byte[] codes = frontEnd.Codes(filled);
        int bands = model.Input.Bands, window = model.Input.Frames * bands;
        byte[][] windows = [.. frontEnd.Slices.Starts(filled.Length, hop).Select(start => codes.AsSpan(start / frontEnd.Slices.FrameSamples * bands, window).ToArray())];
        return [.. windows.Chunk(Rows).SelectMany(rows =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor logits = IntegerForward.Run(model, BatchSource.Images(rows, model.Input).to_type(ScalarType.Float64), [task]).Logits[task]!;
            return logits.data<double>().ToArray().Chunk((int)logits.shape[1]).Select(scores => scores.Select(score => (int)score).ToArray()).ToArray();
        })];
    }
}
