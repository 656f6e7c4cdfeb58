using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// How a tone moves, anywhere in more than an octave: up, down, up and down, to and fro, in pulses, or as a burst of noise. The
/// network must follow frequency over time and ignore where it started.
/// </summary>
internal sealed class ChirpTask : IBuiltInTask
{
    private static readonly string[] Kinds = ["arch", "burst", "down", "pulse", "trill", "up"];

    /// <inheritdoc/>
    public string Name => "chirp";

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => Kinds;

    /// <inheritdoc/>
    public SliceParameters Draw(int cls, ParameterDraw draw) => new ChirpParameters(
        cls,
        Kinds[cls],
        SceneParameters.Draw(draw, quietest: -6),
        CentreHertz: draw.LogRange(800, 2000),
        Octaves: draw.Range(0.4, 1),
        Rate: draw.Range(6, 11),
        Overtone: draw.Range(0, 0.5),
        Length: draw.LogRange(0.35, 0.75));
}

/// <summary>A moving tone.</summary>
/// <param name="Class">Index into the labels.</param>
/// <param name="Kind">The class's name.</param>
/// <param name="Scene">The surroundings.</param>
/// <param name="CentreHertz">Middle of the movement.</param>
/// <param name="Octaves">From the lowest to the highest frequency.</param>
/// <param name="Rate">Trills or pulses per second.</param>
/// <param name="Overtone">Strength of the second harmonic.</param>
/// <param name="Length">Seconds.</param>
public sealed record ChirpParameters(
    int Class,
    string Kind,
    SceneParameters Scene,
    double CentreHertz,
    double Octaves,
    double Rate,
    double Overtone,
    double Length) : SliceParameters(Class, Scene)
{
    private const double TrillOctaves = 0.4;

    /// <inheritdoc/>
    protected override double Seconds => Length;

    /// <inheritdoc/>
    protected override void AddSound(Span<float> sound, SliceRandom random)
    {
        if (Kind == "burst")
            AddBurst(sound, random);
        else
            Partials.Add(sound, [new Partial(1, 1), new Partial(2, Overtone)], Frequency, random, Gain);
    }

    private double Frequency(double time)
    {
        double position = Math.Clamp(time / Length, 0, 1);
        double octaves = Kind switch
        {
            "up" => Octaves * (position - 0.5),
            "down" => Octaves * (0.5 - position),
            "arch" => Octaves * (0.5 - Math.Abs((2 * position) - 1)),
            "trill" => TrillOctaves * Octaves * Math.Sin(2 * Math.PI * Rate * time),
            _ => 0,
        };
        return CentreHertz * Math.Pow(2, octaves);
    }

    private double Gain(double time)
    {
        double edges = Envelope.Edges(time, Length, 0.02, 0.02);
        return Kind == "pulse" ? edges * Math.Pow(Math.Sin(Math.PI * Rate * time), 2) : edges;
    }

    /// <summary>White noise through a two-pole resonance as wide as a sweep would be.</summary>
    private void AddBurst(Span<float> sound, SliceRandom random)
    {
        double radius = Math.Exp(-Math.PI * CentreHertz * Octaves * 0.35 / BuiltInCorpus.SampleRate);
        float a1 = (float)(2 * radius * Math.Cos(2 * Math.PI * CentreHertz / BuiltInCorpus.SampleRate));
        float a2 = (float)(-radius * radius);
        float y1 = 0, y2 = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            float y = random.NextSigned() + (a1 * y1) + (a2 * y2);
            (y1, y2) = (y, y1);
            sound[i] += y * (float)Gain(i / (double)BuiltInCorpus.SampleRate);
        }
    }
}
