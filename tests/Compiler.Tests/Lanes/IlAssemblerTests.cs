using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Lowering.Lanes;
using AdapterCompiler.Model;
using AdapterCompiler.Testing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Tests.Lanes;

/// <summary>What <see cref="IlAssembler"/> says before any C# exists is what the C# compiler makes, instruction by instruction.</summary>
public sealed class IlAssemblerTests
{
    [Fact]
    public void Every_instruction_is_predicted()
    {
        int instructions = 0;
        for (int seed = 100; seed < 130; seed++)
        {
            Network network = NetworkBuilder.Build(LaneModels.Create(seed));
            foreach (LaneFormat format in LaneFormat.All)
            {
                if (LaneEncoder.Lower(network, format, [.. Enumerable.Range(0, 4).Select(i => (LaneShape)((seed >> i) & 1))]) is { } encoder)
                    instructions += Compare(encoder, new LaneHarness(network, encoder));
            }
        }

        Assert.True(instructions > 100_000, $"only {instructions} instructions compared");
    }

    private static int Compare(LaneEncoder encoder, LaneHarness harness)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(harness.Assembly.Image));
        Dictionary<string, MethodBody> bodies = assembly.MainModule.GetType("Kernels").Methods.Where(m => !m.IsConstructor).ToDictionary(m => m.Name, m => m.Body);
        foreach (LaneMethod method in encoder.Methods)
        {
            MethodBody body = bodies[method.Method.Name];
            Assert.Equal(body.Instructions.Select(i => i.OpCode.Name), method.Figures.Instructions.Select(i => i.Opcode));
            Assert.Equal(body.CodeSize, method.Figures.Bytes);
            Assert.Equal(body.Variables.Count, method.Figures.Locals);
            Assert.Equal(body.Method.Parameters.Count, method.Figures.Arguments);
            Assert.True(method.Figures.Locals <= 255 && method.Figures.Arguments <= 255 && method.Figures.LongestBranch <= 32_767);
            // A body in the tiny format does not say how much stack it needs: 8 at most.
            Assert.True(body.MaxStackSize == method.Figures.StackDepth || (body.MaxStackSize == 8 && method.Figures.StackDepth <= 8));
        }

        return encoder.Methods.Sum(method => method.Figures.Instructions.Count);
    }
}
