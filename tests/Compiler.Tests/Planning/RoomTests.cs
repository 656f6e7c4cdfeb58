using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Planning;

/// <summary>What the planner makes of the IL of one assembly, on networks of the paper's size.</summary>
public sealed class RoomTests
{
    private static readonly int[] Shared = [6, 12, 24, 48, 96, 96];

    // Of the IL: what measured figures and those of the built program may differ by.
    private const int Tolerance = 100;

    private static int Networks => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_PLANS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 1;

    /// <summary>Channels in tables where they would fit into code, and be faster there, are room that was left unused.</summary>
    [Fact]
    public void What_is_left_of_an_assembly_holds_no_more_channels()
    {
        int asked = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            string text = ModelWriter.Write(LaneModels.Create(seed, 96, 64, Shared, [.. Enumerable.Repeat(new LaneTask([1, 1, 2, 5, 10, 10], null, 12), 8)], 3, 7, 0.7));
            var options = new CompilationOptions("Model", "", "m.adapter", ValueArray<string>.Empty, DeviceNames.Default);
            PlanSpace space = ModelInput.Read(text, options).Space!;
            BuiltModel built = PlanDriver.Build(space, options).Built!;
            var plan = (MeasuredPlan)built.Scheduled.Plan;
            int il = built.Parts[0].Budget.DeviceIlBytes, most = il <= AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram ? AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram : AssemblyLimits.IlBytes;
            for (int i = 0; i < plan.Layers.Count; i++)
            {
                int layer = i;
                LayerKernel chosen = plan.Layers[i] with { Reason = "" };
                if (chosen.InTables == 0)
                    continue;
                // The option with the next more channels in code.
                KernelOption now = space.Options.Measure(layer, chosen);
                KernelOption? more = space.Options.Layers[layer]
                    .Where(option => option.Kernel with { InTables = chosen.InTables } == chosen && option.Kernel.InTables < chosen.InTables)
                    .OrderByDescending(option => option.Kernel.InTables).FirstOrDefault();
                if (more is null)
                    continue;
                asked++;
                more = space.Options.Measure(layer, more.Kernel);
                Assert.True(
                    more.Weighted >= now.Weighted || il + more.IlBytes - now.IlBytes > most - (most / Tolerance),
                    $"seed {seed}, layer {layer + 1}: {more.Kernel.InTables} instead of {now.Kernel.InTables} channels in tables would take {more.IlBytes - now.IlBytes} bytes more than the {il} of {most} that are taken");
            }
        }

        Assert.InRange(asked, 1, int.MaxValue);
    }

    [Theory]
    [InlineData(4, 0.8)]
    [InlineData(3, 0.85)]
    public void A_plan_that_leaves_a_program_no_room_is_better_by_a_quarter(int bits, double zeros)
    {
        // Estimates are off by a fiftieth at most.
        const int off = 50;
        var space = new PlanSpace(NetworkBuilder.Build(LaneModels.Create(1, 96, 64, Shared, [1], weightBits: bits, activationBits: 7, zeros: zeros)));
        MeasuredPlan found = PlanSearch.First(space, Optimize.Speed, 1, long.MaxValue, plan => new Verdict<MeasuredPlan>(plan, null))!;
        int members = space.Face.Sum(method => method.DeviceIlBytes), most = AssemblyLimits.IlBytes - AssemblyLimits.IlOfProgram;
        Candidate[] all = [.. space.Candidates.Where(each => each.TableBytes <= AssemblyLimits.DataBytes && members + each.AllIlBytes <= AssemblyLimits.IlBytes)];
        long withRoom = all.Where(each => members + each.AllIlBytes <= most).Min(each => each.Weighted), without = all.Min(each => each.Weighted);
        Assert.True(without < withRoom);
        long copied = KernelRegistry.Copied(space.Network, found.Sizes.Layers.SelectMany(size => size.Sections).Concat(LaneTransitions.Sections(space.Network, found.Layers)), isLast: true).Sum(section => section.DeviceIlBytes);
        if (members + found.IlBytes + copied <= most)
            Assert.InRange(found.Weighted, 0, (without + (without / 4)) * (off + 1) / off);
        else
            Assert.InRange(found.Weighted + (found.Weighted / 4), 0, withRoom * (off + 1) / off);
    }
}
