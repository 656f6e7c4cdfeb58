namespace AdapterCompiler.Audio.Decoding;

/// <summary>How the bytes of a sample are meant.</summary>
internal enum SampleCoding
{
    /// <summary>Two's complement; bits below the valid ones are as they are.</summary>
    Signed,

    /// <summary>Offset by half: the single bytes of WAV.</summary>
    Unsigned,

    /// <summary>IEEE floating point.</summary>
    Float,

    /// <summary>G.711 A-law.</summary>
    ALaw,

    /// <summary>G.711 mu-law.</summary>
    MuLaw,
}

/// <summary>Where the samples of a WAV or AIFF file are, and what they are, as its header says after contradictions were settled.</summary>
/// <param name="Format">WAV or AIFF.</param>
/// <param name="Rate">Samples of a channel a second, not yet checked.</param>
/// <param name="Channels">Interleaved.</param>
/// <param name="Coding">Of a sample.</param>
/// <param name="SampleBytes">Bytes of a sample, valid bits first.</param>
/// <param name="IsBigEndian">Order of the bytes.</param>
/// <param name="Start">Of the first sample in the file.</param>
/// <param name="Length">Bytes of samples that the file has.</param>
internal sealed record PcmLayout(string Format, int Rate, int Channels, SampleCoding Coding, int SampleBytes, bool IsBigEndian, long Start, long Length)
{
    /// <summary>Bytes that the header promises beyond the end of the file.</summary>
    public long Missing { get; init; }

    /// <summary>What in the header was wrong and how it was read, or null.</summary>
    public string? Repair { get; init; }
}
