using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>Named float arrays and texts in one file: a checkpoint, or a finished network.</summary>
/// <param name="Texts">Facts to compare or to restore.</param>
/// <param name="Values">Tensors' elements, row-major.</param>
internal sealed record TensorArchive(IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, float[]> Values)
{
    private const string Magic = "adapter-checkpoint 1";

    /// <summary>Copies the elements of tensors.</summary>
    public static Dictionary<string, float[]> Copy(IEnumerable<(string Name, Tensor Values)> tensors) =>
        tensors.ToDictionary(t => t.Name, t => t.Values.data<float>().ToArray(), StringComparer.Ordinal);

    /// <summary>Writes elements back into the tensors of the same names.</summary>
    /// <exception cref="InvalidDataException">One is missing or of another length.</exception>
    public static void Restore(IEnumerable<(string Name, Tensor Values)> tensors, IReadOnlyDictionary<string, float[]> values)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor target) in tensors)
        {
            if (!values.TryGetValue(name, out float[]? elements) || elements.Length != target.numel())
                throw new InvalidDataException($"it holds no '{name}' of {target.numel()} elements");
            using Tensor source = tensor(elements, target.shape);
            target.copy_(source);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="NotFiniteException">A value is not finite; an older file is left as it is.</exception>
    public void Save(string path)
    {
        if (Values.FirstOrDefault(v => !Finite.All(v.Value)) is { Key: { } spoilt })
            throw new NotFiniteException($"{spoilt} is not finite");
        WholeFile.Write(path, stream =>
        {
            using var writer = new BinaryWriter(stream);
            writer.Write(Magic);
            writer.Write(Texts.Count);
            foreach ((string name, string text) in Texts)
            {
                writer.Write(name);
                writer.Write(text);
            }

            writer.Write(Values.Count);
            foreach ((string name, float[] elements) in Values)
            {
                writer.Write(name);
                writer.Write(elements.Length);
                foreach (float element in elements)
                    writer.Write(element);
            }
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">Not a checkpoint, cut off, or with values that are not finite.</exception>
    public static TensorArchive Load(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            if (reader.ReadString() != Magic)
                throw new InvalidDataException("its first line is not '" + Magic + "'");
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int n = reader.ReadInt32(); n > 0; n--)
                texts.Add(reader.ReadString(), reader.ReadString());
            var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
            for (int n = reader.ReadInt32(); n > 0; n--)
            {
                string name = reader.ReadString();
                int length = reader.ReadInt32();
                if (length < 0 || length > (reader.BaseStream.Length - reader.BaseStream.Position) / sizeof(float))
                    throw new InvalidDataException("it is cut off");
                var elements = new float[length];
                for (int i = 0; i < length; i++)
                    elements[i] = reader.ReadSingle();
                if (!Finite.All(elements))
                    throw new InvalidDataException($"its '{name}' is not finite");
                values.Add(name, elements);
            }

            return new TensorArchive(texts, values);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("it is cut off or was changed", exception);
        }
    }
}
