using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Dense;
using AdapterCompiler.Targets;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Dense;

public sealed class DenseCodeTests
{
    private const int Steps = 300;

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Every_output_is_the_plain_sum(DenseKernel kernel)
    {
        (DenseCase Case, ValueArray<AssembledMethod> Methods)[] lowered = [.. Lowered(kernel)];
        Assert.True(lowered.Length > Steps * 9 / 10, $"only {lowered.Length} steps lowered");
        var harness = new DenseHarness(lowered.SelectMany(step => step.Methods));
        Assert.True(Compare(harness, lowered) > 100_000);
    }

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Nothing_wraps_where_nothing_may(DenseKernel kernel)
    {
        (DenseCase Case, ValueArray<AssembledMethod> Methods)[] lowered = [.. Lowered(kernel).Where(step => kernel == DenseKernel.Sums || NeverWraps(step.Case))];
        Assert.True(lowered.Length > 50, $"only {lowered.Length} steps");
        var harness = new DenseHarness(lowered.SelectMany(step => step.Methods), checkOverflow: true);
        Assert.True(Compare(harness, lowered) > 10_000);
    }

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Every_instruction_is_predicted(DenseKernel kernel)
    {
        AssembledMethod[] methods = [.. Lowered(kernel).SelectMany(step => step.Methods)];
        var harness = new DenseHarness(methods);
        ComparePredictions(harness, methods);
        Assert.True(methods.Sum(method => method.Figures.Instructions.Count) > 100_000);
    }

    [Fact]
    public void No_lane_leaves_its_bits()
    {
        int[] groups = new int[5];
        foreach (DenseCase dense in Enumerable.Range(0, Steps).Select(DenseSteps.Create))
        {
            foreach (LaneGroup group in LaneGroup.Of(OutputProof.Of(dense.Step).Where(proof => proof.Constant is null)) ?? [])
            {
                groups[group.Format.Lanes]++;
                foreach (byte[] inputs in DenseSteps.Inputs(dense.Step, seed: 4))
                    Follow(group, inputs);
            }
        }

        Assert.All([2, 3, 4], lanes => Assert.True(groups[lanes] > 100, $"only {groups[lanes]} groups of {lanes} lanes"));
    }

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Wide_steps_take_arguments_and_tiles(DenseKernel kernel)
    {
        DenseStep dense = DenseSteps.Gaussian(240, 150, 8, 0.1, logits: false) with { FirstOutput = 240 }, sparse = DenseSteps.Gaussian(700, 40, 2, 0.9, logits: true);
        (DenseCase Case, ValueArray<AssembledMethod> Methods)[] lowered =
        [
            (new DenseCase(dense, DenseSteps.Codes), DenseCode.Lower(kernel, "Dense", dense, DenseSteps.Codes, DenseSteps.Codes)!),
            (new DenseCase(sparse, DenseSteps.Logits), DenseCode.Lower(kernel, "Sparse", sparse, DenseSteps.Codes, DenseSteps.Logits)!),
        ];
        Assert.True(lowered[0].Methods.Count > 1);
        Assert.All(lowered, step => Assert.True(step.Methods[0].Figures.Arguments > 40));
        var harness = new DenseHarness(lowered.SelectMany(step => step.Methods));
        Compare(harness, lowered);
        ComparePredictions(harness, lowered.SelectMany(step => step.Methods));
    }

    // Each lane alone, in an Int64 of its own, group by group as the code adds them.
    private static void Follow(LaneGroup group, byte[] inputs)
    {
        var block = new OutputLaneBlock(group);
        for (int lane = 0; lane < group.Outputs.Count; lane++)
        {
            DenseOutput output = group.Outputs[lane].Output;
            bool isSigned = output.Shift is null && lane == group.Outputs.Count - 1;
            long most = isSigned ? 1L << (63 - ((group.Format.Lanes - 1) * group.Format.Bits)) : 1L << group.Format.Bits;
            long value = output.Bias + block.Offset(lane);
            Assert.InRange(value, isSigned ? -most : 0, most - 1);
            foreach (PackedGroup packed in group.Groups)
            {
                value += packed.Terms.Sum(term => (long)output.Weights[term.Input] * inputs[term.Input]);
                Assert.InRange(value, isSigned ? -most : 0, most - 1);
            }
        }
    }

    private static void ComparePredictions(DenseHarness harness, IEnumerable<AssembledMethod> methods)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(harness.Assembly.Image));
        Dictionary<string, MethodBody> bodies = assembly.MainModule.GetType("Kernels").Methods.ToDictionary(m => m.Name, m => m.Body);
        foreach (AssembledMethod method in methods)
        {
            MethodBody body = bodies[method.Method.Name];
            Assert.Equal(body.Instructions.Select(i => i.OpCode.Name), method.Figures.Instructions.Select(i => i.Opcode));
            Assert.Equal(body.CodeSize, method.Figures.Bytes);
            Assert.Equal(body.Variables.Count, method.Figures.Locals);
            Assert.Equal(body.Method.Parameters.Count, method.Figures.Arguments);
            Assert.True(body.MaxStackSize == method.Figures.StackDepth || (body.MaxStackSize == 8 && method.Figures.StackDepth <= 8));
            Assert.True(method.Figures.Bytes <= AssemblyLimits.BytesOfMethod && method.Figures.Locals <= 250 && method.Figures.Arguments <= 245);
        }
    }

    private static IEnumerable<(DenseCase Case, ValueArray<AssembledMethod> Methods)> Lowered(DenseKernel kernel)
    {
        foreach ((int i, DenseCase dense) in Enumerable.Range(0, Steps).Select(DenseSteps.Create).Append(DenseSteps.Copies).Index())
        {
            if (DenseCode.Lower(kernel, FormattableString.Invariant($"Dense{i}"), dense.Step, DenseSteps.Codes, dense.Target) is { } methods)
                yield return (dense, methods);
        }
    }

    private static long Compare(DenseHarness harness, IEnumerable<(DenseCase Case, ValueArray<AssembledMethod> Methods)> lowered)
    {
        long compared = 0;
        foreach ((DenseCase dense, ValueArray<AssembledMethod> methods) in lowered)
        {
            foreach (byte[] inputs in DenseSteps.Inputs(dense.Step, seed: 3))
            {
                int[] expected = [.. dense.Step.Outputs.Select(output => DenseSteps.Expected(dense.Step, output, inputs))];
                Assert.Equal(expected, harness.Run(dense, methods, inputs));
                compared += expected.Length;
            }
        }

        return compared;
    }

    // A code's guard in the top lane of four or two is the sign bit, where wrapping is meant.
    private static bool NeverWraps(DenseCase dense) => dense.AreLogits
        || LaneGroup.Of(OutputProof.Of(dense.Step).Where(proof => proof.Constant is null))!.All(group => group.Format.Lanes == 3);
}
