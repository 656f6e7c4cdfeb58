using System;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>What a slice is made from: its class, and numbers that no slice of another split uses.</summary>
/// <param name="Class">Index into the task's labels.</param>
/// <param name="Scene">Where in the slice, how loud, in what noise.</param>
public abstract record SliceParameters(int Class, SceneParameters Scene)
{
    /// <summary>Renders the slice.</summary>
    /// <param name="random">For phases and noise.</param>
    /// <returns><see cref="BuiltInCorpus.SliceLength"/> samples at 16 kHz in [-1, 1).</returns>
    public float[] Render(SliceRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var sound = new float[BuiltInCorpus.SliceLength];
        int length = Math.Min(sound.Length, (int)(Seconds * BuiltInCorpus.SampleRate));
        int start = (int)(Scene.Onset * (sound.Length - length));
        AddSound(sound.AsSpan(start, length), random);
        Scene.Mix(sound, start, length, random);
        return sound;
    }

    /// <summary>Length of the sound in seconds, less than a slice.</summary>
    protected abstract double Seconds { get; }

    /// <summary>Adds the sound, at any level; the scene brings it to its own.</summary>
    /// <param name="sound">The part of the slice from onset to end.</param>
    /// <param name="random">For phases and noise.</param>
    protected abstract void AddSound(Span<float> sound, SliceRandom random);
}
