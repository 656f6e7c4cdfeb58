using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>A voice that is made by a program.</summary>
/// <param name="Engine"><c>espeak-ng</c> or <c>flite</c>.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Family">Voices of one family are variants of each other: they stay in one split.</param>
internal sealed record SyntheticVoice(string Engine, string Name, string Family)
{
    /// <summary>Its name in the manifest.</summary>
    public string Origin => $"voice:{Engine}:{Family}";
}

/// <summary>How a word or a sentence is spoken.</summary>
/// <param name="Voice">By whom.</param>
/// <param name="Accent">Of espeak-ng, such as <c>en-us</c>.</param>
/// <param name="Text">What is said.</param>
/// <param name="Speed">Words a minute.</param>
/// <param name="Pitch">0-99, 50 being the voice's own.</param>
internal sealed record Saying(SyntheticVoice Voice, string Accent, string Text, int Speed, int Pitch);

/// <summary>A note.</summary>
/// <param name="Program">General MIDI program, 0-127.</param>
/// <param name="Pitch">MIDI number, 60 being middle C.</param>
/// <param name="Velocity">1-127.</param>
/// <param name="Onset">Milliseconds after the beginning of its slice.</param>
/// <param name="Length">Milliseconds until the key is let go.</param>
internal sealed record Note(int Program, int Pitch, int Velocity, int Onset, int Length);

/// <summary>Programs that speak words and play notes.</summary>
internal interface IRenderer
{
    /// <summary>Voices there are, in a fixed order.</summary>
    IReadOnlyList<SyntheticVoice> Voices { get; }

    /// <summary>Speaks a word or a sentence: 16 kHz mono.</summary>
    float[] Speak(Saying said);

    /// <summary>Plays notes one after the other, none into the next.</summary>
    /// <param name="font">File name of a soundfont, without folder and extension.</param>
    /// <param name="notes">The notes.</param>
    /// <returns>A slice for each.</returns>
    IReadOnlyList<float[]> Play(string font, IReadOnlyList<Note> notes);
}
