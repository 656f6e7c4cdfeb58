using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// Which of twelve notes, three semitones apart over three octaves (220 to 1,480 Hz), a short tone of unknown instrument plays. Neighbours are
/// 1.2 mel bands apart at the bottom and 4 at the top. The network must place harmonics on the frequency axis to a band and
/// ignore everything about time.
/// </summary>
internal sealed class PitchTask : IBuiltInTask
{
    private static readonly string[] Rising = ["a3", "c4", "ds4", "fs4", "a4", "c5", "ds5", "fs5", "a5", "c6", "ds6", "fs6"];

    private static readonly string[] Sorted = [.. Rising.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public string Name => "pitch";

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => Sorted;

    /// <inheritdoc/>
    public SliceParameters Draw(int cls, ParameterDraw draw) => new PitchParameters(
        cls,
        220 * Math.Pow(2, Array.IndexOf(Rising, Sorted[cls]) / 4.0),
        SceneParameters.Draw(draw, quietest: 3),
        Cents: draw.Range(-35, 35),
        Tilt: draw.Range(0.3, 1.6),
        Family: draw.Family(Voicing.Families),
        VibratoRate: draw.Range(4, 7),
        VibratoCents: draw.Range(2, 30),
        Attack: draw.LogRange(0.005, 0.06),
        Length: draw.LogRange(0.12, 0.5),
        Fall: draw.LogRange(0.1, 1));
}

/// <summary>A note.</summary>
/// <param name="Class">Index into the labels.</param>
/// <param name="NoteHertz">The class's own frequency: the answer, so the same in all splits.</param>
/// <param name="Scene">The surroundings.</param>
/// <param name="Cents">Detuning, hundredths of a semitone.</param>
/// <param name="Tilt">Harmonic n has strength n^-tilt.</param>
/// <param name="Family">Pattern of harmonic strengths.</param>
/// <param name="VibratoRate">Hertz.</param>
/// <param name="VibratoCents">Depth, hundredths of a semitone.</param>
/// <param name="Attack">Seconds.</param>
/// <param name="Length">Seconds.</param>
/// <param name="Fall">Time constant of the decay, seconds.</param>
public sealed record PitchParameters(
    int Class,
    double NoteHertz,
    SceneParameters Scene,
    double Cents,
    double Tilt,
    int Family,
    double VibratoRate,
    double VibratoCents,
    double Attack,
    double Length,
    double Fall) : SliceParameters(Class, Scene)
{
    private const int Harmonics = 16;

    /// <inheritdoc/>
    protected override double Seconds => Length;

    /// <inheritdoc/>
    protected override void AddSound(Span<float> sound, SliceRandom random)
    {
        double hertz = NoteHertz * Math.Pow(2, Cents / 1200);
        var partials = new Partial[Harmonics];
        for (int n = 1; n <= Harmonics; n++)
            partials[n - 1] = new Partial(n, Math.Pow(n, -Tilt) * Voicing.Gain(Family, n, depth: 0.8), Fall: Fall);
        Partials.Add(
            sound,
            partials,
            time => Envelope.Vibrato(hertz, VibratoCents, VibratoRate, time),
            random,
            time => Envelope.Edges(time, Length, Attack, 0.03));
    }
}
