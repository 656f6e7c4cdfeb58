using System.CommandLine;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Quantisation;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Whether a command that trains makes the network small at its end, and how: what <c>compress</c> does with its usual options, in steps that follow from the training's.</summary>
internal sealed class CompressionChoice
{
    /// <summary>Names of the option.</summary>
    public const string With = "--compress", Without = "--no-compress";

    /// <summary>Steps of the compression for a step of the training, and its learning rate: few steps want a high one.</summary>
    private const double Steps = 0.9, LearningRate = 4e-3;

    private readonly Option<bool> option;
    private readonly CommonOptions common;
    private readonly bool unlessAsked;

    /// <summary>Adds the option.</summary>
    /// <param name="command">The command.</param>
    /// <param name="common">Its other options.</param>
    /// <param name="unlessAsked">It is done unless the user says no; else where the user asks for it.</param>
    public CompressionChoice(Command command, CommonOptions common, bool unlessAsked)
    {
        (this.common, this.unlessAsked) = (common, unlessAsked);
        string usual = System.FormattableString.Invariant($"{CompressionOptions.UsualWeightBits} bits a weight, {100 * CompressionOptions.UsualZeros:F0} % zeros, learnt in {Steps} steps for each of training");
        option = unlessAsked
            ? new Option<bool>(Without) { Description = $"round the trained network to 8 bits and leave it at that, instead of making it small ({usual})" }
            : new Option<bool>(With) { Description = $"then make the network small: {usual}; 'adapter-train compress' has the options" };
        command.Add(option);
    }

    /// <summary>A run's settings, the choice in them.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="settings">Without the choice.</param>
    public RunSettings Apply(ParseResult parsed, RunSettings settings)
    {
        if (parsed.GetValue(option) == unlessAsked)
            return settings;
        QuantisationOptions widths = common.GivesWeightBits(parsed) ? settings.Quantisation : settings.Quantisation with { WeightBits = ValueArray.Of(CompressionOptions.UsualWeightBits) };
        int steps = System.Math.Max(1, (int)(Steps * settings.Training.Steps));
        return (settings with { CompressionThreads = common.Threads(parsed) }).Compressed(
            new CompressionOptions(settings.Training with { Steps = steps, LearningRate = LearningRate, AllOpen = true }, widths, CompressionOptions.UsualZeros));
    }
}
