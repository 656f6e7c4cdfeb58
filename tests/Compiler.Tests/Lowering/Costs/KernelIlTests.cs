using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering.Budgets;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Tests.Lowering.Kernels;
using AdapterCompiler.Testing.Counting;
using Mono.Cecil;
using Xunit;

namespace AdapterCompiler.Tests.Lowering.Costs;

/// <summary>The committed IL and figures of the kernels are what the compiler makes of them.</summary>
public sealed class KernelIlTests
{
    private static readonly GeneratedAssembly Device = GeneratedAssembly.Compile([KernelClass.File], ClassLibrary.NanoFramework);

    [Fact]
    public void Blocks_are_those_of_the_kernels_compiled_for_the_device()
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(Device.Image));
        MethodDefinition[] methods = [.. assembly.MainModule.GetType(KernelClass.Name).Methods];
        Assert.NotEmpty(KernelIl.Kernels);
        foreach (string kernel in KernelIl.Kernels)
        {
            MethodDefinition method = Assert.Single(methods, each => each.Name == kernel);
            AssertSame([.. IlBlocks.Of(method).Select(block => block.Text)], KernelIl.Blocks(kernel), kernel);
        }

        // The one that runs after inference.
        Assert.Equal(["Greatest"], methods.Select(method => method.Name).Except(KernelIl.Kernels));
    }

    [Fact]
    public void Figures_are_those_of_the_kernels_compiled_for_the_device()
    {
        MethodCost[] actual = [.. MeasuredBudget.Of(Device, KernelClass.Name).Methods];
        // What the assembly does not say of a small method's stack, 0, is not compared.
        MethodCost[] committed = [.. KernelCosts.All.Select(cost => actual.Any(each => each.Name == cost.Name && each.Stack == 0) ? cost with { Stack = 0 } : cost)];
        AssertSame([.. actual.Select(cost => cost.ToString())], [.. committed.Select(cost => cost.ToString())], KernelClass.Name);
    }

    [Fact]
    public void Device_has_what_the_kernels_need() => Assert.Empty(DeviceCheck.Findings(Device));

    private static void AssertSame(IReadOnlyList<string> compiled, IReadOnlyList<string> committed, string name) =>
        Assert.True(compiled.SequenceEqual(committed, StringComparer.Ordinal), name + ", compiled:\n" + string.Join('\n', compiled));
}
