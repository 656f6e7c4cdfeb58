using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Targets;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Experiments;
using AdapterCompiler.Trainer.Experiments.Points;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Reporting;

namespace AdapterCompiler.Trainer.Commands;

/// <summary><c>compress</c>: a trained network learns to live with few bits and many zeros; with a budget, as few and as many as it takes.</summary>
internal sealed class CompressCommand
{
    private readonly RunConsole console;
    private readonly Argument<string> weights = new("weights") { Description = "NAME.safetensors that a training left in its output folder" };
    private readonly Option<string?> data = new(TrainCommand.DataOption) { Description = "the recordings that it was trained on; without it the built-in set" };
    private readonly Option<string?> weightBits = new("--weight-bits") { Description = $"{CommonOptions.WeightBitsText} [{CompressionOptions.UsualWeightBits}]" };
    private readonly Option<double?> zeros = new("--zeros") { Description = FormattableString.Invariant($"share of the weights that become 0, 0 to {CompressionOptions.MostZeros} [{CompressionOptions.UsualZeros}]") };
    private readonly Option<int> activationBits = new("--activation-bits") { Description = CommonOptions.ActivationBitsText, DefaultValueFactory = _ => 7 };
    private readonly Option<int> steps = new("--steps") { Description = "batches to learn on, zeros being chosen in the first half; 0 rounds without learning", DefaultValueFactory = _ => CompressionOptions.UsualSteps };
    private readonly Option<int?> batch = new("--batch") { Description = "samples of a batch, shared equally by the tasks [the training's]" };
    private readonly Option<double> learningRate = new("--learning-rate") { Description = "Adam's first learning rate; falls along a cosine", DefaultValueFactory = _ => CompressionOptions.UsualLearningRate };
    private readonly Option<double> distillation = new("--distillation") { Description = "share of the loss that asks for the float network's answers instead of the labels'", DefaultValueFactory = _ => CompressionOptions.UsualDistillation };
    private readonly Option<int?> inputBits = new(CommonOptions.InputBitsOption) { Description = CommonOptions.InputBitsText + " [as many as it was trained on]" };
    private readonly Option<int> lanes = new("--lanes") { Description = "hold sums where 4 or 6 lanes of a long hold them: faster code, more to learn around; 6 wants codes of 5 bits, the input's too; 0 lets them be", DefaultValueFactory = _ => CompressionOptions.UsualLanes };
    private readonly Option<double?> mostMilliseconds = new("--max-ms") { Description = "budget: a window of all tasks takes at most this on the device, by the middle of the predicted range" };
    private readonly Option<int?> mostParts = new("--max-parts") { Description = "budget: assemblies" };
    private readonly Option<int?> mostRam = new("--max-ram") { Description = "budget: RAM in KB" };
    private readonly Option<double?> mostDrop = new("--max-drop") { Description = "budget: points of a hundred of mean validation accuracy lost against the float network" };
    private readonly Option<string?> folder = new("--output", "-o") { Description = "folder for the results [beside the weights]" };
    private readonly Option<string> device = new("--device") { Description = CommonOptions.DeviceText, DefaultValueFactory = _ => DeviceNames.Default };
    private readonly Option<int?> threads = new(CommonOptions.ThreadsOption) { Description = "threads of Torch; runs are repeatable for the same number [one per core]" };
    private readonly RecordingOptions recordings;

    private CompressCommand(Command command, RunConsole console)
    {
        this.console = console;
        device.AcceptOnlyFromAmong([.. DeviceNames.All]);
        command.Add(weights);
        foreach (Option option in (Option[])[data, weightBits, zeros, activationBits, inputBits, steps, batch, learningRate, distillation, lanes, mostMilliseconds, mostParts, mostRam, mostDrop, folder, device, threads])
            command.Add(option);
        recordings = new RecordingOptions(command);
        command.SetAction(Run);
    }

