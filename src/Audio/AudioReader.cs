using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using AdapterCompiler.Audio.Decoding;

namespace AdapterCompiler.Audio;

/// <summary>Reads sound files of any rate and channel count as 16 kHz mono.</summary>
/// <remarks>
/// The kind is told by the first bytes, not by the name; only raw G.722, which has no header, goes by <c>.g722</c>.
/// WAV and AIFF, Ogg Vorbis (NVorbis), MP3 (NLayer) and G.722 need nothing installed; the rest goes through ffmpeg.
/// </remarks>
public static class AudioReader
{
    /// <summary>Hertz of everything that is read.</summary>
    public const int SampleRate = 16_000;

    /// <summary>Frames (one sample of every channel) decoded at a time.</summary>
    private const int BlockFrames = 4096;

    /// <summary>More are a damaged header: the widest layouts in use have 64.</summary>
    private const int MostChannels = 256;

    /// <summary>Reads a file. A bad file is a result, never an exception.</summary>
    /// <param name="path">The file.</param>
    public static AudioResult Read(string path) => Read(path, Ffmpeg.Find());

    /// <summary>Reads a file of any length without holding it: its samples go on block by block.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Given blocks of samples in order, each in [-1, 1) and valid until it returns.</param>
    /// <returns><see cref="AudioPassed"/>, or the failure; a file that breaks off has passed on what could be decoded.</returns>
    public static AudioResult Read(string path, Action<ReadOnlySpan<float>> take)
    {
        // What the caller's own code throws is no damage of the file.
        ExceptionDispatchInfo? thrown = null;
        AudioResult result = Read(path, Ffmpeg.Find(), samples =>
        {
            try
            {
                if (thrown is null)
                    take(samples);
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
                throw;
            }
        });
        thrown?.Throw();
        return result;
    }

    /// <summary>As <see cref="Read(string)"/>, with the ffmpeg executable to use, or null for none.</summary>
    internal static AudioResult Read(string path, string? ffmpeg, Action<ReadOnlySpan<float>>? take = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length == 0)
                return new AudioFailure(AudioProblem.Empty, "the file has 0 bytes");
            (FileKind kind, long start) = FileSignature.Recognise(stream, path);
            if (kind == FileKind.Unknown)
                return new AudioFailure(AudioProblem.NotAudio, start > 0 ? "behind its ID3 tag is no sound that is known" : "the first bytes are not those of a sound file (WAV, AIFF, Ogg, MP3, FLAC and others are known)");
            if (kind == FileKind.ForFfmpeg && ffmpeg is null)
                return new AudioFailure(AudioProblem.NeedsFfmpeg, Ffmpeg.Missing);
            return Decode(kind, start, stream, path, ffmpeg, take);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string what = Directory.Exists(path) ? "it is a folder" : exception.Message;
            return new AudioFailure(AudioProblem.Unreadable, $"the file cannot be opened: {what}");
        }
    }

#pragma warning disable CA1031 // The decoders are other people's and throw all kinds of exceptions on damaged files; each means "broken" here.
    private static AudioResult Decode(FileKind kind, long start, FileStream stream, string path, string? ffmpeg, Action<ReadOnlySpan<float>>? take)
    {
        var samples = new SampleBuffer();
        int rate = 0;
        int channels = 0;
        string format = "";
        try
        {
            using SoundSource source = Open(kind, start, stream, path, ffmpeg);
            (rate, channels, format) = (source.Rate, source.Channels, source.Format);
            if (Refuse(source) is { } refusal)
                return refusal;
            string? damage = Pour(source, samples, take);
            return Finish(samples, rate, channels, format, damage, source.Repair, take is not null);
        }
        catch (UnsupportedSoundException exception)
        {
            return new AudioFailure(AudioProblem.Unsupported, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new AudioFailure(AudioProblem.Broken, $"it starts like {FileSignature.Describe(kind)}, and cannot be decoded: {OneLine(exception.Message)}");
        }
    }

    /// <summary>Decodes to the end, or to the place where the decoder gives up; says what it gave up on.</summary>
    private static string? Pour(SoundSource source, SampleBuffer samples, Action<ReadOnlySpan<float>>? take)
    {
        var resampler = new StreamingResampler(source.Rate, SampleRate);
        float[] block = new float[BlockFrames * source.Channels];
        float[] mono = new float[BlockFrames];
        string? damage = null;
        try
        {
            int count;
            while ((count = source.Read(block)) >= source.Channels)
            {
                int frames = Downmix.Average(block.AsSpan(0, count), source.Channels, mono);
                resampler.Push(mono.AsSpan(0, frames), samples);
                if (take is not null)
                    samples.Drain(take);
            }

            damage = source.Damage;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or UnsupportedSoundException))
        {
            damage = OneLine(exception.Message);
        }

        resampler.Finish(samples);
        if (take is not null)
            samples.Drain(take);
        return damage;
    }
#pragma warning restore CA1031

    /// <summary>The decoder of a kind of file.</summary>
    internal static SoundSource Open(FileKind kind, long start, FileStream stream, string path, string? ffmpeg) => kind switch
    {
        FileKind.Wave => new PcmSource(stream, WaveHeader.Read(stream, start)),
        FileKind.Aiff => new PcmSource(stream, AiffHeader.Read(stream, start)),
        FileKind.OggVorbis => new VorbisSource(stream),
        FileKind.Mp3 => new Mp3Source(stream),
        FileKind.G722 => new G722Source(stream),
        _ => new FfmpegSource(ffmpeg!, path),
    };

    private static AudioFailure? Refuse(SoundSource source)
    {
        if (source.Channels is < 1 or > MostChannels)
            return new AudioFailure(AudioProblem.Broken, $"its header says {source.Channels} channels; 1 to {MostChannels} are read");
        return source.Rate is < StreamingResampler.LowestRate or > StreamingResampler.HighestRate
            ? new AudioFailure(
                AudioProblem.Unsupported,
                $"its header says {source.Rate} samples a second; {StreamingResampler.LowestRate} to {StreamingResampler.HighestRate} are read")
            : null;
    }

    private static AudioResult Finish(SampleBuffer samples, int rate, int channels, string format, string? damage, string? repair, bool isPassed)
    {
        if (samples.Total == 0)
        {
            return damage is null
                ? new AudioFailure(AudioProblem.Empty, $"a {format} header without a sample behind it")
                : new AudioFailure(AudioProblem.Broken, $"no sample of this {format} file can be decoded: {damage}");
        }

        string? broken = damage is null ? null : string.Create(CultureInfo.InvariantCulture, $"it breaks off after {samples.Total / (double)SampleRate:F2} s: {damage}");
        string warning = string.Join("; ", new[] { repair, broken }.Where(text => text is not null));
        string? said = warning.Length == 0 ? null : warning;
        return isPassed ? new AudioPassed(samples.Total, said) : new AudioClip(samples.ToClampedArray(), rate, channels, format, said);
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}
