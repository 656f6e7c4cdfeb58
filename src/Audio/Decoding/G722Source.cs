using System;
using System.IO;
using NAudio.Codecs;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>Raw ITU-T G.722 at 64 kbit/s, with NAudio's codec: 16 kHz mono, two samples a byte.</summary>
internal sealed class G722Source(Stream stream) : SoundSource
{
    private const int BitsPerSecond = 64_000;

    private readonly G722Codec codec = new();
    private readonly G722CodecState state = new(BitsPerSecond, G722Flags.None);
    private byte[] bytes = [];
    private short[] samples = [];

    public override int Rate => 16_000;

    public override int Channels => 1;

    public override string Format => "G.722";

    public override int Read(Span<float> block)
    {
        int wanted = block.Length / 2;
        if (bytes.Length != wanted)
        {
            bytes = new byte[wanted];
            samples = new short[wanted * 2];
        }

        int got = stream.ReadAtLeast(bytes, wanted, throwOnEndOfStream: false);
        int count = codec.Decode(state, samples, bytes, got);
        for (int i = 0; i < count; i++)
            block[i] = samples[i] / 32768f;
        return count;
    }
}
