using System;
using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// Which of six kinds of instrument plays, at any pitch of an octave. The network must look at which harmonics are there and how
/// they rise and fall, wherever they lie.
/// </summary>
internal sealed class TimbreTask : IBuiltInTask
{
    private static readonly string[] Kinds = ["bell", "bowed", "brass", "formant", "plucked", "reed"];

    /// <inheritdoc/>
    public string Name => "timbre";

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => Kinds;

    /// <inheritdoc/>
    public SliceParameters Draw(int cls, ParameterDraw draw) => new TimbreParameters(
        cls,
        Kinds[cls],
        SceneParameters.Draw(draw, quietest: 9),
        Hertz: draw.LogRange(200, 400),
        Family: draw.Family(Voicing.Families),
        Brightness: draw.Range(0, 1),
        VibratoRate: draw.Range(4, 7),
        VibratoCents: draw.Range(5, 25),
        Quickness: draw.Range(0, 1),
        Length: draw.LogRange(0.35, 0.75));
}

/// <summary>A tone of one kind of instrument.</summary>
/// <param name="Class">Index into the labels.</param>
/// <param name="Kind">The class's name.</param>
/// <param name="Scene">The surroundings.</param>
/// <param name="Hertz">Fundamental.</param>
/// <param name="Family">Pattern of harmonic strengths.</param>
/// <param name="Brightness">0-1, bends the spectrum of every kind.</param>
/// <param name="VibratoRate">Hertz; a bow changes direction 1.4 times as often.</param>
/// <param name="VibratoCents">Depth, hundredths of a semitone; struck and plucked kinds have none.</param>
/// <param name="Quickness">0-1, shortens rise and fall of every kind.</param>
/// <param name="Length">Seconds.</param>
public sealed record TimbreParameters(
    int Class,
    string Kind,
    SceneParameters Scene,
    double Hertz,
    int Family,
    double Brightness,
    double VibratoRate,
    double VibratoCents,
    double Quickness,
    double Length) : SliceParameters(Class, Scene)
{
    private const int Harmonics = 24;

    // Modes of a struck bar and shell, in between those of real bells: what matters is that they are not harmonic.
    private static readonly double[] BellRatios = [1, 2.09, 2.76, 3.61, 4.8, 5.95, 7.3, 8.9];

    /// <inheritdoc/>
    protected override double Seconds => Length;

    /// <inheritdoc/>
    protected override void AddSound(Span<float> sound, SliceRandom random)
    {
        double bowing = Kind == "bowed" ? 0.4 : 0;
        bool steady = Kind is "bowed" or "brass" or "formant" or "reed";
        double attack = Kind == "bowed" ? Between(0.16, 0.08, Quickness) : Between(0.03, 0.01, Quickness);
        double cents = steady ? VibratoCents : 0;
        Partials.Add(
            sound,
            Kind == "bell" ? Bell() : Harmonic(),
            time => Envelope.Vibrato(Hertz, cents, VibratoRate, time),
            random,
            time => Envelope.Edges(time, Length, steady ? attack : 0.002, 0.04) * Bowing(bowing, time));
    }

    private static double Between(double atZero, double atOne, double position) => atZero + ((atOne - atZero) * position);

    /// <summary>A bow that moves to and fro, faster than the hand's vibrato.</summary>
    private double Bowing(double depth, double time) =>
        1 - depth + (depth * Math.Sin(2 * Math.PI * 1.4 * VibratoRate * time));

    private static double Peak(double hertz, double centre, double width) => Math.Exp(-Math.Pow((hertz - centre) / width, 2));

    private Partial[] Bell()
    {
        var partials = new Partial[BellRatios.Length];
        for (int i = 0; i < partials.Length; i++)
        {
            double fall = Between(0.6, 0.25, Quickness) / (1 + (0.15 * i));
            partials[i] = new Partial(BellRatios[i], Strength(i + 1, Between(0.9, 0.3, Brightness)), Fall: fall);
        }

        return partials;
    }

    private Partial[] Harmonic()
    {
        var partials = new Partial[Harmonics];
        for (int n = 1; n <= Harmonics; n++)
        {
            double hertz = n * Hertz;
            partials[n - 1] = Kind switch
            {
                "bowed" => new Partial(n, Strength(n, Between(1.2, 0.8, Brightness))),
                // High harmonics come in late, the sound of a lip that is pressed harder and harder.
                "brass" => new Partial(n, Strength(n, Between(0.9, 0.5, Brightness)), Rise: (n - 1) * Between(0.05, 0.03, Quickness)),
                "formant" => new Partial(n, Vowel(hertz) * Strength(n, 0.3)),
                // A string loses its high harmonics first.
                "plucked" => new Partial(n, Strength(n, Between(1.1, 0.7, Brightness)), Fall: Between(0.7, 0.35, Quickness) / (1 + (0.35 * (n - 1)))),
                // A pipe closed at one end has odd harmonics only.
                "reed" => new Partial(n, Strength(n, Between(0.9, 0.5, Brightness)) * (n % 2 == 1 ? 1 : 0.03)),
                _ => throw new InvalidOperationException(Kind),
            };
        }

        return partials;
    }

    private double Vowel(double hertz) =>
        Peak(hertz, Between(500, 800, Brightness), 150) + (0.7 * Peak(hertz, Between(1900, 2700, Brightness), 250)) + 0.01;

    private double Strength(int harmonic, double tilt) => Math.Pow(harmonic, -tilt) * Voicing.Gain(Family, harmonic, depth: 0.4);
}
