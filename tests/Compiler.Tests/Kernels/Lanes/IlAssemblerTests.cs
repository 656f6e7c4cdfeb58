using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using AdapterCompiler.Trees;
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

    // No device takes these, but the desktop does: from number 255 on a variable takes a longer form.
    [Fact]
    public void So_are_the_forms_of_more_variables_than_a_device_takes()
    {
        Argument[] parameters = [.. Enumerable.Range(0, 300).Select(i => new Argument("p" + Wording.Number(i), i, IlType.Int))];
        Local[] locals = [.. Enumerable.Range(0, 300).Select(i => new Local("t" + Wording.Number(i), IlType.Int))];
        var method = AssembledMethod.Of(new Method(
            "Sum", parameters.ToValueArray(),
            ValueArray.Of<Statement>([
                .. locals.Zip(parameters, (local, parameter) => new Assign(local, parameter.Plus(Expressions.Int(1)), Declares: true)),
                .. locals.Zip(parameters, (local, parameter) => new Assign(parameter, parameter.Plus(local))),
                new Return(locals.Concat<Expression>(parameters).Aggregate((left, right) => left.Plus(right))),
            ]),
            ValueArray.Of("All of them."), IlType.Int));
        var source = new EmittedFile("Sums.cs", "public static class Sums\n{\n" + string.Join('\n', CSharpPrinter.Print(method.Method)) + "\n}\n");
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(GeneratedAssembly.Compile([source], ClassLibrary.Desktop).Image));
        MethodBody body = assembly.MainModule.GetType("Sums").Methods.Single(each => each.Name == "Sum").Body;
        Assert.Equal(body.Instructions.Select(i => i.OpCode.Name), method.Figures.Instructions.Select(i => i.Opcode));
        Assert.Equal((body.CodeSize, body.Variables.Count), (method.Figures.Bytes, method.Figures.Locals));
        Assert.Equal(4, method.Figures.Instructions.Select(i => i.Opcode).Where(opcode => opcode is "ldloc" or "stloc" or "ldarg" or "starg").Distinct().Count());
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
