using System;
using System.IO;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>
/// A run's output folder, which belongs to it alone while it works: two runs would write each other's checkpoints and results over. The lock is the system's own
/// and goes with the process, however that ends; the empty file stays.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The file that is locked.</summary>
    public const string LockName = ".lock";

    private readonly FileStream held;

    private RunFolder(FileStream held) => this.held = held;

    /// <summary>Makes the folder, if need be, and takes it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problem">Why it cannot be had, or null.</param>
    /// <returns>To be disposed when the run is done; null with a problem.</returns>
    public static RunFolder? Take(string folder, out string? problem) => Take(folder, out problem, out _);

    /// <summary>Makes the folder, if need be, and takes it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problem">Why it cannot be had, or null.</param>
    /// <param name="isTaken">It will be free when another process ends.</param>
    /// <returns>To be disposed when the run is done; null with a problem.</returns>
    public static RunFolder? Take(string folder, out string? problem, out bool isTaken)
    {
        isTaken = false;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"the output folder {folder} cannot be made: {exception.Message} Choose another with -o.";
            return null;
        }

        string path = Path.Combine(folder, LockName);
        try
        {
            problem = null;
            return new RunFolder(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            problem = $"the output folder {folder} cannot be written: {exception.Message} Choose another with -o.";
        }
        catch (IOException exception)
        {
            isTaken = IsTaken(exception);
            problem = isTaken
                ? $"another run works in {folder}. Wait until it ends, or choose another folder with -o."
                : $"the output folder {folder} cannot be written: {exception.Message} Choose another with -o.";
        }

        return null;
    }

    // EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsTaken(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
