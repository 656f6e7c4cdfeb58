using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace AdapterCompiler.Trainer.Experiments.Points;

/// <summary>One way to make a network small, and what is known of it.</summary>
/// <param name="WeightBits">Bits of every weight.</param>
/// <param name="Zeros">Share of the weights that become 0.</param>
internal sealed record CompressionPoint(int WeightBits, double Zeros)
{
    private const double Percent = 100;

    /// <summary>Mild to severe: each is cheaper than the one before, or smaller, and less like the float network.</summary>
    public static (int WeightBits, double Zeros)[] Grid { get; } = [(8, 0), (6, 0), (6, 0.5), (4, 0.5), (4, 0.7), (4, 0.8), (3, 0.8), (3, 0.9), (2, 0.8), (2, 0.9)];

    /// <summary>Cost of the network rounded and pruned at once, without training; null where nobody asked.</summary>
    public PointCost? Predicted { get; init; }

    /// <summary>Cost of the trained integers; null until then.</summary>
    public PointCost? Measured { get; init; }

    /// <summary>Accuracy after training; null until then.</summary>
    public PointAccuracy? Accuracy { get; init; }

    /// <summary>Name of its folder.</summary>
    [JsonIgnore]
    public string Name => FormattableString.Invariant($"bits-{WeightBits}-zeros-{Percent * Zeros:F0}");

    /// <summary>For a reader.</summary>
    [JsonIgnore]
    public string Text => FormattableString.Invariant($"{WeightBits} bit, {Percent * Zeros:F0} % zeros");

    /// <summary>It was trained.</summary>
    [JsonIgnore]
    public bool IsTrained => Accuracy is not null;

    /// <summary>Its cost as far as it is known.</summary>
    [JsonIgnore]
    public PointCost? Cost => Measured ?? Predicted;

    /// <summary>No other trained point is as good on the validation split for fewer instructions, or better for as many.</summary>
    /// <param name="others">All points.</param>
    public bool IsBest(IEnumerable<CompressionPoint> others) => this is { Accuracy: { } own, Measured: { Fits: true } cost }
        && others.All(each => each is not { Accuracy: { } accuracy, Measured: { Fits: true } other }
            || !(accuracy.Validation >= own.Validation && other.Weighted <= cost.Weighted && (accuracy.Validation > own.Validation || other.Weighted < cost.Weighted)));
}

/// <summary>Means over the tasks.</summary>
/// <param name="FloatValidation">Float network, validation split: 0 … 1.</param>
/// <param name="Validation">Integers, validation split, which everything is chosen by.</param>
/// <param name="FloatTest">Float network, test split.</param>
/// <param name="Test">Integers, test split, which nothing is chosen by.</param>
/// <param name="Zeros">Share of the weights between open channels that are 0.</param>
internal sealed record PointAccuracy(double FloatValidation, double Validation, double FloatTest, double Test, double Zeros)
{
    private const double Percent = 100;

    /// <summary>What computed it.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Points of a hundred lost on the validation split.</summary>
    [JsonIgnore]
    public double Drop => Percent * (FloatValidation - Validation);
}
