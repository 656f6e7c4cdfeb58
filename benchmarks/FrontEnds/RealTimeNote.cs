using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Benchmarks.Output;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>docs/results/real-time.md: how long boards need for a second of sound, from sample to label.</summary>
internal static class RealTimeNote
{
    private const int Milliseconds = 1_000;

    /// <summary>Of a decision's time: what a room has to save to be worth rows of its own.</summary>
    private const int Share = 20;

    private static readonly int[] FrameHops = [160, 320];

    private static readonly DeviceProfile[] Devices = [.. DeviceProfiles.All.Where(device => device.WeightedPerSecondLow is not null && device.Name is not ("esp32-2mb" or "esp32-8mb"))];

    /// <summary>The whole text.</summary>
    /// <param name="models">Model files.</param>
    /// <param name="commit">Of the repository.</param>
    public static string Write(IEnumerable<string> models, string commit) => string.Join('\n', Head(commit).Concat(models.SelectMany(Model))) + "\n";

    private static IEnumerable<string> Head(string commit) =>
    [
        "# Real-time factors",
        "",
        $"Written by `dotnet run -c Release --project benchmarks -- real-time` at commit {commit}; a new run overwrites it.",
        "",
        "A real-time factor is the time that a board needs for a second of sound: above 1 it does not keep up. **These are estimates**: predicted weighted instructions, which tests hold to what is executed and the interpreter's counts to 1.5 %, over the rates of docs/calibration.md, which no board",
        "of ours has confirmed. The first figure of a pair is for the high rate, the second for the low one.",
        "",
        "Hearing is the generated front end, samples pushed in 16 bits; from bytes it costs more (front-end.md). Deciding is every task of the network, in the fewest assemblies that hold it, beside an assembly that hears. Frames 20 ms apart make of the same network one that hears",
        $"windows of twice the length, and halve both figures: such a model has to be trained so. {ProgramRooms.Note} Rows with one are of models that it makes a twentieth faster.",
        "Models that were trained on the float front end are counted as if they had been on the integer one, whose codes have the same shape.",
        "",
    ];

    private static IEnumerable<string> Model(string path)
    {
        ModelArtifact model = ModelReader.Read(File.ReadAllText(path)).Model!;
        string name = Path.GetFileNameWithoutExtension(path);
        var options = new CompilationOptions("Model", "", Path.GetFileName(path), ValueArray<string>.Empty, DeviceNames.Default);
        string text = ModelWriter.Write(model);
        ValueArray<CompilationResult> parts = ModelCompiler.CompileFitting(text, options);
        if (parts[0].Program is null)
            return [$"## {name}", "", string.Join("; ", parts[0].Diagnostics.Select(each => each.Message)), ""];
        IReadOnlyList<(string Room, (long Cost, int Parts) Window)> windows = ProgramRooms.Of(room => Window(room == ProgramRooms.Unsaid ? parts : ModelCompiler.CompileFitting(text, options with { ProgramRoom = room })));
        bool isFaster = windows.Any(each => each.Window.Cost * Share < windows[0].Window.Cost * (Share - 1));
        int frames = model.Input.Frames;
        IntegerMelSpec spec = model.FrontEnd as IntegerMelSpec ?? FrontEnd.Integer;
        return
        [
            $"## {name}",
            "",
            $"{string.Join(", ", model.Tasks.Select(task => task.Name))}; a decision takes {Markdown.Millions(windows[0].Window.Cost)} weighted instructions in {Assemblies(parts.Count)} beside the one that hears{string.Concat(windows.Skip(1).Select(Beside))}.",
            "",
            .. Markdown.Table(
                ["frames, decisions every", "hearing a second", "deciding a second", .. Devices.Select(device => device.Name)],
                from each in isFaster ? windows : [windows[0]]
                from hop in FrameHops
                let heard = SoundCost.OfFrame(SoundCode.Create(new IntegerMel(spec with { HopLength = hop }, model.Input), frames))
                from decision in (int[])[frames / 2, frames]
                select Row(spec with { HopLength = hop }, decision, heard, each.Room, each.Window.Cost)),
        ];

        string Beside((string Room, (long Cost, int Parts) Window) each) =>
            $", with ProgramRoom {each.Room} {Markdown.Millions(each.Window.Cost)}{(each.Window.Parts == parts.Count ? "" : " in " + Assemblies(each.Window.Parts))}";
    }

    private static (long Cost, int Parts) Window(ValueArray<CompilationResult> parts) => (parts.Sum(part => ProgramCost.Of(part.Program!).Of()), parts.Count);

    private static string Assemblies(int count) => $"{count.ToString(CultureInfo.InvariantCulture)} assembl{(count == 1 ? "y" : "ies")}";

    private static IReadOnlyList<string> Row(IntegerMelSpec spec, int decision, long frame, string room, long window)
    {
        double framesPerSecond = (double)spec.SampleRate / spec.HopLength;
        double hearing = frame * framesPerSecond, deciding = window * framesPerSecond / decision;
        return
        [
            ProgramRooms.Name(FormattableString.Invariant($"{spec.HopLength * Milliseconds / spec.SampleRate} ms, {decision / framesPerSecond:0.00} s"), room), Markdown.Millions((long)hearing), Markdown.Millions((long)deciding),
            .. Devices.Select(device => FormattableString.Invariant($"{(hearing + deciding) / device.WeightedPerSecondHigh!.Value:0.00}-{(hearing + deciding) / device.WeightedPerSecondLow!.Value:0.00}")),
        ];
    }
}
