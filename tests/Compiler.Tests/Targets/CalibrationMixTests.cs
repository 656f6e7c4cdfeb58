using System.IO;
using System.Linq;
using AdapterCompiler.Boards;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing.Counting;
using Mono.Cecil;
using Xunit;

namespace AdapterCompiler.Tests.Targets;

/// <summary>The committed IL of the mixes is what the compiler makes of the sketch.</summary>
public sealed class CalibrationMixTests
{
    [Fact]
    public void Blocks_are_those_of_the_sketch_compiled_for_the_device()
    {
        byte[] image = GeneratedAssembly.Compile([CalibrationSketch.Emit()], ClassLibrary.NanoFramework).Image;
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        MethodDefinition[] methods = [.. assembly.MainModule.Types.SelectMany(type => type.Methods)];
        Assert.Equal(["mscorlib"], assembly.MainModule.AssemblyReferences.Select(reference => reference.Name));
        foreach (CalibrationMix mix in CalibrationMix.All)
        {
            Assert.Equal(mix.Blocks, Blocks(mix.Method));
            if (mix.Callee.Length > 0)
                Assert.Equal(mix.Callee, Assert.Single(Blocks("Step")));
        }

        string[] Blocks(string name)
        {
            MethodDefinition method = Assert.Single(methods, each => each.Name == name);
            return [.. IlBlocks.Of(method).Select(block => block.Text)];
        }
    }
}
