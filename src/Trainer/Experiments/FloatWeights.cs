using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>A task of a finished training.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its classes.</param>
internal sealed record SavedTask(string Name, string[] Labels);

/// <summary>What a finished training was, for those who quantise or evaluate it later.</summary>
/// <param name="Run">Data, sizes and options, as in a checkpoint: <see cref="NetworkTraining.Identity"/>.</param>
/// <param name="Command">The command that trained it, widths of integers left out.</param>
/// <param name="Name">Of the model.</param>
/// <param name="Input">Shape of a slice.</param>
/// <param name="FrontEnd">How its codes were made.</param>
/// <param name="Channels">Channels of the shared encoder.</param>
/// <param name="Alpha">Share of an adapter.</param>
/// <param name="Training">How it was trained.</param>
/// <param name="Tasks">Tasks in file order.</param>
/// <param name="MultiHead">Right answers of the multi-head baseline on the test split, per task; null where it was not trained.</param>
/// <param name="Revived">Channels that were given a new start.</param>
/// <param name="Machine">What computed.</param>
internal sealed record SavedRun(
    string Run, string Command, string Name, InputSpec Input, FrontEndSpec FrontEnd, int[] Channels, decimal Alpha, TrainingOptions Training,
    SavedTask[] Tasks, int[]? MultiHead, int Revived, string Machine)
{
    /// <summary>Nothing is padded in time: <see cref="NetworkShape.IsStreaming"/>.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Sizes of its network.</summary>
    public NetworkShape Shape => new(Input, Channels.ToValueArray(), Alpha, Tasks.Select(task => new TaskShape(task.Name, task.Labels.Length)).ToValueArray()) { IsStreaming = IsStreaming };
}

/// <summary>The float network of a finished training, kept beside its model file as <c>NAME.safetensors</c>.</summary>
/// <param name="Network">In evaluation mode.</param>
/// <param name="Saved">What it is.</param>
internal sealed record FloatWeights(MultiTaskNetwork Network, SavedRun Saved) : System.IDisposable
{
    /// <summary>Ending of the file's name.</summary>
    public const string Extension = ".safetensors";

    private const string SettingsKey = "training";

    // What follows from the rest is not written; a front end says which it is.
    private static readonly JsonSerializerOptions Given = new()
    {
        IgnoreReadOnlyProperties = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameFrontEnds } },
    };

    private static void NameFrontEnds(JsonTypeInfo type)
    {
        if (type.Type != typeof(FrontEndSpec))
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions();
        foreach (System.Type kind in (System.Type[])[typeof(LogMelSpec), typeof(IntegerMelSpec)])
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, kind.Name));
    }

    /// <summary>Writes a network.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="NotFiniteException">A weight is not finite.</exception>
    public void Save(string path) =>
        SafetensorsFile.Write(path, new Dictionary<string, string>(System.StringComparer.Ordinal) { [SettingsKey] = JsonSerializer.Serialize(Saved, Given) }, State(Network));

    /// <summary>Reads a network.</summary>
    /// <exception cref="InvalidDataException">The file is none of these; the message says why.</exception>
    public static FloatWeights Load(string path)
    {
        var archive = SafetensorsFile.Read(path);
        SavedRun saved;
        try
        {
            saved = archive.Texts.TryGetValue(SettingsKey, out string? settings) && JsonSerializer.Deserialize<SavedRun>(settings, Given) is { } read
                ? read
                : throw new InvalidDataException("it holds no finished training");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("it was changed", exception);
        }

        var network = new MultiTaskNetwork(saved.Shape, saved.Training.Seed);
        try
        {
            TensorArchive.Restore(State(network), archive.Values);
        }
        catch (InvalidDataException)
        {
            network.Dispose();
            throw;
        }

        network.Slope = Gates.LastSlope;
        network.eval();
        return new FloatWeights(network, saved);
    }

    /// <summary>The same network once more, to be changed.</summary>
    public MultiTaskNetwork CopyNetwork() => Copy(Saved);

    /// <summary>The same network once more, reading fewer bits of the same codes (<see cref="MultiTaskNetwork.LoseInputBits"/>); its weights stay.</summary>
    /// <param name="bits">Bits of a code, at most as many as it was trained on.</param>
    public FloatWeights Reading(int bits)
    {
        SavedRun saved = Saved with { Input = Saved.Input with { Bits = bits } };
        MultiTaskNetwork network = Copy(saved);
        network.LoseInputBits(Saved.Input.Bits - bits);
        return new FloatWeights(network, saved);
    }

    /// <summary>Eight digits of a hash over every number of the network.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, float[] values) in TensorArchive.Copy(State(Network)).OrderBy(each => each.Key, System.StringComparer.Ordinal))
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));
        return System.Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private MultiTaskNetwork Copy(SavedRun saved)
    {
        var copy = new MultiTaskNetwork(saved.Shape, saved.Training.Seed);
        TensorArchive.Restore(State(copy), TensorArchive.Copy(State(Network)));
        copy.Slope = Network.Slope;
        copy.eval();
        return copy;
    }

    private static IEnumerable<(string Name, Tensor Values)> State(MultiTaskNetwork network) => network.named_parameters()
        .Select(p => (p.name, (Tensor)p.parameter))
        .Concat(network.named_buffers().Select(b => (b.name, b.buffer)));
}
