using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Data;

/// <summary>
/// What a network was trained, chosen and measured on, as one hash: of the slices themselves, so that it is as true of built-in sounds as of anyone's recordings,
/// whatever a list beside them says.
/// </summary>
internal static class DataHash
{
    /// <summary>
    /// SHA-256, 64 lower-case digits, of every task's name, labels and splits in order: a slice is its class and its codes. The same recordings with another front end
    /// are other slices.
    /// </summary>
    public static string Of(IReadOnlyList<TaskData> tasks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TaskData task in tasks)
        {
            Line(hash, "task " + task.Name);
            foreach (string label in task.Labels)
                Line(hash, "label " + label);
            foreach ((string split, SliceSet slices) in new[] { ("train", task.Train), ("val", task.Validation), ("test", task.Test) })
            {
                Line(hash, string.Create(CultureInfo.InvariantCulture, $"{split} {slices.Count}"));
                for (int i = 0; i < slices.Count; i++)
                {
                    Line(hash, string.Create(CultureInfo.InvariantCulture, $"{slices.Classes[i]} {slices.Codes[i].Length}"));
                    hash.AppendData(slices.Codes[i]);
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a model that was trained on one set of tasks and then got others: a hash over both; unknown where the first is.</summary>
    /// <param name="before">Of the first tasks; null where the model does not say.</param>
    /// <param name="added">Of the others.</param>
    public static string Joined(string? before, string added)
    {
        if (before is null or Provenance.Unknown)
            return Provenance.Unknown;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Line(hash, before);
        Line(hash, added);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Line(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
}
