using AdapterCompiler.Trainer.Data;
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdapterCompiler.Trainer.Compression;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer.Experiments.Runs;

/// <summary>What a run trains.</summary>
internal enum RunKind
{
    /// <summary>A network.</summary>
    Network,

    /// <summary>An encoder without labels: the middle third of a slice from the thirds before and after it.</summary>
    Pretraining,

    /// <summary>Logistic regression on the codes, a task at a time; its weight decay chosen on the validation split.</summary>
    Linear,

    /// <summary>A trained network made small: few bits, zeros, sums that fit a number of lanes.</summary>
    Compression,
}

/// <summary>How the learning rate goes.</summary>
internal enum RateSchedule
{
    /// <summary>It falls to 2 % along half a cosine.</summary>
    Cosine,

    /// <summary>It stays, as in the paper.</summary>
    Constant,
}

/// <summary>Runs of one kind: a row of a table, once per seed, of single-task models once per task too.</summary>
/// <param name="Name">Name of the row, <c>[a-z0-9-]</c> and dots.</param>
/// <param name="Channels">Channels of the shared encoder.</param>
/// <param name="Alpha">An adapter's share of them; null for none.</param>
/// <param name="Cost">What the cost counts.</param>
/// <param name="Lambda">Weight of the cost; 0 leaves every gate open.</param>
/// <param name="Each">A network of its own for every task.</param>
/// <param name="Steps">Other than the file's.</param>
/// <param name="Seeds">Other than the file's.</param>
/// <param name="Kind">A network, or the linear baseline; that has no channels and is run for each task.</param>
/// <param name="Encoder">Name of a pretraining row whose encoder is taken over; null trains the encoder with the tasks.</param>
/// <param name="Use">What becomes of that encoder.</param>
/// <param name="Gates">Who decides which channels are open.</param>
/// <param name="Like">Name of a row whose cost, task by task and with the same seed, is not exceeded where gates do not decide.</param>
/// <param name="FrontEnd">Other than the file's.</param>
/// <param name="Weights">w_k, one per task of the file; null for 1.</param>
/// <param name="Rate">How the learning rate goes.</param>
/// <param name="From">Name of the row whose networks a compression makes small; its channels and alpha are theirs.</param>
/// <param name="Bits">Widths of a compression's weights: one for all layers, or one per layer and one for the heads.</param>
/// <param name="ActivationBits">Width of its codes.</param>
/// <param name="Zeros">Share of its weights that become 0.</param>
/// <param name="Distillation">Share of the float network's answers in its loss.</param>
/// <param name="Lanes">Lanes of a long that hold its sums, 4 or 6; 0 lets them be.</param>
/// <param name="LearningRate">Other than the file's; a compression has its own unless told.</param>
/// <param name="Masks">Other than the file's.</param>
/// <param name="GateRate">Other than the file's.</param>
/// <param name="Streaming">Nothing is padded in time.</param>
/// <param name="InputBits">Bits of a code that its network reads: the upper ones of the front end's. A compression may read fewer than the network did that it begins with.</param>
internal sealed record ExperimentRow(
    string Name, int[] Channels, decimal? Alpha = null, CostMeasure Cost = CostMeasure.Parameters, double Lambda = 0, bool Each = false, int? Steps = null, int[]? Seeds = null,
    RunKind Kind = RunKind.Network, string? Encoder = null, EncoderUse Use = EncoderUse.Frozen, GateChoice Gates = GateChoice.Learned, string? Like = null, string? FrontEnd = null, double[]? Weights = null,
    RateSchedule Rate = RateSchedule.Cosine, string? From = null, int[]? Bits = null, int ActivationBits = 7, double Zeros = 0, double Distillation = CompressionOptions.UsualDistillation, int Lanes = CompressionOptions.UsualLanes,
    double? LearningRate = null, bool? Masks = null, double? GateRate = null, bool Streaming = false, int InputBits = Artifact.InputBits.FrontEnd)
{
    /// <summary>Some gates may close in training.</summary>
    public bool HasLearningGates => Kind == RunKind.Network && Alpha is not null && Gates == GateChoice.Learned && Lambda > 0;
}

