using AdapterCompiler.Audio;

namespace AdapterCompiler.Trainer.Data;

/// <summary>Why a file gave no slice.</summary>
public enum SkipReason
{
    /// <summary>No bytes, or no samples.</summary>
    Empty,

    /// <summary>Not a sound file.</summary>
    NotAudio,

    /// <summary>A damaged sound file.</summary>
    Broken,

    /// <summary>A codec or rate that is not read.</summary>
    Unsupported,

    /// <summary>ffmpeg is missing.</summary>
    NeedsFfmpeg,

    /// <summary>It could not be opened.</summary>
    Unreadable,

    /// <summary>Shorter than one frame of the front end, 25 ms.</summary>
    TooShort,

    /// <summary>Every slice is below the threshold of <see cref="Audio.Silence"/>.</summary>
    Silent,
}

/// <summary>Names of reasons, as they stand in messages.</summary>
internal static class SkipReasons
{
    public static SkipReason Of(AudioProblem problem) => problem switch
    {
        AudioProblem.Empty => SkipReason.Empty,
        AudioProblem.NotAudio => SkipReason.NotAudio,
        AudioProblem.Unsupported => SkipReason.Unsupported,
        AudioProblem.NeedsFfmpeg => SkipReason.NeedsFfmpeg,
        AudioProblem.Unreadable => SkipReason.Unreadable,
        _ => SkipReason.Broken,
    };

    public static string Describe(SkipReason reason) => reason switch
    {
        SkipReason.Empty => "empty",
        SkipReason.NotAudio => "not audio",
        SkipReason.Broken => "broken",
        SkipReason.Unsupported => "of an unsupported kind",
        SkipReason.NeedsFfmpeg => "for want of ffmpeg: apt-get install ffmpeg",
        SkipReason.Unreadable => "unreadable",
        SkipReason.TooShort => "too short",
        _ => "silent",
    };
}
