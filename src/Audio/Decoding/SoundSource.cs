using System;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>A stream of interleaved samples from one file, read to its end once.</summary>
internal abstract class SoundSource : IDisposable
{
    /// <summary>Samples of one channel a second, as the header says: not yet checked.</summary>
    public abstract int Rate { get; }

    /// <summary>Interleaved channels, as the header says: not yet checked.</summary>
    public abstract int Channels { get; }

    /// <summary>Short name of the encoding.</summary>
    public abstract string Format { get; }

    /// <summary>Known after the last read: what the file lacks although it could be read to its end, or null.</summary>
    public virtual string? Damage => null;

    /// <summary>What in the header was wrong, and how it was read, or null.</summary>
    public virtual string? Repair => null;

    /// <summary>Fills as much of <paramref name="block"/> as there is, whole frames; 0 at the end.</summary>
    public abstract int Read(Span<float> block);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A sound file of a kind that is not read.</summary>
internal sealed class UnsupportedSoundException(string message) : Exception(message);
