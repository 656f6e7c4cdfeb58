using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Tests.Kernels.Dense;

/// <summary>Compiles the methods of many steps into one assembly and runs them.</summary>
internal sealed class DenseHarness
{
    private readonly Type type;

    public DenseHarness(IEnumerable<AssembledMethod> methods, bool checkOverflow = false)
    {
        var text = new StringBuilder("static class Kernels {\n");
        foreach (StaticField field in new[] { DenseSteps.Codes, DenseSteps.Others, DenseSteps.Logits })
        {
            string element = field.Type == IlType.Ints ? "int" : "byte";
            text.Append(FormattableString.Invariant($"public static readonly {element}[] {field.Name} = new {element}[{DenseSteps.ArenaLength}];\n"));
        }

        foreach (AssembledMethod method in methods)
            text.AppendJoin('\n', CSharpPrinter.Print(method.Method)).Append('\n');
        Source = text.Append('}').ToString();
        Assembly = GeneratedAssembly.Compile([new EmittedFile("Kernels.cs", Source)], ClassLibrary.Desktop, checkOverflow);
        type = HostedModel.LoadAssembly(Assembly).GetType("Kernels", throwOnError: true)!;
    }

    public string Source { get; }

    public GeneratedAssembly Assembly { get; }

    /// <summary>The outputs of one step.</summary>
    public int[] Run(DenseCase dense, IEnumerable<AssembledMethod> methods, byte[] inputs)
    {
        byte[] codes = Field<byte[]>(DenseSteps.Codes);
        Array.Fill(codes, byte.MaxValue);
        for (int i = 0; i < inputs.Length; i++)
            codes[dense.Step.Inputs[i]] = inputs[i];
        foreach (AssembledMethod method in methods)
        {
            object[] arguments = [.. method.Method.Parameters.Select(parameter => parameter.Type == IlType.Long ? (object)0L : 0)];
            type.GetMethod(method.Method.Name, BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }

        IEnumerable<int> results = dense.AreLogits ? Field<int[]>(dense.Target) : Field<byte[]>(dense.Target).Select(code => (int)code);
        return [.. results.Skip(dense.Step.FirstOutput).Take(dense.Step.Outputs.Count)];
    }

    private T Field<T>(StaticField field) => (T)type.GetField(field.Name)!.GetValue(null)!;
}
