using AdapterCompiler.Trainer.Data;
using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Targets;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Commands;

/// <summary>Values that a command's options have unless the user says otherwise.</summary>
/// <param name="Name">Model name.</param>
/// <param name="Folder">Output folder.</param>
/// <param name="Channels">Channels of the shared encoder.</param>
/// <param name="Alpha">Share of an adapter.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Batch">Batch size.</param>
/// <param name="Lambda">Weight of the cost.</param>
/// <param name="LearningRate">First learning rate.</param>
/// <param name="Seed">Seed.</param>
/// <param name="FrontEnd">How sound becomes codes: the integer front end is what a device computes.</param>
internal sealed record OptionDefaults(string Name, string Folder, string Channels, decimal Alpha, int Steps, int Batch, double Lambda, double LearningRate, int Seed = 1, string FrontEnd = FrontEndNames.Integer);

/// <summary>The options that all training commands have.</summary>
internal sealed class CommonOptions
{
    /// <summary>What the options of every command that quantises say of themselves.</summary>
    public const string WeightBitsText = "width of weights, 2-8: one for all layers or one per layer and one for the heads", ActivationBitsText = "width of activations, 1-8";

    /// <summary>Name of the option with the bits of a code that are read, and what it says of itself.</summary>
    public const string InputBitsOption = "--input-bits", InputBitsText = "bits of a front end's code that the network reads, the upper ones of 7";

    /// <summary>Name of the option with Torch's threads.</summary>
    public const string ThreadsOption = "--threads";

    private readonly Option<string> name, channels, cost, weightBits, folder, device, frontEnd;
    private readonly Option<decimal> alpha;
    private readonly Option<double> lambda, learningRate;
    private readonly Option<double?> gateRate;
    private readonly Option<int> steps, batch, seed, inputBits, activationBits, threads;
    private readonly Option<bool> plain, allOpen, streaming;

    /// <summary>Adds the options.</summary>
    /// <param name="command">The command.</param>
    /// <param name="defaults">What they are unless the user says otherwise.</param>
    /// <param name="withSeed">False for a command that has its own way to say which seed.</param>
    public CommonOptions(Command command, OptionDefaults defaults, bool withSeed = true)
    {
        name = Add(new Option<string>("--name") { Description = "name of the model: NAME.adapter, class NameModel", DefaultValueFactory = _ => defaults.Name });
        folder = Add(new Option<string>("--output", "-o") { Description = "folder for results and checkpoints", DefaultValueFactory = _ => defaults.Folder });
        channels = Add(new Option<string>("--channels") { Description = "channels of the shared encoder's convolutions", DefaultValueFactory = _ => defaults.Channels });
        alpha = Add(new Option<decimal>("--alpha") { Description = "an adapter's channels as a share of the shared ones", DefaultValueFactory = _ => defaults.Alpha });
        streaming = Add(new Option<bool>("--streaming") { Description = "pad nothing in time, so that a device computes each row of a stream once (docs/streaming.md)" });
        lambda = Add(new Option<double>("--lambda") { Description = "weight of the adapters' cost in the loss; larger closes more gates", DefaultValueFactory = _ => defaults.Lambda });
        allOpen = Add(new Option<bool>("--all-open") { Description = "leave every gate open, as with --lambda 0: adapters of full width, to compare with" });
        cost = Add(new Option<string>("--cost") { Description = "what the cost counts: parameters (thousands), flops (millions) or device (millions of weighted instructions of the generated code)", DefaultValueFactory = _ => "parameters" });
        cost.AcceptOnlyFromAmong([.. Enum.GetNames<CostMeasure>().Select(measure => measure.ToLowerInvariant())]);
        steps = Add(new Option<int>("--steps") { Description = "batches to train on", DefaultValueFactory = _ => defaults.Steps });
        batch = Add(new Option<int>("--batch") { Description = "samples of a batch, shared equally by the tasks", DefaultValueFactory = _ => defaults.Batch });
        learningRate = Add(new Option<double>("--learning-rate") { Description = "Adam's first learning rate; falls along a cosine", DefaultValueFactory = _ => defaults.LearningRate });
        gateRate = Add(new Option<double?>("--gate-rate") { Description = "first learning rate of the gates; ten times the weights' unless given. 0.001, the paper's, in trainings of more than some hundred steps" });
        seed = new Option<int>("--seed") { Description = "same seed, same run", DefaultValueFactory = _ => defaults.Seed };
        if (withSeed)
            Add(seed);
        plain = Add(new Option<bool>("--no-augmentation") { Description = "train on the slices as they are: no change of level, noise or position" });
        frontEnd = Add(new Option<string>("--front-end") { Description = "how sound becomes codes: integer, as a device does it (docs/front-end.md), sparse, the same with half of the upper bins, which is quicker there, fine, which is nearest to the float one and costs a tenth more there, or float, a log-mel of 512 points to compare with", DefaultValueFactory = _ => defaults.FrontEnd });
        frontEnd.AcceptOnlyFromAmong([.. FrontEndNames.All]);
        weightBits = Add(new Option<string>("--weight-bits") { Description = WeightBitsText, DefaultValueFactory = _ => "8" });
        inputBits = Add(new Option<int>(InputBitsOption) { Description = InputBitsText, DefaultValueFactory = _ => InputBits.FrontEnd });
        activationBits = Add(new Option<int>("--activation-bits") { Description = ActivationBitsText, DefaultValueFactory = _ => 7 });
        device = Add(new Option<string>("--device") { Description = DeviceText, DefaultValueFactory = _ => DeviceNames.Default });
        device.AcceptOnlyFromAmong([.. DeviceNames.All]);
        threads = Add(new Option<int>(ThreadsOption) { Description = "threads of Torch; runs are repeatable for the same number", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) });

