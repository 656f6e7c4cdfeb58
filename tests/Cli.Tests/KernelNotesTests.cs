using System.Linq;
using AdapterCompiler.Cli.Comparison;
using AdapterCompiler.Reports;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>A layer whose code is another although its weights are the same is named, and whose doing it is.</summary>
public sealed class KernelNotesTests
{
    [Fact]
    public void A_task_that_came_is_named_with_those_whose_code_it_changed()
    {
        string[] notes = [.. KernelNotes.Of(Of("sums", "pitch", "timbre"), Of("dense loop", "pitch", "timbre", "sound"), [Block("pitch", 0), Block("timbre", 0), Block("sound", null)])];
        Assert.Equal(
            ["The heads have kernel 'dense loop', it was 'sums'. Weights of pitch and timbre are the same there, code and cost are not: kernels are chosen for all tasks together, and sound is new."], notes);
    }

    [Fact]
    public void So_are_tasks_that_went_and_a_retrained_layer_has_no_other_cause_than_itself()
    {
        Assert.EndsWith("kernels are chosen for all tasks together, and timbre and sound are gone.", KernelNotes.Of(Of("sums", "pitch", "timbre", "sound"), Of("loop", "pitch"), [Block("pitch", 0)]).Single(), System.StringComparison.Ordinal);
        Assert.EndsWith("and the model changed elsewhere.", KernelNotes.Of(Of("sums", "pitch"), Of("loop", "pitch"), [Block("pitch", 0)]).Single(), System.StringComparison.Ordinal);
        Assert.Equal("The heads have kernel 'loop', it was 'sums'.", KernelNotes.Of(Of("sums", "pitch"), Of("loop", "pitch"), [Block("pitch", 7)]).Single());
        // Its code is as it was: the other kernel is another task's there.
        Assert.Equal("The heads have kernel 'loop', it was 'sums'.", KernelNotes.Of(Of("sums", "pitch"), Of("loop", "pitch", "sound"), [Block("pitch", 0) with { After = Row("pitch") }, Block("sound", null)]).Single());
        Assert.Empty(KernelNotes.Of(Of("sums", "pitch"), Of("sums", "pitch"), [Block("pitch", 7)]));
    }

    [Fact]
    public void Channels_of_the_added_task_that_go_into_a_loop_are_no_one_elses_doing()
    {
        BlockChange[] blocks = [Block("pitch", 0) with { Layer = "4" }, Block("sound", null) with { Layer = "4" }];
        Assert.Equal(
            ["Layer 4 computes its last 2 channels, of sound alone, in a loop, for IL is short: code of other tasks is as it was there, but for the numbers of variables."],
            KernelNotes.Of(Layer4(Of("3 lanes", "pitch")), Layer4(Of("3 lanes, 2 by loop", "pitch", "sound")), blocks));
        // Three of them are more than the new task has; and a task in the middle is not the last.
        Assert.Contains("chosen for all tasks together, and sound is new.", KernelNotes.Of(Layer4(Of("3 lanes", "pitch")), Layer4(Of("3 lanes, 3 by loop", "pitch", "sound")), blocks).Single(), System.StringComparison.Ordinal);
        Assert.Contains("chosen for all tasks together, and sound is new.", KernelNotes.Of(Layer4(Of("3 lanes", "pitch")), Layer4(Of("3 lanes, 2 by loop", "sound", "pitch")), blocks).Single(), System.StringComparison.Ordinal);
        Assert.Contains("chosen for all tasks together, and sound is new.", KernelNotes.Of(Layer4(Of("4 lanes", "pitch")), Layer4(Of("3 lanes, 2 by loop", "pitch", "sound")), blocks).Single(), System.StringComparison.Ordinal);

        static Report Layer4(Report report) => report with
        {
            Kernels = ValueArray.Of(report.Kernels[0] with { Layer = "4" }),
            Rows = report.Rows.Concat(report.Rows.Select(row => row with { Layer = "4" })).ToValueArray(),
        };
    }

    private static Report Of(string kernel, params string[] tasks) => new(
        "AudioModel", "audio.adapter", DeviceProfiles.All[0], tasks.Select(Row).ToValueArray(), ValueArray<ReportChoice>.Empty, ValueArray<ReportAssembly>.Empty, ValueArray<ReportIdle>.Empty)
    {
        Kernels = ValueArray.Of(new ReportKernel("heads", kernel)),
    };

    private static ReportRow Row(string task) => new("heads", task, 2, 2, 1, 1, 1);

    // Null: a block that is new.
    private static BlockChange Block(string task, int? changed) => new("heads", task, changed, 0, 10, changed is null ? null : Row(task), Row(task) with { IlBytes = 2 });
}
