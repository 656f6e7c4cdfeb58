using System;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>What happens around a sound: the same for all tasks, and no help for any.</summary>
/// <param name="Onset">Start of the sound, 0 = as early as possible, 1 = ends with the slice.</param>
/// <param name="Level">Root mean square of the sound while it lasts, dB relative to full scale.</param>
/// <param name="NoiseBelow">How far the noise is below the sound, dB.</param>
/// <param name="NoiseColour">Coefficient of the noise's one-pole filter, negative = bright, near 1 = dark.</param>
/// <param name="DroneHertz">A steady pure tone that has nothing to do with the class.</param>
/// <param name="DroneBelow">How far the drone is below the sound, dB.</param>
public sealed record SceneParameters(
    double Onset, double Level, double NoiseBelow, double NoiseColour, double DroneHertz, double DroneBelow)
{
    /// <summary>Draws a scene.</summary>
    /// <param name="draw">The slice's draws.</param>
    /// <param name="quietest">Least distance of noise below the sound, dB: the task's difficulty.</param>
    public static SceneParameters Draw(ParameterDraw draw, double quietest)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return new SceneParameters(
            Onset: draw.Range(0, 1),
            Level: draw.Range(-44, -24),
            NoiseBelow: draw.Range(quietest, quietest + 18),
            NoiseColour: draw.Range(-0.3, 0.9),
            DroneHertz: draw.LogRange(150, 4000),
            DroneBelow: draw.Range(3, 24));
    }

    internal void Mix(Span<float> slice, int start, int length, SliceRandom random)
    {
        double target = Amplitude(Level);
        Scale(slice, target / Math.Max(RootMeanSquare(slice.Slice(start, length)), 1e-9));
        AddNoise(slice, target * Amplitude(-NoiseBelow), random);
        Partials.Add(slice, [new Partial(1, Math.Sqrt(2) * target * Amplitude(-DroneBelow))], _ => DroneHertz, random);
        foreach (ref float sample in slice)
            sample = Math.Clamp(sample, -1f, 0.9999f);
    }

    private static double Amplitude(double decibels) => Math.Pow(10, decibels / 20);

    private static double RootMeanSquare(ReadOnlySpan<float> sound)
    {
        double sum = 0;
        foreach (float sample in sound)
            sum += sample * sample;
        return Math.Sqrt(sum / Math.Max(1, sound.Length));
    }

    private static void Scale(Span<float> sound, double factor)
    {
        foreach (ref float sample in sound)
            sample *= (float)factor;
    }

    private void AddNoise(Span<float> sound, double rootMeanSquare, SliceRandom random)
    {
        // Uniform noise has variance 1/3; the filter y = c y + x multiplies variance by 1 / (1 - c^2).
        float colour = (float)NoiseColour;
        float gain = (float)(rootMeanSquare * Math.Sqrt(3 * (1 - (NoiseColour * NoiseColour))));
        float filtered = 0;
        foreach (ref float sample in sound)
        {
            filtered = (colour * filtered) + random.NextSigned();
            sample += gain * filtered;
        }
    }
}
