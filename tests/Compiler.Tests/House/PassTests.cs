using System;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Model;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>The verifiers after the passes: they hold for random networks under random kernels, cut into parts, and a fault in what a pass returns is named.</summary>
public sealed class PassTests
{
    private static readonly CompilationOptions Options = new("AudioModel", "", "model.adapter", ValueArray<string>.Empty, "desktop", 1, 2);

    [Fact]
    public void Every_pass_returns_what_the_next_one_may_rely_on()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            (PlanSpace space, ScheduledProgram scheduled) = Scheduled(seed);
            PassCheck.Scheduled(scheduled);
            PartPlan? cut = Pipeline.Cut(scheduled, LayerSizing.Of(scheduled), Options);
            Assert.NotNull(cut);
            PlacedProgram placed = Pipeline.Place(space, scheduled, cut);
            PassCheck.Placed(placed);
            ValueArray<PartProgram> parts = Pipeline.Divide(placed, cut, Options.Parts);
            PassCheck.Divided(Pipeline.Whole(placed), parts);
            foreach (PartProgram part in parts)
                PassCheck.Coded(Pipeline.Code(space, part));
        }
    }

    [Fact]
    public void A_fault_is_found_after_the_pass_that_made_it()
    {
        (PlanSpace space, ScheduledProgram scheduled) = Scheduled(1);
        PartPlan cut = Pipeline.Cut(scheduled, LayerSizing.Of(scheduled), Options)!;
        PlacedProgram placed = Pipeline.Place(space, scheduled, cut);
        ValueArray<PartProgram> parts = Pipeline.Divide(placed, cut, Options.Parts);
        PartProgram whole = Pipeline.Whole(Pipeline.Place(space, scheduled, null));
        CodedProgram coded = Pipeline.Code(space, whole);

        Names("schedule", () => PassCheck.Scheduled(scheduled with { Layers = scheduled.Layers.Reverse().ToValueArray() }));
        Names("schedule", () => PassCheck.Scheduled(scheduled with { Heads = scheduled.Heads.Skip(1).ToValueArray() }));
        Names("place", () => PassCheck.Placed(placed with { Arena = placed.Arena with { Size = placed.Arena.Size - 1 } }));
        PlacedProgram packed = Enumerable.Range(0, 12).Select(Scheduled).Select(each => Pipeline.Place(each.Space, each.Scheduled, null)).First(each => each.Images.Count > 0);
        ArenaPlan images = packed.Lanes.Images;
        Names("place", () => PassCheck.Placed(packed with { Lanes = packed.Lanes with { Images = images with { Size = images.Size - 1 } } }));
        Names("place", () => PassCheck.Placed(packed with { Lanes = packed.Lanes with { Images = images with { Buffers = images.Buffers.Select(image => image with { Offset = images.Buffers[0].Offset, IsInPlace = false }).ToValueArray() } } }));
        Names("part", () => PassCheck.Divided(Pipeline.Whole(placed), [parts[0], parts[0]]));
        Names("part", () => PassCheck.Divided(Pipeline.Whole(placed), [parts[1], parts[0]]));
        Names("code", () => PassCheck.Coded(new CodedProgram(whole, coded.Code.Skip(1).ToValueArray())));
        Names("code", () => PassCheck.Coded(new CodedProgram(whole, coded.Code.Select(_ => coded.Code[0]).ToValueArray())));
    }

    private static void Names(string pass, Action check) => Assert.Contains($"after pass '{pass}'", Assert.Throws<InvalidOperationException>(check).Message, StringComparison.Ordinal);

    private static (PlanSpace Space, ScheduledProgram Scheduled) Scheduled(int seed)
    {
        var space = new PlanSpace(NetworkBuilder.Build(LaneModels.Create(seed)));
        return (space, Pipeline.Schedule(space, ForcedPlans.Mixed(space.Network, seed), Options));
    }
}
