using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>Damages a valid model file in the ways that transport, editors, merges and malice do.</summary>
internal static class Mutation
{
    private static readonly string[] Hostile =
    [
        "99999999999999999999", "-99999999999999999999", "2147483647", "2147483648", "-2147483648", "4294967296", "0", "-0", "-1", "1e9", "NaN",
        "Infinity", "0x10", "١٢", "+5", "", "1024", "1025", "٣", "1,000", "1.0", new string('9', 5000), "null", "{0}", "{", "%s", "\uFFFD", "\0", "\uD800", "=", "====", "#",
    ];

    private static readonly byte[][] Originals = Enumerable.Range(0, 40)
        .Select(seed => Encoding.UTF8.GetBytes(ModelWriter.Write(RandomArtifacts.Create(seed))))
        .Append(Encoding.UTF8.GetBytes(ModelWriter.Write(TinyModel.Create())))
        .ToArray();

    /// <summary>The damaged file of this seed: one to three mutations, in most cases with a fresh hash, so that the damage is met where it is.</summary>
    public static byte[] Of(int seed)
    {
        var random = new Random(seed);
        byte[] bytes = Originals[random.Next(Originals.Length)];
        int mutations = random.Next(1, 4);
        bool isSealed = random.Next(4) != 0;
        for (int index = 0; index < mutations; index++)
            bytes = Mutate(random, bytes);
        if (!isSealed)
            return bytes;
        // Bytes that are not UTF-8 stay as they are: Latin-1 here would change them.
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? bytes : Encoding.UTF8.GetBytes(ModelSeal.Seal(text));
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        switch (random.Next(12))
        {
            case 0:
                return Flip(random, bytes, 1 << random.Next(8));
            case 1:
                return Flip(random, bytes, random.Next(1, 256));
            case 2:
                return bytes[..random.Next(bytes.Length)];
            case 3:
                return bytes[random.Next(bytes.Length)..];
            case 4:
                int from = random.Next(bytes.Length);
                int to = Math.Min(bytes.Length, from + random.Next(1, 200));
                return random.Next(2) == 0 ? [.. bytes[..from], .. bytes[to..]] : [.. bytes[..to], .. bytes[from..]];
            case 5:
                return [.. bytes[..random.Next(bytes.Length)], .. Originals[random.Next(Originals.Length)]];
            default:
                return OnLines(random, bytes);
        }
    }

    private static byte[] Flip(Random random, byte[] bytes, int bits)
    {
        byte[] flipped = (byte[])bytes.Clone();
        flipped[random.Next(bytes.Length)] ^= (byte)bits;
        return flipped;
    }

    private static byte[] OnLines(Random random, byte[] bytes)
    {
        List<string> lines = Encoding.Latin1.GetString(bytes).Split('\n').ToList();
        int one = random.Next(lines.Count);
        int other = random.Next(lines.Count);
        switch (random.Next(7))
        {
            case 0:
                (lines[one], lines[other]) = (lines[other], lines[one]);
                break;
            case 1:
                lines.Insert(other, lines[one]);
                break;
            case 2:
                lines.RemoveAt(one);
                break;
            case 3:
                lines[one] = "";
                break;
            default:
                lines[one] = OnWords(random, lines[one]);
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    // Latin-1 stands for bytes here, so text of the hostile list has to become bytes first.
    private static string OnWords(Random random, string line)
    {
        List<string> words = line.Split(' ').ToList();
        int one = random.Next(words.Count);
        int other = random.Next(words.Count);
        switch (random.Next(6))
        {
            case 0:
                (words[one], words[other]) = (words[other], words[one]);
                break;
            case 1:
                words.RemoveAt(one);
                break;
            case 2:
                words.Insert(one, words[other]);
                break;
            default:
                words[one] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Hostile[random.Next(Hostile.Length)]));
                break;
        }

        return string.Join(' ', words);
    }
}
