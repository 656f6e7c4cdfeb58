using System;
using System.IO;
using System.Linq;

namespace AdapterCompiler.Audio.Decoding;

/// <summary>Finds ffmpeg, which decodes what the managed decoders do not.</summary>
internal static class Ffmpeg
{
    /// <summary>Said when a file needs ffmpeg and there is none.</summary>
    public const string Missing =
        "this kind of file (FLAC, Opus, AAC …) is decoded by ffmpeg, which is not on PATH; install it (apt-get install ffmpeg) or convert the file to WAV";

    /// <summary>Full path of the executable, or null.</summary>
    public static string? Find() => Find(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>The same in the folders of a PATH text.</summary>
    public static string? Find(string? path)
    {
        string[] names = OperatingSystem.IsWindows() ? ["ffmpeg.exe", "ffmpeg.cmd"] : ["ffmpeg"];
        return (path ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
