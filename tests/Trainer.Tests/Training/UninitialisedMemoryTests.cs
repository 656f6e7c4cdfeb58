using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Training;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Training;

/// <summary>
/// glibc can fill what malloc gives out with a byte of one's choice. A run whose numbers depend on memory that nobody wrote, the one thing that made two equal commands differ on a machine with
/// wrong convolutions, differs between two such bytes on every machine.
/// </summary>
[Collection(TorchTests.Name)]
public sealed class UninitialisedMemoryTests : IDisposable
{
    /// <summary>M_PERTURB of malloc.h.</summary>
    private const int Perturb = -6;

    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            Assert.Equal(1, MallOpt(Perturb, 0));
        set_num_threads(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Losses_do_not_depend_on_what_fresh_memory_holds(int threads)
    {
        if (!OperatingSystem.IsLinux())
            return;
        set_num_threads(threads);
        (double[] Losses, float Fresh) first = Run(0x55), second = Run(0x2a);
        Assert.NotEqual(first.Fresh, second.Fresh);
        Assert.Equal(first.Losses, second.Losses);
    }

    private static (double[] Losses, float Fresh) Run(int fill)
    {
        Assert.Equal(1, MallOpt(Perturb, fill));
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(8, lambda: 0.01) with { Augment = true });
        double[] losses = [.. Enumerable.Range(0, 8).Select(_ => session.RunStep().Loss)];
        session.UseBest();
        using Tensor fresh = empty([100_003], ScalarType.Float32);
        return ([.. losses, .. Evaluator.Accuracies(session.Network, [.. Tasks.Select(t => t.Test)])], fresh[50_000].item<float>());
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int MallOpt(int parameter, int value);
}
