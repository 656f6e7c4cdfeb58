using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>docs/results/streaming.md: what a second of sound costs on a stream and in whole windows.</summary>
internal static class StreamNote
{
    private const int FramesPerSecond = 100;

    private static readonly int[] Hops = [16, 32, 48, 96];

    /// <summary>The whole text.</summary>
    /// <param name="models">Model files; those that pad in time are left out.</param>
    /// <param name="commit">Of the repository.</param>
    public static string Write(IEnumerable<string> models, string commit) => string.Join('\n', Head(commit)
        .Concat(models.Select(path => (Path.GetFileNameWithoutExtension(path), ModelReader.Read(File.ReadAllText(path)).Model!)).Where(each => each.Item2.Shared[0].Operator.Margin > 0)
            .Append(("the paper's encoder and a small adapter, 4 bit, 80 % zeros", Paper())).SelectMany(each => Section(each.Item1, each.Item2)))) + "\n";

    private static IEnumerable<string> Head(string commit) =>
    [
        "# Streams and windows",
        "",
        $"Written by `dotnet run -c Release --project benchmarks -- streaming` at commit {commit}; a new run overwrites it.",
        "",
        "Millions of weighted instructions for a second of sound, frames 10 ms apart, every task, hearing apart; RAM of packed images and codes, the window or the two frames that are read among them; the longest call in the time of so many frames, were the board just fast enough for the network. Predicted figures, which tests hold to what is executed (StreamCostTests).",
        "Decisions of a stream are those of the windows, bit for bit. Windows that are padded are of the same weights with padding in time, as a model is without `--streaming`.",
        ProgramRooms.Note + " Rows with one are of what it changes.",
        "",
    ];

    /// <summary>The paper's encoder and a small adapter, without padding in time.</summary>
    public static ModelArtifact Paper() =>
        UnpaddedModels.Of(LaneModels.Create(1, 96, 64, [6, 12, 24, 48, 96, 96], [1], 4, 7, 0.8), 0) with { Input = new InputSpec(96, 64, 7) };

    private static IEnumerable<string> Section(string name, ModelArtifact model)
    {
        IReadOnlyList<(string Room, Row Row)> allPadded = ProgramRooms.Of(room => Windows(UnpaddedModels.Padded(model), room)), windows = ProgramRooms.Of(room => Windows(model, room));
        Row padded = allPadded[0].Row;
        return
        [
            $"## {name}",
            "",
            .. Markdown.Table(
                ["", "decisions every", "a second of sound", "of padded windows, one each 96 frames", "RAM", "of padded windows", "longest call, frames"],
                Rows("padded windows", allPadded, [96, 48]).Concat(Rows("windows", windows, [96, 48, 16]))
                    .Concat(Hops.SelectMany(hop => Rows("stream", ProgramRooms.Of(room => Stream(model, hop, room)), [hop])))),
        ];

        IEnumerable<IReadOnlyList<string>> Rows(string way, IReadOnlyList<(string Room, Row Row)> rooms, int[] hops) =>
            from each in rooms
            from hop in hops
            select Text(ProgramRooms.Name(way, each.Room), each.Row, hop, padded);
    }

    private static IReadOnlyList<string> Text(string way, Row row, int hop, Row padded)
    {
        long second = row.Decision * FramesPerSecond / hop;
        return
        [
            way, FormattableString.Invariant($"{hop} frames"), Markdown.Millions(second), FormattableString.Invariant($"{(double)second * 96 / (padded.Decision * FramesPerSecond):0.00}"),
            FormattableString.Invariant($"{row.Ram:N0}"), FormattableString.Invariant($"{(double)row.Ram / padded.Ram:0.00}"), FormattableString.Invariant($"{(double)row.Longest * hop / row.Decision:0.0}"),
        ];
    }

    private static Row Windows(ModelArtifact model, string room)
    {
        CodedProgram program = Compiled(model, "", "", room);
        long window = ProgramCost.Of(program).Of();
        return new Row(window, program.ArenaBytes + (model.Input.Frames * model.Input.Bands), window);
    }

    private static Row Stream(ModelArtifact model, int hop, string room)
    {
        CodedProgram program = Compiled(model, "true", FormattableString.Invariant($"{hop}"), room);
        var cost = ProgramCost.Of(program);
        Streaming streaming = program.Network.Streaming!;
        long[] runs = [.. cost.Layers.Select((stage, i) => stage.Of(ProgramCost.AllTasks) / (i < program.Layers.Count ? program.Layers[i].Layer.Runs : 1))];
        long step = runs[0] + runs.Take(streaming.Layers + 1).Skip(1).Max(), decision = runs.Skip(streaming.Layers + 1).Sum();
        return new Row(cost.Of(), program.ArenaBytes + (Streaming.GroupFrames * model.Input.Bands), Math.Max(step, decision));
    }

    private static CodedProgram Compiled(ModelArtifact model, string streaming, string hop, string room)
    {
        var options = new CompilationOptions("Model", "", "model.adapter", ValueArray<string>.Empty, DeviceNames.Default) { Streaming = streaming, Hop = hop, ProgramRoom = room };
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), options);
        return result.Program ?? throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(each => each.Message)));
    }

    private sealed record Row(long Decision, int Ram, long Longest);
}
