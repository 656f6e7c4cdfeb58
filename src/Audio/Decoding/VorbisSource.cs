using System;
using System.IO;
using NVorbis;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>Ogg Vorbis, with NVorbis.</summary>
internal sealed class VorbisSource(Stream stream) : SoundSource
{
    private readonly VorbisReader reader = new(stream, closeOnDispose: false);

    public override int Rate => reader.SampleRate;

    public override int Channels => reader.Channels;

    public override string Format => "Ogg Vorbis";

    public override int Read(Span<float> block) => reader.ReadSamples(block);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            reader.Dispose();
        base.Dispose(disposing);
    }
}
