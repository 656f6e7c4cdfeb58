using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Tests.Kernels.Lanes;

/// <summary>What <see cref="IlAssembler"/> says before any C# exists is what the C# compiler makes, instruction by instruction.</summary>
public sealed class IlAssemblerTests
{
    public static TheoryData<string> Kernels => [.. ForcedPlans.All.Keys];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_instruction_is_predicted(string kernel)
    {
        GeneratedCase[] cases = [.. Enumerable.Range(100, 4).Select(seed => GeneratedCase.Create(seed, kernel.EndsWith("pairs", StringComparison.Ordinal) ? LaneModels.Binary(seed) : seed % 4 == 3 ? LaneModels.Wide(seed) : LaneModels.Create(seed), ForcedPlans.All[kernel]))];
        var batch = new GeneratedBatch(cases);
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(batch.Compiled.Image));
        int instructions = 0;
        foreach (GeneratedCase c in cases)
        {
            Dictionary<string, MethodBody> bodies = assembly.MainModule.GetType(batch.Type(c).FullName).Methods.ToDictionary(m => m.Name, m => m.Body);
            foreach (LayerCode code in c.Result.Program!.Code)
                instructions += code.Methods.Prepend(code.Entry).Sum(method => Compare(method, bodies[method.Method.Name]));
            var members = ClassCode.Of(c.Result.Program);
            instructions += members.Face.Concat(members.Constructors).Select(AssembledMethod.Of).Sum(method => Compare(method, bodies[method.Method.Name]));
        }

        Assert.True(instructions > 500, $"only {instructions} instructions compared");
    }

    private static int Compare(AssembledMethod method, MethodBody body)
    {
        Assert.Equal(body.Instructions.Select(i => i.OpCode.Name), method.Figures.Instructions.Select(i => i.Opcode));
        Assert.Equal(body.CodeSize, method.Figures.Bytes);
        Assert.Equal(body.Variables.Count, method.Figures.Locals);
        Assert.Equal(body.Method.Parameters.Count, method.Figures.Arguments);
        Assert.True(method.Figures.Locals <= 255 && method.Figures.Arguments <= 255 && method.Figures.LongestBranch <= 32_767);
        // A body in the tiny format does not say how much stack it needs: 8 at most.
        Assert.True(body.MaxStackSize == method.Figures.StackDepth || (body.MaxStackSize == 8 && method.Figures.StackDepth <= 8));
        return method.Figures.Instructions.Count;
    }
}
