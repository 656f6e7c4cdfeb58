using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Rules;

/// <summary>Instructions of a method that take memory from the managed heap.</summary>
internal static class AllocationRule
{
    // Calls into the class library that are known not to allocate. Everything else outside the assembly may.
    private static readonly HashSet<string> Free = new(System.StringComparer.Ordinal)
    {
        "System.Object..ctor", "System.Attribute..ctor", "System.Object.ReferenceEquals", "System.Array.Copy", "System.Array.Clear", "System.Array.IndexOf", "System.Array.get_Length",
        "System.String.get_Length", "System.String.get_Chars", "System.String.op_Equality", "System.String.op_Inequality", "System.String.Equals",
        "System.BitConverter.ToInt16", "System.BitConverter.ToInt32", "System.BitConverter.ToInt64", "System.BitConverter.ToUInt16",
        "System.BitConverter.ToUInt32", "System.BitConverter.ToUInt64", "System.BitConverter.ToSingle", "System.BitConverter.ToDouble",
        "System.BitConverter.DoubleToInt64Bits", "System.BitConverter.Int64BitsToDouble", "System.Diagnostics.Debug.Assert",
        "System.Threading.Thread.Sleep", "System.Threading.Monitor.Enter", "System.Threading.Monitor.Exit",
        "System.Threading.Interlocked.Increment", "System.Threading.Interlocked.Decrement", "System.Threading.Interlocked.Exchange", "System.Threading.Interlocked.CompareExchange",
        "System.DateTime.get_UtcNow", "System.DateTime.get_Ticks", "System.TimeSpan.get_Ticks", "System.Environment.get_TickCount64", "System.GC.SuppressFinalize",
    };

    public static IEnumerable<Finding> Check(CheckedAssembly assembly, MethodCode method, string reached)
    {
        // The interpreter keeps structures on the heap, also those of local variables: they are allocated when the method is entered.
        if (method.Locals.FirstOrDefault(local => local.Kind == IlKind.Structure && !IsScalar(local)) is { } structure)
            yield return CheckCatalogue.Allocation.At(method.Display, null, "a local variable of structure type " + structure.Name, reached);
        foreach (IlInstruction instruction in method.Instructions)
        {
            if (Allocates(assembly, instruction) is { } what)
                yield return CheckCatalogue.Allocation.At(method.Display, instruction.Offset, what, reached);
            else if (instruction.Name is "call" or "callvirt" && CallTarget.Of(assembly, instruction.Token) is { Local: null } target && !Free.Contains(target.FullName))
                yield return Outside(method, instruction, target, reached);
        }
    }

    private static string? Allocates(CheckedAssembly assembly, IlInstruction instruction) => instruction.Name switch
    {
        "newarr" => "new " + assembly.Types.Of(assembly.Metadata, instruction.Token).Name + "[]",
        "newobj" => "new " + (CallTarget.Of(assembly, instruction.Token)?.TypeName ?? "object"),
        "box" => "boxing a value of type " + assembly.Types.Of(assembly.Metadata, instruction.Token).Name,
        "localloc" => "stackalloc",
        _ => null,
    };

    // What comes back as a string or array was made for the caller, as a rule.
    private static Finding Outside(MethodCode method, IlInstruction instruction, CallTarget target, string reached)
    {
        CheckRule rule = target.Signature.ReturnType.Kind is IlKind.Text or IlKind.Array ? CheckCatalogue.Allocation : CheckCatalogue.MayAllocate;
        return rule.At(method.Display, instruction.Offset, target.Display, reached);
    }

    // Kept as a plain 64-bit number.
    private static bool IsScalar(IlType type) => type.Name is "System.DateTime" or "System.TimeSpan" or "System.RuntimeTypeHandle" or "System.RuntimeFieldHandle";
}