/// <summary>An experiment as a file describes it: what all runs have in common, and the rows in the order in which they are run, seed by seed.</summary>
/// <param name="Tasks">Names of the tasks, in the order of the model file.</param>
/// <param name="FrontEnd"><c>integer</c>, <c>sparse</c>, <c>fine</c> or <c>float</c>.</param>
/// <param name="Steps">Batches of a run.</param>
/// <param name="Batch">Samples of a batch of all tasks; a single task's has its share of them.</param>
/// <param name="LearningRate">Adam's first learning rate.</param>
/// <param name="Seeds">Seeds.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Masks">Hide some bands and frames of training slices, of every row unless it says other.</param>
/// <param name="GateRate">Adam's first learning rate of gates; ten times the weights' unless told.</param>
internal sealed record ExperimentFile(string[] Tasks, string FrontEnd, int Steps, int Batch, double LearningRate, int[] Seeds, ExperimentRow[] Rows, bool Masks = false, double? GateRate = null)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It describes no experiment; the message says where and why.</exception>
    public static ExperimentFile Read(string path)
    {
        try
        {
            ExperimentFile file = JsonSerializer.Deserialize<ExperimentFile>(File.ReadAllText(path), Format) ?? throw new InvalidDataException($"{path} is empty");
            return file.Problem() is { } problem ? throw new InvalidDataException($"{path}: {problem}") : file;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}({exception.LineNumber + 1},{exception.BytePositionInLine + 1}): {exception.Message.Split(" Path:")[0]}", exception);
        }
    }

    /// <summary>All runs: seed by seed, and in the file's order.</summary>
    public IReadOnlyList<PlannedRun> Runs() =>
    [
        .. Rows.SelectMany(row => row.Seeds ?? Seeds).Distinct().SelectMany(seed => Rows
            .Where(row => (row.Seeds ?? Seeds).Contains(seed))
            .SelectMany(row => row.Each ? Tasks.Select(task => Run(row, seed, [task], task)) : [Run(row, seed, Tasks, part: null)])),
    ];

    private PlannedRun Run(ExperimentRow row, int seed, string[] tasks, string? part)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{row.Name}{(part is null ? "" : "-" + part)}-{seed}");
        return new PlannedRun(name, row, row.FrontEnd ?? FrontEnd, tasks, row.Steps ?? Steps, Batch / Tasks.Length * tasks.Length, row.LearningRate ?? (row.Kind == RunKind.Compression ? CompressionOptions.UsualLearningRate : LearningRate), seed, row.Masks ?? Masks, row.HasLearningGates ? row.GateRate ?? GateRate : null);
    }

    private string? Problem()
    {
        if (Tasks.Length == 0 || Rows.Length == 0 || Seeds.Length == 0 || Rows.Any(row => row is null) || Rows.Any(row => row.Seeds is { Length: 0 }))
            return "tasks, rows and seeds need an entry at least";
        if (Tasks.GroupBy(task => task, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"the task '{twice.Key}' stands twice in \"tasks\"";
        if (Batch % Tasks.Length != 0)
            return $"\"batch\" is {Batch}, which {Tasks.Length} tasks cannot share equally: take a multiple of {Tasks.Length}";
        if (Rows.GroupBy(row => row.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } same)
            return $"two rows are called '{same.Key}'; give each a name of its own";
        if (Rows.FirstOrDefault(row => row.Name.Length == 0 || row.Name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.'))) is { } odd)
            return $"a row is called '{odd.Name}'; lower-case letters, digits, hyphens and dots are possible, since it names a folder";
        if (Rows.FirstOrDefault(row => row.Kind == RunKind.Linear && !row.Each) is { } joint)
            return $"the linear row '{joint.Name}' needs \"each\": true: it knows no other tasks";
        foreach (ExperimentRow row in Rows.Where(row => row.Kind == RunKind.Compression || row.From is not null))
        {
            if (row.Kind != RunKind.Compression || row.From is null || row.Bits is not { Length: > 0 })
                return $"the row '{row.Name}' needs \"kind\": \"compression\", \"from\" and \"bits\" together";
            if (Rows.FirstOrDefault(each => each.Name == row.From) is { } whole && whole.InputBits < row.InputBits)
                return $"the row '{row.Name}' reads {row.InputBits} bits of a code, and '{row.From}', whose networks it makes small, learnt with {whole.InputBits}: give it an \"inputBits\" of {whole.InputBits} or fewer";
            if (Rows.FirstOrDefault(each => each.Name == row.From) is not { Kind: RunKind.Network } source || !source.Channels.SequenceEqual(row.Channels) || source.Alpha != row.Alpha || source.Each != row.Each || source.Streaming != row.Streaming)
                return $"the row '{row.Name}' makes the networks of '{row.From}' small: that has to be a row of networks with the same channels, alpha, \"each\" and \"streaming\"";
        }

        foreach (ExperimentRow row in Rows.Where(row => row.Encoder is not null))
        {
            if (row.Kind != RunKind.Network)
                return $"the row '{row.Name}' takes an encoder, which only rows of networks do";
            if (Rows.FirstOrDefault(each => each.Kind == RunKind.Pretraining && each.Name == row.Encoder) is not { } source)
                return $"the row '{row.Name}' takes the encoder of '{row.Encoder}', which is no row of the kind pretraining";
            if (!source.Channels.SequenceEqual(row.Channels))
                return $"the row '{row.Name}' has other channels than '{row.Encoder}', whose encoder it takes";
            if (source.InputBits != row.InputBits)
                return $"the row '{row.Name}' reads {row.InputBits} bits of a code, and '{row.Encoder}', whose encoder it takes, {source.InputBits}: give both the same \"inputBits\"";
        }

        return Rows.Select(Problem).OfType<string>().FirstOrDefault()
            ?? SourceProblem()
            ?? (Runs().GroupBy(run => run.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } alike ? $"two runs are called '{alike.Key}'; give one of their rows another name" : null)
            ?? (Rows.Select(row => row.FrontEnd).OfType<string>().Prepend(FrontEnd).FirstOrDefault(each => !FrontEndNames.All.Contains(each, StringComparer.Ordinal)) is { } other ? $"frontEnd is '{other}'; {string.Join(", ", FrontEndNames.All)} are possible" : null)
            ?? Runs().Select(run => run.Problem() is { } mistake ? $"the row '{run.Row.Name}' cannot be run: {mistake}" : null).OfType<string>().FirstOrDefault();
    }

    // What rows take of others has to be there when they are run.
    private string? SourceProblem()
    {
        foreach (ExperimentRow row in Rows)
        {
            if ((row.From ?? row.Encoder ?? row.Like) is not { } name || Rows.FirstOrDefault(each => each.Name == name) is not { } source)
                continue;
            if ((row.Seeds ?? Seeds).Except(source.Seeds ?? Seeds).ToArray() is { Length: > 0 } missing)
                return $"the row '{row.Name}' has the seed {missing[0]}, which '{name}', whose run it takes, has not: give both the same \"seeds\"";
            if (source.Each && !row.Each)
                return $"the row '{row.Name}' takes something of '{name}', which is run for each task: give it \"each\": true too";
            if (row.Like is null && (row.FrontEnd ?? FrontEnd) != (source.FrontEnd ?? FrontEnd))
                return $"the row '{row.Name}' hears with another front end than '{name}', whose network it takes: give both the same \"frontEnd\"";
        }

        return null;
    }

    private string? Problem(ExperimentRow row)
    {
        if (row.Weights is { } weights && (row.Each || weights.Length != Tasks.Length || weights.Any(weight => !(weight > 0 && double.IsFinite(weight)))))
            return $"the row '{row.Name}' needs a weight above 0 for each of the {Tasks.Length} tasks, and no \"each\"";
        if (row.InputBits is < 1 or > Artifact.InputBits.FrontEnd)
            return $"the row '{row.Name}' has \"inputBits\": {row.InputBits}; a front end's codes have {Artifact.InputBits.FrontEnd} bits, and 1 to {Artifact.InputBits.FrontEnd} of them can be read";
        if (row.Use != EncoderUse.Frozen && row.Encoder is null)
            return $"the row '{row.Name}' uses an encoder but takes none: name a pretraining row with \"encoder\"";
        if (row.Streaming && (row.Encoder is not null || row.Kind is not (RunKind.Network or RunKind.Compression)))
            return $"the row '{row.Name}' is \"streaming\": that is for networks that are trained whole, and for what makes them small";
        if (row.GateRate is not null && !row.HasLearningGates)
            return $"the row '{row.Name}' has no gates that learn: \"gateRate\" means nothing there";
        if (row.Gates == GateChoice.Learned)
            return row.Like is null ? null : $"the row '{row.Name}' learns its gates: \"like\" means nothing there";
        if (row.Alpha is null)
            return $"the row '{row.Name}' has no adapters: \"gates\" means nothing there";
        if (row.Cost == CostMeasure.Device)
            return $"the row '{row.Name}' has a device's cost, which is learned by: count parameters or flops where gates do not decide";
        if (row.Gates == GateChoice.Norms && row.Lambda == 0)
            return $"the row '{row.Name}' chooses by norms, which a lambda above 0 has to pull down";
        return Rows.FirstOrDefault(each => each.Name == row.Like) is { Kind: RunKind.Network, Each: false, Alpha: not null, Gates: GateChoice.Learned }
            ? null
            : $"the row '{row.Name}' opens channels as far as a row whose gates learn does: name it with \"like\"";
    }
}