        Option<T> Add<T>(Option<T> option)
        {
            command.Add(option);
            return option;
        }
    }

    /// <summary>Output folder.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(folder)!;

    /// <summary>The option with Torch's threads as a model's command says it, a blank before it; empty where it was not given.</summary>
    public string Threads(ParseResult parsed) => Threads(parsed.GetResult(threads) is { Implicit: false } ? parsed.GetValue(threads) : null);

    /// <summary>The same of a number of threads.</summary>
    public static string Threads(int? given) => given is { } count ? string.Create(CultureInfo.InvariantCulture, $" {ThreadsOption} {count}") : "";

    /// <summary>The user said how wide weights are to be.</summary>
    public bool GivesWeightBits(ParseResult parsed) => parsed.GetResult(weightBits) is { Implicit: false };

    /// <summary>Seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    /// <summary>Prepares Torch and reads the settings.</summary>
    /// <param name="parsed">What the user gave.</param>
    /// <param name="withMultiHead">Train the baseline too.</param>
    /// <param name="problem">What the user has to change, or null.</param>
    public RunSettings? Settings(ParseResult parsed, bool withMultiHead, out string? problem)
    {
        int threadCount = parsed.GetValue(threads);
        problem = threadCount < 1 ? string.Create(CultureInfo.InvariantCulture, $"--threads is {threadCount}; at least 1 is needed.") : null;
        if (Numbers(parsed.GetValue(channels)!) is not { } channelList)
            problem = $"--channels is '{parsed.GetValue(channels)}'; write whole numbers with commas, for example 6,12,24,48,96.";
        else if (Numbers(parsed.GetValue(weightBits)!) is not { } bits)
            problem = NoWidths(parsed.GetValue(weightBits)!);
        else if (problem is null && (problem = InputBitsProblem(parsed.GetValue(inputBits), InputBits.FrontEnd)) is null)
        {
            TorchSharp.torch.set_num_threads(threadCount);
            var training = new TrainingOptions(
                parsed.GetValue(steps), parsed.GetValue(batch), parsed.GetValue(seed), parsed.GetValue(lambda),
                Enum.Parse<CostMeasure>(parsed.GetValue(cost)!, ignoreCase: true), parsed.GetValue(learningRate), !parsed.GetValue(plain), parsed.GetValue(allOpen), GateRate: parsed.GetValue(gateRate));
            return new RunSettings(
                parsed.GetValue(name)!, parsed.GetValue(folder)!, TrainingCommand.Of(parsed, [weightBits, activationBits, folder]), FrontEnd.DefaultInput with { Bits = parsed.GetValue(inputBits) },
                FrontEndNames.Spec(parsed.GetValue(frontEnd)!), channelList, parsed.GetValue(alpha),
                training, new QuantisationOptions(bits, parsed.GetValue(activationBits)), parsed.GetValue(device)!, withMultiHead)
            {
                IsStreaming = parsed.GetValue(streaming),
            };
        }

        return null;
    }

    /// <summary>Which devices there are.</summary>
    public static string DeviceText => "device whose limits the generated code has to keep: " + string.Join(", ", DeviceNames.All);

    /// <summary>What is wrong with a number of bits of a code, or null.</summary>
    /// <param name="bits">Given; null for all.</param>
    /// <param name="whole">Bits that there are.</param>
    public static string? InputBitsProblem(int? bits, int whole) => bits is { } read && (read < 1 || read > whole)
        ? FormattableString.Invariant($"{InputBitsOption} is {read}; {(whole == InputBits.FrontEnd ? "a front end's codes have" : "the network was trained on")} {whole} bits, of which 1 to {whole} can be read.")
        : null;

    /// <summary>What to say of widths that are none.</summary>
    public static string NoWidths(string text) => $"--weight-bits is '{text}'; write whole numbers with commas, for example 8 or 8,8,4,4,4,8,8.";

    /// <summary>Whole numbers with commas; null where the text is none.</summary>
    public static ValueArray<int>? Numbers(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] numbers = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return numbers.Contains(-1) ? null : numbers.ToValueArray();
    }
}
