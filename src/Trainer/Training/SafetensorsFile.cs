using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Named float tensors and texts as safetensors (https://huggingface.co/docs/safetensors): the length of a JSON header in 8 bytes, little-endian; the header with type, shape and place of each tensor
/// and texts under <c>__metadata__</c>; the elements, row-major. Written here since what TorchSharp.PyBridge writes has no texts.
/// </summary>
/// <param name="Texts">Facts.</param>
/// <param name="Values">Elements of the tensors.</param>
internal sealed record SafetensorsFile(IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, float[]> Values)
{
    private const string Metadata = "__metadata__", Type = "F32";

    private const int LargestHeader = 100_000_000;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="texts">Facts.</param>
    /// <param name="tensors">Tensors, in the order in which their elements lie.</param>
    /// <exception cref="NotFiniteException">A value is not finite; an older file is left as it is.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, string> texts, IEnumerable<(string Name, Tensor Values)> tensors)
    {
        (string Name, long[] Shape, float[] Elements)[] all = [.. tensors.Select(each => (each.Name, each.Values.shape, each.Values.numel() == 0 ? [] : each.Values.data<float>().ToArray()))];
        if (Array.Find(all, each => !Finite.All(each.Elements)) is { Name: { } spoilt })
            throw new NotFiniteException($"{spoilt} is not finite");
        byte[] header = Header(texts, all);
        WholeFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach ((_, _, float[] elements) in all)
                stream.Write(MemoryMarshal.AsBytes(elements.AsSpan()));
        });
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is none, is cut off, or holds what is no finite float.</exception>
    public static SafetensorsFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        long length = bytes.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length is < 2 or > LargestHeader || length > bytes.Length - 8)
            throw new InvalidDataException("it is no safetensors file, or cut off");
        try
        {
            using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, (int)length));
            return Parse(header.RootElement, bytes.AsSpan(8 + (int)length));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("its header is none of safetensors, or was changed", exception);
        }
    }

    private static SafetensorsFile Parse(JsonElement header, ReadOnlySpan<byte> data)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (JsonProperty entry in header.EnumerateObject())
        {
            if (entry.Name == Metadata)
            {
                foreach (JsonProperty text in entry.Value.EnumerateObject())
                    texts.Add(text.Name, text.Value.GetString()!);
                continue;
            }

            if (entry.Value.GetProperty("dtype").GetString() is not Type and var other)
                throw new InvalidDataException($"its '{entry.Name}' is of the type {other}; {Type} is read");
            long[] place = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(each => each.GetInt64())];
            long count = entry.Value.GetProperty("shape").EnumerateArray().Aggregate(1L, (product, each) => product * each.GetInt64());
            if (place.Length != 2 || place[0] < 0 || place[1] > data.Length || place[1] - place[0] != count * sizeof(float))
                throw new InvalidDataException($"its '{entry.Name}' is cut off");
            float[] elements = MemoryMarshal.Cast<byte, float>(data[(int)place[0]..(int)place[1]]).ToArray();
            values.Add(entry.Name, Finite.All(elements) ? elements : throw new InvalidDataException($"its '{entry.Name}' is not finite"));
        }

        return new SafetensorsFile(texts, values);
    }

    private static byte[] Header(IReadOnlyDictionary<string, string> texts, (string Name, long[] Shape, float[] Elements)[] tensors)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Metadata);
            foreach ((string name, string text) in texts)
                writer.WriteString(name, text);
            writer.WriteEndObject();
            long at = 0;
            foreach ((string name, long[] shape, float[] elements) in tensors)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype", Type);
                Numbers("shape", shape);
                Numbers("data_offsets", [at, at += elements.Length * (long)sizeof(float)]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();

            void Numbers(string name, long[] numbers)
            {
                writer.WriteStartArray(name);
                foreach (long number in numbers)
                    writer.WriteNumberValue(number);
                writer.WriteEndArray();
            }
        }

        // Elements begin at a multiple of eight bytes; blanks are what the format fills with.
        while (stream.Length % 8 != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }
}
