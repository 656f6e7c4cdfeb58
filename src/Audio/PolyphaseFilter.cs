using System;
using System.Collections.Concurrent;
using System.Runtime.Intrinsics;

namespace AdapterCompiler.Audio;

/// <summary>
/// The low-pass of a rate change by Up / Down, one row of taps for each of the Up phases. Kaiser-windowed sinc, 80 dB of attenuation,
/// -6 dB at the lower of the two Nyquist frequencies, transition 2.5 % to either side.
/// </summary>
/// <remarks>To 16 kHz: flat up to 7.8 kHz, where the front end's highest band ends; what folds back from above 8 kHz lands between 7.8 and 8 kHz.</remarks>
internal sealed class PolyphaseFilter
{
    private const double Attenuation = 80;
    private const double Transition = 0.05;
    private const int Lanes = 8;

    /// <summary>Phases of the largest table. Rates that would need more (primes, say) come out up to 0.05 % fast or slow: less than a hundredth of a semitone.</summary>
    private const int MostPhases = 2048;

    private static readonly ConcurrentDictionary<(int From, int To), PolyphaseFilter> Cache = new();

    private readonly float[] rows;

    private PolyphaseFilter(int up, int down)
    {
        (Up, Down) = (up, down);

        // Relative to the input's rate: the cutoff and, by Kaiser's formula, the length for that attenuation and transition.
        double nyquist = 0.5 * Math.Min(1.0, up / (double)down);
        double length = (Attenuation - 7.95) / (14.36 * Transition * nyquist);
        int half = (int)Math.Ceiling(length / 2);
        Taps = ((2 * half) + Lanes - 1) / Lanes * Lanes;
        rows = new float[up * Taps];
        double beta = 0.1102 * (Attenuation - 8.7);
        for (int phase = 0; phase < up; phase++)
            FillRow(rows.AsSpan(phase * Taps, Taps), phase / (double)up, nyquist, beta);
    }

    /// <summary>Output samples for every <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    /// <summary>Input samples for every <see cref="Up"/> output samples.</summary>
    public int Down { get; }

    /// <summary>Input samples under the filter: Taps / 2 - 1 before the output's integer position, the rest from there on.</summary>
    public int Taps { get; }

    /// <summary>The filter between two rates, made once.</summary>
    public static PolyphaseFilter For(int from, int to) => Cache.GetOrAdd((from, to), static rates =>
    {
        (int up, int down) = Ratio(rates.To, rates.From);
        return new PolyphaseFilter(up, down);
    });

    /// <summary>One output sample.</summary>
    public float Apply(ReadOnlySpan<float> input, int phase)
    {
        ReadOnlySpan<float> row = rows.AsSpan(phase * Taps, Taps);
        // Of a fixed width, so that every machine adds in the same order.
        Vector256<float> sum = Vector256<float>.Zero;
        for (int i = 0; i < row.Length; i += Lanes)
            sum += Vector256.Create(row[i..]) * Vector256.Create(input[i..]);
        return Vector256.Sum(sum);
    }

    /// <summary>numerator / denominator in lowest terms, or the last continued-fraction convergent that needs no more than the allowed phases.</summary>
    internal static (int Up, int Down) Ratio(int numerator, int denominator)
    {
        (long a, long b) = (numerator, denominator);
        (long up, long lastUp) = (1, 0);
        (long down, long lastDown) = (0, 1);
        while (b != 0)
        {
            long whole = a / b;
            (a, b) = (b, a % b);
            long nextUp = (whole * up) + lastUp;
            long nextDown = (whole * down) + lastDown;
            if (nextUp > MostPhases)
                break;
            (up, lastUp) = (nextUp, up);
            (down, lastDown) = (nextDown, down);
        }

        return ((int)up, (int)down);
    }

    private void FillRow(Span<float> row, double fraction, double nyquist, double beta)
    {
        double half = Taps / 2.0;
        double total = 0;
        Span<double> exact = new double[row.Length];
        for (int tap = 0; tap < row.Length; tap++)
        {
            double time = tap - (half - 1) - fraction;
            double position = time / half;
            double window = Math.Abs(position) >= 1 ? 0 : BesselI0(beta * Math.Sqrt(1 - (position * position)));
            exact[tap] = window * Sinc(2 * nyquist * time);
            total += exact[tap];
        }

        // Every phase passes a constant unchanged.
        for (int tap = 0; tap < row.Length; tap++)
            row[tap] = (float)(exact[tap] / total);
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    /// <summary>The modified Bessel function of order zero, by its power series.</summary>
    private static double BesselI0(double x)
    {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-16; k++)
        {
            term *= x / (2.0 * k) * (x / (2.0 * k));
            sum += term;
        }

        return sum;
    }
}
