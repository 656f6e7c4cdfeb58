using System;
using System.IO;
using System.Text;
using AdapterCompiler.Trainer.Runtime;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Files that are there whole or not at all: written beside their place first, then moved. What was there before stays until then, whatever happens to program or disk.</summary>
internal static class WholeFile
{
    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <exception cref="IOException">The disk is full, or the place cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Permissions forbid it.</exception>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes what <paramref name="write"/> writes; it may close the stream.</summary>
    /// <exception cref="IOException">As above.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string unfinished = path + ".part";
        try
        {
            using (FileStream stream = File.Create(unfinished))
                write(stream);
            Faults.Disk(Path.GetFileName(path));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be finished only takes room that is short.
            File.Delete(unfinished);
            throw;
        }
    }
}
