using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>
/// Whatever ffmpeg decodes, piped as Sun AU with 32-bit float samples: that header is six big-endian words and needs no length
/// in advance, so it can be read from a pipe. Rate and channels stay the file's; mixing and resampling are the same as for every other kind.
/// </summary>
internal sealed class FfmpegSource : SoundSource
{
    private const uint Magic = 0x2E736E64; // ".snd"
    private const uint FloatEncoding = 6;
    private const int HeaderBytes = 24;

    private readonly Process process;
    private readonly Task<string> errors;
    private readonly Stream output;
    private byte[] bytes = [];
    private string? damage;

    public FfmpegSource(string ffmpeg, string path)
    {
        var start = new ProcessStartInfo(ffmpeg) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])["-v", "error", "-nostdin", "-i", Path.GetFullPath(path), "-map", "0:a:0", "-c:a", "pcm_f32be", "-f", "au", "pipe:1"])
            start.ArgumentList.Add(argument);
        process = Process.Start(start) ?? throw new InvalidDataException("ffmpeg did not start");
        errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.BaseStream;
        try
        {
            (Rate, Channels) = ReadHeader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override int Rate { get; }

    public override int Channels { get; }

    public override string Format => "ffmpeg";

    public override string? Damage => damage;

    public override int Read(Span<float> block)
    {
        int frameBytes = Channels * sizeof(float);
        int wanted = block.Length / Channels * frameBytes;
        if (bytes.Length != wanted)
            bytes = new byte[wanted];
        int got = output.ReadAtLeast(bytes, wanted, throwOnEndOfStream: false);
        int count = got / frameBytes * Channels;
        for (int i = 0; i < count; i++)
            block[i] = BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(i * sizeof(float)));
        if (got < wanted)
            damage = Complaint();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        base.Dispose(disposing);
    }

    private (int Rate, int Channels) ReadHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int got = output.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (got < HeaderBytes)
            throw new InvalidDataException(Complaint() ?? "ffmpeg found no sound in it");
        uint Word(int index, Span<byte> words) => BinaryPrimitives.ReadUInt32BigEndian(words[(index * 4)..]);
        int annotation = (int)Word(1, header) - HeaderBytes;
        if (Word(0, header) != Magic || Word(3, header) != FloatEncoding || annotation is < 0 or > 65536)
            throw new InvalidDataException("ffmpeg's output is not the Sun AU stream that was asked for");
        output.ReadExactly(new byte[annotation]);
        return ((int)Word(4, header), (int)Word(5, header));
    }

    /// <summary>ffmpeg's first line of complaint once its output has ended, or null.</summary>
    private string? Complaint()
    {
        string text = errors.GetAwaiter().GetResult().Trim();
        process.WaitForExit();
        if (text.Length > 0)
            return text.Split('\n')[0].Trim();
        return process.ExitCode == 0 ? null : $"ffmpeg ended with code {process.ExitCode}";
    }
}
