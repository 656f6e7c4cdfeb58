using System.Collections.Generic;
using System.Linq;
using System.Text;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Budgets;

/// <summary>
/// What a program, or a part of one, needs of the assembly that it is compiled into, known before any C# exists: a model of the IL
/// that Roslyn (Release, C# 7.3) makes of what the emitter prints. Tests compare each figure with the compiled assembly.
/// A Debug build of the same text has about a fifth more IL (nops, results kept in locals): docs/results/budgets.md has the measured
/// ratio. Limits are checked for Release, which is what firmware ships.
/// </summary>
/// <param name="Methods">Every method of the class.</param>
/// <param name="ArrayBytes">Array initialisers.</param>
/// <param name="SignatureBytes">Signatures of methods, locals and fields; equal ones are counted each time, an upper bound.</param>
/// <param name="StringBytes">Labels, and names of the class and its members, each once, in UTF-8 with an end.</param>
/// <param name="StaticFields">Static fields of the class.</param>
/// <param name="RamBytes">What the static constructor allocates: elements of arena and logits, the tables' copies, labels.</param>
public sealed record AssemblyBudget(
    ValueArray<MethodCost> Methods, int ArrayBytes, int SignatureBytes, int StringBytes, int StaticFields, int RamBytes)
{
    /// <summary>Every array that the class allocates, and the window that its caller does.</summary>
    public ValueArray<ArrayCost> Arrays { get; init; } = ValueArray<ArrayCost>.Empty;

    // Weights, biases, shifts, shifts of lanes.
    private const int Tables = 4;

    /// <summary>Tables of thresholds.</summary>
    public int Thresholds { get; init; }

    /// <summary>IL of all methods in the assembly's file.</summary>
    public int IlBytes => Methods.Sum(method => method.IlBytes);

    /// <summary>IL of all methods as the device holds it, which is what the limit of an assembly means.</summary>
    public int DeviceIlBytes => Methods.Sum(method => method.DeviceIlBytes);

    /// <summary>Array initialisers, each with its length, and signatures: they share one table of the device.</summary>
    public int DataBytes => ArrayBytes + ((Tables + Thresholds) * sizeof(ushort)) + SignatureBytes;

    /// <summary>IL of one method, 0 where the class has none of that name.</summary>
    public int IlOf(string method) => Methods.Where(each => each.Name == method).Sum(each => each.IlBytes);

    /// <summary>Computes what a program needs.</summary>
    /// <param name="program">The whole network or one part.</param>
    /// <param name="namespaceName">Its namespace; empty for none.</param>
    public static AssemblyBudget Of(CodedProgram program, string namespaceName)
    {
        var code = ClassCode.Of(program);
        ValueArray<MethodCost> methods = code.Face.Select(AssembledMethod.Of)
            .Concat(program.Code.SelectMany(code => code.Methods.Prepend(code.Entry)))
            .Select(MethodCost.Of)
            .Concat(KernelRegistry.Copied(program).SelectMany(section => section.Methods).Select(method => method.Figures))
            .Concat(code.Constructors.Select(AssembledMethod.Of).Select(MethodCost.Of))
            .ToValueArray();
        Field[] fields = [.. code.Fields];
        IEnumerable<string> strings = methods.Select(method => method.Name).Concat(fields.Select(field => field.Name)).Append(program.Part.Class).Append(namespaceName);
        if (program.Part.IsLast)
            strings = strings.Concat(program.Network.Tasks.SelectMany(task => task.Labels));
        return new AssemblyBudget(
            methods,
            fields.Select(field => field.Value).OfType<Numbers>().Where(table => table.IsData).Sum(table => (int)ArrayCost.BytesOf(table)),
            methods.Sum(method => method.SignatureBytes) + fields.Sum(field => Signatures.Field(Signatures.Of(field.Value.Type))),
            BytesOf(strings),
            fields.Length,
            program.RamBytes)
        {
            Thresholds = DetectionFace.Tables(program.Network, program.Part).Count(),
            Arrays = ArrayCost.Of(program).ToValueArray(),
        };
    }

    /// <summary>Bytes of an assembly's string table: each text once, its end included.</summary>
    internal static int BytesOf(IEnumerable<string> strings) =>
        strings.Where(text => text.Length > 0).Distinct(System.StringComparer.Ordinal).Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
}
