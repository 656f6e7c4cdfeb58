using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Lowering.Dense;
using AdapterCompiler.Lowering.Lanes;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Tests.Dense;

public sealed class DenseCodeTests
{
    private const int Steps = 300;

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Every_output_is_the_plain_sum(DenseKernel kernel)
    {
        (DenseCase Case, ValueArray<LaneMethod> Methods)[] lowered = [.. Lowered(kernel)];
        Assert.True(lowered.Length > Steps * 9 / 10, $"only {lowered.Length} steps lowered");
        var harness = new DenseHarness(lowered.SelectMany(step => step.Methods));
        Assert.True(Compare(harness, lowered) > 100_000);
    }

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Nothing_wraps_where_nothing_may(DenseKernel kernel)
    {
        (DenseCase Case, ValueArray<LaneMethod> Methods)[] lowered = [.. Lowered(kernel).Where(step => kernel == DenseKernel.Sums || NeverWraps(step.Case))];
        Assert.True(lowered.Length > 50, $"only {lowered.Length} steps");
        var harness = new DenseHarness(lowered.SelectMany(step => step.Methods), checkOverflow: true);
        Assert.True(Compare(harness, lowered) > 10_000);
    }

    [Theory]
    [InlineData(DenseKernel.Sums)]
    [InlineData(DenseKernel.OutputLanes)]
    public void Every_instruction_is_predicted(DenseKernel kernel)
    {
        LaneMethod[] methods = [.. Lowered(kernel).SelectMany(step => step.Methods)];
        var harness = new DenseHarness(methods);
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(harness.Assembly.Image));
        Dictionary<string, MethodBody> bodies = assembly.MainModule.GetType("Kernels").Methods.ToDictionary(m => m.Name, m => m.Body);
        foreach (LaneMethod method in methods)
        {
            MethodBody body = bodies[method.Method.Name];
            Assert.Equal(body.Instructions.Select(i => i.OpCode.Name), method.Figures.Instructions.Select(i => i.Opcode));
            Assert.Equal(body.CodeSize, method.Figures.Bytes);
            Assert.Equal(body.Variables.Count, method.Figures.Locals);
            Assert.Equal(body.Method.Parameters.Count, method.Figures.Arguments);
            Assert.True(body.MaxStackSize == method.Figures.StackDepth || (body.MaxStackSize == 8 && method.Figures.StackDepth <= 8));
            Assert.True(method.Figures.Bytes <= DenseCode.MostBytes && method.Figures.Locals <= 250 && method.Figures.Arguments <= 245);
        }

        Assert.True(methods.Sum(method => method.Figures.Instructions.Count) > 200_000);
    }

    private static IEnumerable<(DenseCase Case, ValueArray<LaneMethod> Methods)> Lowered(DenseKernel kernel)
    {
        for (int seed = 0; seed < Steps; seed++)
        {
            DenseCase dense = DenseSteps.Create(seed);
            if (DenseCode.Lower(kernel, FormattableString.Invariant($"Dense{seed}"), dense.Step, DenseSteps.Codes, dense.Target) is { } methods)
                yield return (dense, methods);
        }
    }

    private static long Compare(DenseHarness harness, IEnumerable<(DenseCase Case, ValueArray<LaneMethod> Methods)> lowered)
    {
        long compared = 0;
        foreach ((DenseCase dense, ValueArray<LaneMethod> methods) in lowered)
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
