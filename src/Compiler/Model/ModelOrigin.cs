using System.Collections.Generic;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Model;

/// <summary>Where a model comes from: all of it from the model file, nothing from the machine that compiles it.</summary>
/// <param name="Hash">The file's sha256, 64 digits.</param>
/// <param name="Command">The command that trained it.</param>
/// <param name="Provenance">Trainer, sources and data; null where the file does not say.</param>
public sealed record ModelOrigin(string Hash, string Command, Provenance? Provenance)
{
    /// <summary>A line each, the trainer's and the data's only where they are known.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            yield return $"Model sha256 {Hash}, trained by: {Command}";
            if (Provenance is not { } made)
                yield break;
            string commit = made.Commit == Provenance.Unknown ? "" : " at commit " + made.Commit;
            yield return $"Trainer {made.Tool}{commit}{(made.Data == Provenance.Unknown ? "" : "; data " + made.Data)}";
        }
    }
}
