using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Dense;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Kernels.Dense;

/// <summary>A step and where it writes.</summary>
internal sealed record DenseCase(DenseStep Step, StaticField Target)
{
    public bool AreLogits => Target.Type == IlType.Ints;
}

/// <summary>Random steps of every size, width and sparsity, their biases often where the sums only just fit 32 bits.</summary>
internal static class DenseSteps
{
    public const int ArenaLength = 1000;
    public static readonly StaticField Codes = new("codes", IlType.Bytes);
    public static readonly StaticField Others = new("others", IlType.Bytes);
    public static readonly StaticField Logits = new("logits", IlType.Ints);

    /// <summary>Outputs that are just an input, and one that is an input clamped.</summary>
    public static DenseCase Copies { get; } = new(
        new DenseStep(
            ValueArray.Of(3, 1, 2),
            ValueArray.Of(new DenseOutput(0, 0, ValueArray.Of<sbyte>(0, 1, 0)), new DenseOutput(0, 0, ValueArray.Of<sbyte>(1, 0, 0)), new DenseOutput(0, 0, ValueArray.Of<sbyte>(0, 0, 5))),
            5, 127, 127),
        Others);

    public static DenseCase Create(int seed)
    {
        var random = new Random(seed);
        int inputs = random.Next(4) switch { 0 => random.Next(1, 4), 1 => random.Next(1, 20), _ => random.Next(1, 131) };
        int outputs = random.Next(3) == 0 ? random.Next(1, 5) : random.Next(1, 41);
        StaticField target = random.Next(3) switch { 0 => Logits, 1 => Others, _ => Codes };
        int inputMax = (1 << random.Next(1, 9)) - 1, max = (1 << random.Next(1, 9)) - 1;
        int weightMax = (1 << random.Next(1, 8)) - 1;
        double zeros = random.Next(3) == 0 ? 0 : random.NextDouble() * 0.95;
        int[] places = [.. Enumerable.Range(0, ArenaLength / 2)];
        random.Shuffle(places);
        return new DenseCase(
            new DenseStep(
                places.Take(inputs).ToValueArray(),
                Enumerable.Range(0, outputs).Select(_ => Output(random, inputs, inputMax, max, weightMax, zeros, target == Logits)).ToValueArray(),
                target == Codes ? ArenaLength / 2 : random.Next(0, 50), max, inputMax),
            target);
    }

    /// <summary>A step of Gaussian weights, three sigma at the largest, with exactly the given share of zeros.</summary>
    public static DenseStep Gaussian(int inputs, int outputs, int bits, double zeros, bool logits)
    {
        var random = new Random(7);
        int max = (1 << (bits - 1)) - 1;
        sbyte[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(_ =>
        {
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            int magnitude = Math.Clamp((int)Math.Round(Math.Abs(gaussian) * max / 3), 1, max);
            return (sbyte)(gaussian < 0 ? -magnitude : magnitude);
        })];
        int[] order = [.. Enumerable.Range(0, weights.Length)];
        random.Shuffle(order);
        foreach (int index in order.Take((int)Math.Round(weights.Length * zeros)))
            weights[index] = 0;
        int shift = (int)Math.Log2(1 + Math.Sqrt(weights.Sum(w => (double)w * w) / outputs));
        return new DenseStep(
            Enumerable.Range(0, inputs).ToValueArray(),
            weights.Chunk(inputs).Select(row => new DenseOutput(1 << shift >> 1, logits ? null : shift, row.ToValueArray())).ToValueArray(), logits ? 0 : 200, 127, 127);
    }

    /// <summary>Nothing, everything, noise, and for each output the inputs that attain its bounds.</summary>
    public static IEnumerable<byte[]> Inputs(DenseStep step, int seed)
    {
        var random = new Random(seed);
        yield return new byte[step.Inputs.Count];
        yield return [.. step.Inputs.Select(_ => (byte)step.InputMax)];
        for (int i = 0; i < 4; i++)
            yield return [.. step.Inputs.Select(_ => (byte)random.Next(0, step.InputMax + 1))];
        foreach (DenseOutput output in step.Outputs)
        {
            yield return [.. output.Weights.Select(weight => (byte)(weight > 0 ? step.InputMax : 0))];
            yield return [.. output.Weights.Select(weight => (byte)(weight < 0 ? step.InputMax : 0))];
        }
    }

    /// <summary>What an output is, computed plainly.</summary>
    public static int Expected(DenseStep step, DenseOutput output, byte[] inputs)
    {
        long sum = output.Bias + output.Weights.Select((weight, i) => (long)weight * inputs[i]).Sum();
        return checked((int)(output.Shift is { } shift ? Math.Min(step.ActivationMax, Math.Max(0, sum) >> shift) : sum));
    }

    private static DenseOutput Output(Random random, int inputs, int inputMax, int max, int weightMax, double zeros, bool isLogit)
    {
        sbyte[] weights = [.. Enumerable.Range(0, inputs).Select(_ => (sbyte)(random.NextDouble() < zeros ? 0
            : random.Next(40) == 0 && weightMax == 127 ? -128 : random.Next(-weightMax, weightMax + 1)))];
        if (random.Next(12) == 0)
            weights = [.. weights.Select(weight => (sbyte)Math.Min(0, (int)weight))];
        else if (random.Next(12) == 0)
            weights = [.. weights.Select(weight => (sbyte)Math.Clamp(Math.Abs((int)weight), 0, 127))];
        int low = inputMax * weights.Where(weight => weight < 0).Sum(weight => weight), high = inputMax * weights.Where(weight => weight > 0).Sum(weight => weight);
        int bias = random.Next(12) switch
        {
            0 => int.MinValue - low,
            1 => int.MaxValue - high,
            2 => -low,
            3 => -high,
            < 7 => 0,
            _ => random.Next(low - 1, high + 2),
        };
        int fitting = Math.Max(0, (int)Math.Log2(Math.Max(1, (double)(high + (long)bias) / (max + 1))) + random.Next(-1, 2));
        return new DenseOutput(bias, isLogit ? null : random.Next(6) == 0 ? random.Next(0, 32) : Math.Min(31, fitting), weights.ToValueArray());
    }
}
