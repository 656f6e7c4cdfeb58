using System;
using System.IO;
using AdapterCompiler.Audio;
using NAudio.Codecs;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>A temporary folder of recordings made for a test.</summary>
internal sealed class RecordingFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("adapter-data-");
    private int made;

    public string Root => folder.FullName;

    /// <summary>A task with two classes, a file of one second in each split and class.</summary>
    public static RecordingFolder Complete(string task = "pets")
    {
        var recordings = new RecordingFolder();
        foreach (string split in (string[])["train", "val", "test"])
        {
            recordings.Tone($"{task}/{split}/cat/a.wav");
            recordings.Tone($"{task}/{split}/dog/a.wav");
        }

        return recordings;
    }

    public string At(string path) => Path.Combine(Root, path);

    /// <summary>A tone of its own pitch.</summary>
    public string Tone(string path, double seconds = 1, float amplitude = 0.3f)
    {
        made++;
        float[] samples = new float[(int)(seconds * 16_000)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = amplitude * MathF.Sin(i * (0.1f + (0.01f * made)));
        WavWriter.Write(Parent(path), samples);
        return At(path);
    }

    public string Bytes(string path, byte[] bytes)
    {
        File.WriteAllBytes(Parent(path), bytes);
        return At(path);
    }

    /// <summary>The same as raw G.722.</summary>
    public string G722(string path, double seconds)
    {
        made++;
        short[] pcm = new short[(int)(seconds * 16_000)];
        for (int i = 0; i < pcm.Length; i++)
            pcm[i] = (short)(9_000 * Math.Sin(i * (0.1 + (0.01 * made))));
        byte[] bytes = new byte[pcm.Length];
        int count = new G722Codec().Encode(new G722CodecState(64_000, G722Flags.None), bytes, pcm, pcm.Length);
        return Bytes(path, bytes[..count]);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Parent(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        return At(path);
    }
}
