using System.Collections.Generic;
using NAudio.Midi;

namespace AdapterCompiler.Trainer.Data.EightTasks;

/// <summary>Notes as a MIDI file: one a slot, a tick a millisecond.</summary>
internal static class NoteScore
{
    private const int TicksPerBeat = 500, MicrosecondsPerBeat = 500_000, Channel = 1;

    /// <summary>All sound off: what still rings is not heard in the next slot.</summary>
    private const int AllSoundOff = 120;

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="notes">In order.</param>
    /// <param name="slot">Milliseconds from one note's slice to the next.</param>
    public static void Write(string path, IReadOnlyList<Note> notes, int slot)
    {
        var events = new MidiEventCollection(0, TicksPerBeat);
        IList<MidiEvent> track = events.AddTrack();
        track.Add(new TempoEvent(MicrosecondsPerBeat, 0));
        for (int i = 0; i < notes.Count; i++)
        {
            Note note = notes[i];
            long start = (long)i * slot, on = start + note.Onset;
            track.Add(new ControlChangeEvent(start, Channel, (MidiController)AllSoundOff, 0));
            track.Add(new PatchChangeEvent(start, Channel, note.Program));
            track.Add(new NoteEvent(on, Channel, MidiCommandCode.NoteOn, note.Pitch, note.Velocity));
            track.Add(new NoteEvent(on + note.Length, Channel, MidiCommandCode.NoteOff, note.Pitch, 0));
        }

        long end = (long)notes.Count * slot;
        track.Add(new ControlChangeEvent(end, Channel, (MidiController)AllSoundOff, 0));
        track.Add(new MetaEvent(MetaEventType.EndTrack, 0, end + slot));
        MidiFile.Export(path, events);
    }
}
