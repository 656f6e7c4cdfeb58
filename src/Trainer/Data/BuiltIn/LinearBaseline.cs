using System;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>
/// Multinomial logistic regression on standardised codes: what a model reaches that weighs every frame and band by itself. The
/// middle column of the chance / linear / network table.
/// </summary>
public static class LinearBaseline
{
    private const int Epochs = 15;
    private const int BatchSize = 16;
    private const float LearningRate = 0.5f;
    private const float WeightDecay = 0.01f;

    private static readonly float[] Decays = [0, 0.003f, 0.01f, 0.03f, 0.1f];

    /// <summary>Trains on the training split and classifies the test split.</summary>
    /// <param name="task">A task with at least one slice in either split.</param>
    /// <param name="seed">Order of the slices in training.</param>
    /// <returns>Share of test slices classified right, 0-1.</returns>
    public static double TestAccuracy(TaskData task, int seed)
    {
        int[] predicted = PredictTest(task, seed);
        int correct = 0;
        for (int i = 0; i < predicted.Length; i++)
            correct += predicted[i] == task.Test.Classes[i] ? 1 : 0;
        return correct / (double)predicted.Length;
    }

    /// <summary>Trains on the training split and gives the class that it finds for each test slice.</summary>
    /// <param name="task">A task with at least one slice in the training split.</param>
    /// <param name="seed">Order of the slices in training.</param>
    public static int[] PredictTest(TaskData task, int seed) => Predict(task, seed, WeightDecay, task?.Test!)[0];

    /// <summary>The same with the weight decay that does best on the validation split.</summary>
    /// <param name="task">A task with slices in every split.</param>
    /// <param name="seed">Order of the slices in training.</param>
    /// <param name="progress">Told decays tried and decays in all; or null.</param>
    /// <returns>Share of right answers on the validation split, 0-1, and the class found for each test slice.</returns>
    public static (double Validation, int[] Test) Tuned(TaskData task, int seed, Action<int, int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        (double Validation, int[] Test) best = (-1, []);
        for (int i = 0; i < Decays.Length; i++)
        {
            int[][] found = Predict(task, seed, Decays[i], task.Validation, task.Test);
            int right = found[0].Zip(task.Validation.Classes).Count(pair => pair.First == pair.Second);
            if (right > best.Validation * task.Validation.Count)
                best = ((double)right / task.Validation.Count, found[1]);
            progress?.Invoke(i + 1, Decays.Length);
        }

        return best;
    }

    private static int[][] Predict(TaskData task, int seed, float decay, params SliceSet[] sets)
    {
        ArgumentNullException.ThrowIfNull(task);
        int width = task.Train.Codes[0].Length;
        (float[] mean, float[] scale) = Statistics(task.Train, width);
        var weights = new float[task.Labels.Count * width];
        var biases = new float[task.Labels.Count];
        Train(Standardise(task.Train, mean, scale), width, task.Train, weights, biases, decay, new SliceRandom(seed, 0, BuiltInSplit.Train, 0));
        return [.. sets.Select(set => Classify(Standardise(set, mean, scale), set.Count, width, weights, biases))];
    }

    private static int[] Classify(float[] test, int count, int width, float[] weights, float[] biases)
    {
        var predicted = new int[count];
        var logits = new float[biases.Length];
        for (int i = 0; i < predicted.Length; i++)
        {
            Logits(test.AsSpan(i * width, width), weights, biases, logits);
            predicted[i] = logits.AsSpan().IndexOf(Largest(logits));
        }

        return predicted;
    }

    private static void Train(float[] slices, int width, SliceSet set, float[] weights, float[] biases, float decay, SliceRandom random)
    {
        int classes = biases.Length;
        int[] order = new int[set.Count];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        var errors = new float[BatchSize * classes];
        int steps = Epochs * ((order.Length + BatchSize - 1) / BatchSize);
        int step = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            Shuffle(order, random);
            for (int first = 0; first < order.Length; first += BatchSize, step++)
            {
                ReadOnlySpan<int> batch = order.AsSpan(first, Math.Min(BatchSize, order.Length - first));
                for (int i = 0; i < batch.Length; i++)
                {
                    Span<float> error = errors.AsSpan(i * classes, classes);
                    Logits(slices.AsSpan(batch[i] * width, width), weights, biases, error);
                    Softmax(error);
                    error[set.Classes[batch[i]]] -= 1;
                }

                float rate = LearningRate * (1 - (step / (float)steps));
                foreach (ref float weight in weights.AsSpan())
                    weight *= 1 - (rate * decay);
                for (int i = 0; i < batch.Length; i++)
                {
                    for (int c = 0; c < classes; c++)
                    {
                        float amount = -rate / batch.Length * errors[(i * classes) + c];
                        AddScaled(weights.AsSpan(c * width, width), slices.AsSpan(batch[i] * width, width), amount);
                        biases[c] += amount;
                    }
                }
            }
        }
    }

    private static (float[] Mean, float[] Scale) Statistics(SliceSet set, int width)
    {
        var mean = new float[width];
        var scale = new float[width];
        for (int j = 0; j < width; j++)
        {
            double sum = 0, squares = 0;
            foreach (byte[] codes in set.Codes)
            {
                sum += codes[j];
                squares += codes[j] * codes[j];
            }

            double average = sum / set.Count;
            mean[j] = (float)average;

            // Divided by the root of the width too: a slice then has length 1, and one learning rate suits every image size.
            scale[j] = (float)(1 / Math.Sqrt(((squares / set.Count) - (average * average) + 1) * width));
        }

        return (mean, scale);
    }

    private static float[] Standardise(SliceSet set, float[] mean, float[] scale)
    {
        var result = new float[set.Count * mean.Length];
        for (int i = 0; i < set.Count; i++)
        {
            byte[] codes = set.Codes[i];
            for (int j = 0; j < mean.Length; j++)
                result[(i * mean.Length) + j] = (codes[j] - mean[j]) * scale[j];
        }

        return result;
    }

    private static void Shuffle(int[] order, SliceRandom random)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private static void Logits(ReadOnlySpan<float> slice, float[] weights, float[] biases, Span<float> logits)
    {
        for (int c = 0; c < biases.Length; c++)
            logits[c] = biases[c] + Dot(slice, weights.AsSpan(c * slice.Length, slice.Length));
    }

    private static void Softmax(Span<float> logits)
    {
        float largest = Largest(logits), sum = 0;
        foreach (ref float logit in logits)
        {
            logit = MathF.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref float logit in logits)
            logit /= sum;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values)
            largest = Math.Max(largest, value);
        return largest;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(a), right = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = Vector<float>.Zero;
        for (int i = 0; i < left.Length; i++)
            sums += left[i] * right[i];
        float sum = Vector.Sum(sums);
        for (int i = left.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        Span<Vector<float>> left = MemoryMarshal.Cast<float, Vector<float>>(target);
        ReadOnlySpan<Vector<float>> right = MemoryMarshal.Cast<float, Vector<float>>(source);
        var factors = new Vector<float>(factor);
        for (int i = 0; i < left.Length; i++)
            left[i] += factors * right[i];
        for (int i = left.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += factor * source[i];
    }
}
