using AdapterCompiler.Artifact;

namespace AdapterCompiler.Audio;

/// <summary>The project's front end parameters (paper, section 4: 25 ms windows every 10 ms, 64 mel bands from 60 to 7800 Hz).</summary>
public static class FrontEnd
{
    /// <summary>The parameters that models are trained with unless told otherwise: 0.6 dB a code, 76.2 dB from code 0 to 127.</summary>
    /// <remarks>
    /// The floor was measured on 98 minutes of telephone prompts and music (the real-sound corpus before its split): 0.1-0.6 % of the codes are
    /// 127, 2-7 % are 0 (pauses), the median is 60-64 for speech and 72 for music.
    /// </remarks>
    public static LogMelSpec Default { get; } = new(
        SampleRate: AudioReader.SampleRate,
        WindowLength: 400,
        HopLength: 160,
        TransformLength: 512,
        LowHertz: 60,
        HighHertz: 7800,
        FloorMillidecibels: -48_000,
        StepMillidecibels: 600);

    /// <summary>The integer front end at the same window, hop and edges: 0.6 dB a code.</summary>
    /// <remarks>
    /// On that corpus 0.8 % of the codes are 127 for speech and 1.7 % for music, 8 and 3 % are 0, the median is 56 and 66.
    /// </remarks>
    public static IntegerMelSpec Integer { get; } = new(
        SampleRate: AudioReader.SampleRate,
        WindowLength: 400,
        HopLength: 160,
        LowHertz: 60,
        HighHertz: 7800,
        CodesPerOctave: 10,
        Floor: 28);

    /// <summary>The same, whose upper bands read every second bin: what a device needs least for.</summary>
    public static IntegerMelSpec Sparse { get; } = Integer with { IsSparse = true };

    /// <summary>The integer front end whose lowest bands lie half a bin apart: nearest to the float one.</summary>
    public static IntegerMelSpec Fine { get; } = Integer with { IsFine = true };

    /// <summary>The image that goes with it: 96 frames x 64 bands of 7-bit codes.</summary>
    public static InputSpec DefaultInput { get; } = new(Frames: 96, Bands: 64, Bits: 7);
}
