namespace AdapterCompiler.Audio;

/// <summary>What came of reading a sound file: an <see cref="AudioClip"/>, an <see cref="AudioPassed"/> or an <see cref="AudioFailure"/>.</summary>
public abstract record AudioResult
{
    private protected AudioResult()
    {
    }
}

/// <summary>A decoded file.</summary>
/// <param name="Samples">16 kHz mono, each in [-1, 1); never empty.</param>
/// <param name="SourceRate">Hertz in the file.</param>
/// <param name="SourceChannels">Channels in the file, averaged into one.</param>
/// <param name="Format">Short name of the encoding, such as <c>WAV</c> or <c>Ogg Vorbis</c>.</param>
/// <param name="Warning">What is wrong with a file that could be used all the same (it breaks off early), or null.</param>
public sealed record AudioClip(float[] Samples, int SourceRate, int SourceChannels, string Format, string? Warning) : AudioResult
{
    /// <summary>Length in seconds.</summary>
    public double Seconds => Samples.Length / (double)AudioReader.SampleRate;
}

/// <summary>A decoded file whose samples were passed on block by block.</summary>
/// <param name="SampleCount">16 kHz mono samples; at least 1.</param>
/// <param name="Warning">As of an <see cref="AudioClip"/>.</param>
public sealed record AudioPassed(long SampleCount, string? Warning) : AudioResult
{
    /// <summary>Length in seconds.</summary>
    public double Seconds => SampleCount / (double)AudioReader.SampleRate;
}

/// <summary>A file that gives no sound.</summary>
/// <param name="Problem">Which kind of trouble.</param>
/// <param name="Message">One sentence: what was found, and what to do where something can be done.</param>
public sealed record AudioFailure(AudioProblem Problem, string Message) : AudioResult;

/// <summary>Why a file gives no sound.</summary>
public enum AudioProblem
{
    /// <summary>Zero bytes, or a header without a single sample.</summary>
    Empty,

    /// <summary>The bytes are no sound format that is known here.</summary>
    NotAudio,

    /// <summary>It starts like a sound file, and cannot be decoded.</summary>
    Broken,

    /// <summary>A sound file of a kind that is not read: an odd codec inside WAV, a rate out of range.</summary>
    Unsupported,

    /// <summary>FLAC, Opus and other kinds that ffmpeg decodes, and ffmpeg is not on PATH.</summary>
    NeedsFfmpeg,

    /// <summary>The file is missing, or its permissions forbid reading.</summary>
    Unreadable,
}
