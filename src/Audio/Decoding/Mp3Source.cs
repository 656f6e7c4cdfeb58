using System;
using System.IO;
using NLayer;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>MPEG audio layers I to III, with NLayer.</summary>
internal sealed class Mp3Source(Stream stream) : SoundSource
{
    private readonly MpegFile reader = new(stream);

    public override int Rate => reader.SampleRate;

    public override int Channels => reader.Channels;

    public override string Format => "MP3";

    public override int Read(Span<float> block) => reader.ReadSamples(block);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            reader.Dispose();
        base.Dispose(disposing);
    }
}
