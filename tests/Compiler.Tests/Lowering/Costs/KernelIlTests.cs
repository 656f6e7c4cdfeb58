using System.IO;
using System.Linq;
using AdapterCompiler.Hosting;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;
using Mono.Cecil;
using Xunit;

namespace AdapterCompiler.Tests.Lowering.Costs;

/// <summary>The committed IL of the kernels is what the compiler makes of them.</summary>
public sealed class KernelIlTests
{
    [Fact]
    public void Blocks_are_those_of_the_kernels_compiled_for_the_device()
    {
        GeneratedCase c = GeneratedCase.Create(1, TinyModels.Create([2, 3, 3], ("keyword", "1 11 10")));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(GeneratedAssembly.Compile(c.Result.Files, ClassLibrary.NanoFramework).Image));
        MethodDefinition[] methods = [.. assembly.MainModule.Types.SelectMany(type => type.Methods)];
        Assert.NotEmpty(KernelIl.Kernels);
        foreach (string kernel in KernelIl.Kernels)
        {
            MethodDefinition method = Assert.Single(methods, each => each.Name == kernel);
            Assert.Equal([.. IlBlocks.Of(method).Select(block => block.Text)], KernelIl.Blocks(kernel));
        }
    }
}