    /// <summary>The command.</summary>
    /// <param name="console">Terminal.</param>
    public static Command Create(RunConsole console)
    {
        var command = new Command("compress", "Makes a finished training small: it learns on with few bits and many zeros, in the integers of its export. With a budget (--max-...) it looks for bits and zeros that keep it.");
        _ = new CompressCommand(command, console);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var budget = new DeviceBudget(parsed.GetValue(mostMilliseconds), parsed.GetValue(mostParts), parsed.GetValue(mostRam));
        double? drop = parsed.GetValue(mostDrop);
        bool searches = !budget.IsNone || drop is not null;
        if (Mistake(parsed, budget, drop, searches) is { } mistake)
            return ExitCode.Usage(console, mistake);
        if (recordings.Of(parsed, parsed.GetValue(data), out string? problem) is not { } folders)
            return ExitCode.Usage(console, problem!);
        string path = parsed.GetValue(weights)!;
        if (QuantiseCommand.Load(console, path) is not { } trained)
            return ExitCode.Of(RunOutcome.Failed);
        using (trained)
        {
            CompressionOptions options = Options(parsed, trained.Saved);
            if (CommonOptions.InputBitsProblem(options.InputBits, trained.Saved.Input.Bits) is { } unread)
                return ExitCode.Mistake(console, unread);
            int bits = options.InputBits ?? trained.Saved.Input.Bits;
            using FloatWeights reading = trained.Reading(bits);
            if (options.Problem(reading.Saved.Shape) is { } wrong)
                return ExitCode.Mistake(console, wrong);
            if (parsed.GetValue(threads) is { } count)
                TorchSharp.torch.set_num_threads(count);
            RunSettings settings = QuantiseCommand.Settings(trained.Saved, Folder(parsed, path, options, searches), options.Widths, parsed.GetValue(device)!) with
            {
                Budget = budget,
                // What a model depends on besides: as a training says it.
                CompressionThreads = CommonOptions.Threads(parsed.GetValue(threads)),
            };
            if (Path.GetFullPath(settings.Folder) == Path.GetDirectoryName(Path.GetFullPath(path)))
                return ExitCode.Usage(console, $"--output {settings.Folder} is where {path} lies, whose model and results would be overwritten. Choose another folder.");
            using RunFolder? own = RunFolder.Take(settings.Folder, out problem);
            if (own is null)
                return ExitCode.Mistake(console, problem!);
            if (QuantiseCommand.Data(console, path, parsed.GetValue(data), settings, folders, trained) is not { } whole)
                return ExitCode.Of(RunOutcome.Failed);
            TaskData[] tasks = [.. whole.Select(task => UpperBits.Of(task, trained.Saved.Input.Bits - bits))];
            settings = settings with { Input = reading.Saved.Input };
            return ExitCode.Of(searches ? new CompressionSearch(settings, tasks, reading, options, drop, console).Run() : new Experiment(settings.Compressed(options), tasks, console).Compress(reading));
        }
    }

    private string? Mistake(ParseResult parsed, DeviceBudget budget, double? drop, bool searches)
    {
        if (parsed.GetValue(weightBits) is { } bits && CommonOptions.Numbers(bits) is null)
            return CommonOptions.NoWidths(bits);
        if (searches && (parsed.GetResult(weightBits) is not null || parsed.GetResult(zeros) is not null))
            return "--weight-bits and --zeros are what a search with a budget looks for. Leave them out, or leave out --max-ms, --max-parts, --max-ram and --max-drop.";
        if (drop is not null && !(drop is >= 0 and <= 100))
            return FormattableString.Invariant($"--max-drop is {drop}; it is a number of points of accuracy from 0 to 100, for example 0.5.");
        if (parsed.GetValue(threads) is < 1)
            return FormattableString.Invariant($"{threads.Name} is {parsed.GetValue(threads)}; at least 1 is needed.");
        return budget.Problem(parsed.GetValue(device)!);
    }

    private CompressionOptions Options(ParseResult parsed, SavedRun saved) => new(
        saved.Training with { Steps = parsed.GetValue(steps), BatchSize = parsed.GetValue(batch) ?? saved.Training.BatchSize, LearningRate = parsed.GetValue(learningRate), AllOpen = true },
        new QuantisationOptions(parsed.GetValue(weightBits) is { } bits ? CommonOptions.Numbers(bits)! : ValueArray.Of(CompressionOptions.UsualWeightBits), parsed.GetValue(activationBits)),
        parsed.GetValue(zeros) ?? CompressionOptions.UsualZeros, parsed.GetValue(distillation), parsed.GetValue(lanes))
    {
        InputBits = parsed.GetValue(inputBits) is { } given && given != saved.Input.Bits ? given : null,
    };

    private string Folder(ParseResult parsed, string path, CompressionOptions options, bool searches) => parsed.GetValue(folder) ?? Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(path))!,
        searches ? "compressed" : string.Create(CultureInfo.InvariantCulture, $"compressed-bits-{string.Join('-', options.Widths.WeightBits)}-zeros-{100 * options.Zeros:F0}"));
}
