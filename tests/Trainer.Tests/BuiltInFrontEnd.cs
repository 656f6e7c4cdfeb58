using System;
using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>The project's default front end, shaped as the corpus calls it.</summary>
internal static class BuiltInFrontEnd
{
    public static int Frames => FrontEnd.DefaultInput.Frames;

    public static int Bands => FrontEnd.DefaultInput.Bands;

    /// <summary>Codes of one slice; a front end of its own each time, so that tests may run side by side.</summary>
    public static byte[] Codes(float[] samples) => new LogMelFrontEnd().Codes(samples.AsSpan());
}
