using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>What a session carries from step to step and over a stop: its network, its optimiser, how far it is, and the state that was best on the validation split.</summary>
/// <param name="network">The network; every parameter and buffer belongs to the state.</param>
/// <param name="optimiser">Its optimiser.</param>
internal sealed class SessionState(nn.Module network, AdamOptimiser optimiser)
{
    private const string BestPrefix = "best.", IdentityKey = "run", StepKey = "step", MachineKey = "machine", BestKey = "best accuracy";

    private Dictionary<string, float[]>? best;

    /// <summary>Steps done.</summary>
    public int Step { get; set; }

    /// <summary>What has computed them, <see cref="Runtime.TorchDescription"/>.</summary>
    public string Machine { get; set; } = "";

    /// <summary>Mean validation accuracy of the best state so far; -1 before one was measured.</summary>
    public double BestAccuracy { get; private set; } = -1;

    private IEnumerable<(string Name, Tensor Values)> Network => network.named_parameters()
        .Select(each => (each.name, (Tensor)each.parameter))
        .Concat(network.named_buffers().Select(each => (each.name, each.buffer)));

    /// <summary>Keeps the network as it is where nothing before was better: of equals the last, which has learnt longest.</summary>
    /// <param name="accuracy">Mean over the tasks, validation split.</param>
    public void Offer(double accuracy)
    {
        if (accuracy < BestAccuracy)
            return;
        BestAccuracy = accuracy;
        best = TensorArchive.Copy(Network);
    }

    /// <summary>Puts the best state back.</summary>
    /// <returns>False where none was kept; the network is then as the last step left it.</returns>
    public bool UseBest()
    {
        if (best is null)
            return false;
        TensorArchive.Restore(Network, best);
        return true;
    }

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="identity">What the run is.</param>
    /// <param name="more">What a kind of session keeps besides.</param>
    /// <exception cref="NotFiniteException">A value is not finite; an older file is left as it is.</exception>
    public void Save(string path, string identity, params ReadOnlySpan<(string Key, string Text)> more)
    {
        Dictionary<string, float[]> values = TensorArchive.Copy(Network.Concat(optimiser.State));
        foreach ((string name, float[] elements) in best ?? [])
            values.Add(BestPrefix + name, elements);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [IdentityKey] = identity,
            [StepKey] = Step.ToString(CultureInfo.InvariantCulture),
            [MachineKey] = Machine,
            [BestKey] = BestAccuracy.ToString("R", CultureInfo.InvariantCulture),
        };
        foreach ((string key, string text) in more)
            texts.Add(key, text);
        new TensorArchive(texts, values).Save(path);
    }

    /// <summary>Takes a checkpoint up.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="identity">What the run is.</param>
    /// <returns>All of its texts.</returns>
    /// <exception cref="InvalidDataException">Not a checkpoint of this run; the message says why.</exception>
    public IReadOnlyDictionary<string, string> Load(string path, string identity)
    {
        TensorArchive archive = TensorArchive.Load(path);
        if (!archive.Texts.TryGetValue(IdentityKey, out string? found) || found != identity)
            throw new InvalidDataException($"it belongs to another run ({found ?? "unnamed"}; this one is {identity})");
        TensorArchive.Restore(Network.Concat(optimiser.State), archive.Values);
        Step = int.Parse(archive.Texts[StepKey], CultureInfo.InvariantCulture);
        BestAccuracy = double.Parse(archive.Texts[BestKey], CultureInfo.InvariantCulture);
        Machine = archive.Texts.GetValueOrDefault(MachineKey, "");
        best = BestAccuracy < 0
            ? null
            : archive.Values.Where(each => each.Key.StartsWith(BestPrefix, StringComparison.Ordinal)).ToDictionary(each => each.Key[BestPrefix.Length..], each => each.Value, StringComparer.Ordinal);
        return archive.Texts;
    }
}
