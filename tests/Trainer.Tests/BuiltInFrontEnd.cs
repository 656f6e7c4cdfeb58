using System;
using System.Numerics;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>
/// The front end of FrontEndSpec's definition in plain loops, so that these tests depend on the corpus alone: 25 ms Hann window, 10 ms hop, 512
/// points, 64 mel bands from 60 to 7,800 Hz, floor -30 dB, 0.6 dB a code.
/// </summary>
internal static class BuiltInFrontEnd
{
    public const int Frames = 96, Bands = 64;
    private const int Window = 400, Hop = 160, Points = 512, Rate = 16000;
    private static readonly float[,] Triangles = MakeTriangles();
    private static readonly Complex[] Roots = MakeRoots();

    public static byte[] Codes(float[] samples)
    {
        var codes = new byte[Frames * Bands];
        var buffer = new Complex[Points];
        for (int frame = 0; frame < Frames; frame++)
        {
            Array.Clear(buffer);
            for (int i = 0; i < Window; i++)
                buffer[i] = samples[(frame * Hop) + i] * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Window)));
            Transform(buffer);
            for (int band = 0; band < Bands; band++)
            {
                double sum = 0;
                for (int bin = 0; bin <= Points / 2; bin++)
                {
                    if (Triangles[band, bin] > 0)
                        sum += Triangles[band, bin] * buffer[bin].Magnitude;
                }

                double decibels = 20 * Math.Log10(Math.Max(sum, 1e-9));
                codes[(frame * Bands) + band] = (byte)Math.Clamp(Math.Floor((decibels + 30) / 0.6), 0, 127);
            }
        }

        return codes;
    }

    private static void Transform(Complex[] x)
    {
        for (int i = 1, j = 0; i < Points; i++)
        {
            int bit = Points >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (x[i], x[j]) = (x[j], x[i]);
        }

        for (int half = 1; half < Points; half *= 2)
        {
            int stride = Points / (2 * half);
            for (int start = 0; start < Points; start += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    Complex odd = x[start + k + half] * Roots[k * stride];
                    x[start + k + half] = x[start + k] - odd;
                    x[start + k] += odd;
                }
            }
        }
    }

    private static Complex[] MakeRoots()
    {
        var roots = new Complex[Points / 2];
        for (int k = 0; k < roots.Length; k++)
            roots[k] = Complex.FromPolarCoordinates(1, -2 * Math.PI * k / Points);
        return roots;
    }

    private static float[,] MakeTriangles()
    {
        static double Mel(double hertz) => 1127 * Math.Log(1 + (hertz / 700));
        double low = Mel(60), step = (Mel(7800) - low) / (Bands + 1);
        var triangles = new float[Bands, (Points / 2) + 1];
        for (int band = 0; band < Bands; band++)
        {
            for (int bin = 1; bin <= Points / 2; bin++)
            {
                double position = ((Mel(bin * (double)Rate / Points) - low) / step) - (band + 1);
                triangles[band, bin] = (float)Math.Max(0, 1 - Math.Abs(position));
            }
        }

        return triangles;
    }
}
