using System;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>Shapes over time that the generators share.</summary>
internal static class Envelope
{
    /// <summary>Raised-cosine edges around a flat middle: no click at either end.</summary>
    /// <param name="time">Seconds from the start.</param>
    /// <param name="length">Seconds.</param>
    /// <param name="attack">Seconds of the rising edge.</param>
    /// <param name="release">Seconds of the falling edge.</param>
    public static double Edges(double time, double length, double attack, double release) =>
        Edge(time / attack) * Edge((length - time) / release);

    /// <summary>A frequency that swings by a few cents, as a player's hand does.</summary>
    /// <param name="hertz">Middle.</param>
    /// <param name="cents">Swing to either side, hundredths of a semitone.</param>
    /// <param name="rate">Swings per second.</param>
    /// <param name="time">Seconds.</param>
    public static double Vibrato(double hertz, double cents, double rate, double time) =>
        hertz * Math.Pow(2, cents / 1200 * Math.Sin(2 * Math.PI * rate * time));

    private static double Edge(double position) =>
        position <= 0 ? 0 : position >= 1 ? 1 : 0.5 - (0.5 * Math.Cos(Math.PI * position));
}
