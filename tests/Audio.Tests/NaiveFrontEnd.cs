using System;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Audio.Tests;

/// <summary>The definition of LogMelSpec, written down as plainly as possible, in doubles.</summary>
internal static class NaiveFrontEnd
{
    public static byte[] Codes(LogMelSpec spec, InputSpec input, float[] samples)
    {
        int frames = samples.Length < spec.WindowLength ? 0 : ((samples.Length - spec.WindowLength) / spec.HopLength) + 1;
        byte[] codes = new byte[frames * input.Bands];
        for (int frame = 0; frame < frames; frame++)
        {
            double[] magnitudes = Magnitudes(spec, samples, frame * spec.HopLength);
            for (int band = 0; band < input.Bands; band++)
            {
                double m = 0;
                for (int bin = 0; bin < magnitudes.Length; bin++)
                    m += Triangle(spec, input.Bands, band, (double)bin * spec.SampleRate / spec.TransformLength) * magnitudes[bin];
                double code = Math.Floor(((20 * 1000 * Math.Log10(m)) - spec.FloorMillidecibels) / spec.StepMillidecibels);
                int whole = (int)Math.Min(Math.Max(code, 0), input.Bits == 8 ? 255 : 127);
                codes[(frame * input.Bands) + band] = (byte)(whole / (int)Math.Pow(2, Math.Max(0, 7 - input.Bits)));
            }
        }

        return codes;
    }

    private static double[] Magnitudes(LogMelSpec spec, float[] samples, int start)
    {
        double[] magnitudes = new double[(spec.TransformLength / 2) + 1];
        for (int bin = 0; bin < magnitudes.Length; bin++)
        {
            double re = 0;
            double im = 0;
            for (int n = 0; n < spec.WindowLength; n++)
            {
                double hann = 0.5 - (0.5 * Math.Cos(2 * Math.PI * n / spec.WindowLength));
                double angle = 2 * Math.PI * bin * n / spec.TransformLength;
                re += samples[start + n] * hann * Math.Cos(angle);
                im -= samples[start + n] * hann * Math.Sin(angle);
            }

            magnitudes[bin] = Math.Sqrt((re * re) + (im * im));
        }

        return magnitudes;
    }

    private static double Triangle(LogMelSpec spec, int bands, int band, double hertz)
    {
        double low = Mel(spec.LowHertz);
        double high = Mel(spec.HighHertz);
        double left = low + (band * (high - low) / (bands + 1));
        double peak = low + ((band + 1) * (high - low) / (bands + 1));
        double right = low + ((band + 2) * (high - low) / (bands + 1));
        double mel = Mel(hertz);
        if (mel <= left || mel >= right)
            return 0;
        return mel <= peak ? (mel - left) / (peak - left) : (right - mel) / (right - peak);
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));
}
