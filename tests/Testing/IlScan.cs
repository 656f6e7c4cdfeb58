using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Testing;

/// <summary>Looks at every instruction of an assembly for what inference on the device must not hold.</summary>
public static class IlScan
{
    /// <summary>One line per finding: method, offset, instruction. Static constructors may allocate: they run once.</summary>
    /// <param name="image">The assembly.</param>
    /// <param name="parts">Names of assemblies that belong to the model too: it may call them.</param>
    public static IReadOnlyList<string> Findings(byte[] image, IEnumerable<string>? parts = null)
    {
        HashSet<string> own = new(parts ?? [], System.StringComparer.Ordinal);
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(image));
        return [.. assembly.MainModule.GetTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody && !(method.IsConstructor && method.IsStatic))
            .SelectMany(method => method.Body.Instructions.Where(i => IsForbidden(i, own)).Select(i => $"{method.FullName}+{i.Offset:x4}: {i}"))];
    }

    private static bool IsForbidden(Instruction instruction, HashSet<string> own) => instruction.OpCode.Code switch
    {
        Code.Newarr or Code.Newobj or Code.Box or Code.Ldftn or Code.Ldvirtftn or Code.Localloc or Code.Throw => true,
        Code.Call or Code.Callvirt => !IsInternal((MethodReference)instruction.Operand, own),
        Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un or Code.Ldelem_R4 or Code.Ldelem_R8 => true,
        // The device types stack values at run time: an unsigned one makes later shifts and comparisons unsigned too.
        Code.Shr_Un or Code.Div_Un or Code.Rem_Un or Code.Conv_U4 or Code.Conv_U8 or Code.Ldelem_U4 => true,
        _ => false,
    };

    private static bool IsInternal(MethodReference method, HashSet<string> own) =>
        method.DeclaringType.Scope is ModuleDefinition || own.Contains(method.DeclaringType.Scope.Name);
}
