using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Rules;

/// <summary>Instructions of a method that make or load floating point values.</summary>
internal static class FloatRule
{
    private static readonly string[] Suffixes = [".r4", ".r8", ".r.un"];

    public static IEnumerable<Finding> Check(CheckedAssembly assembly, MethodCode method, string reached) => method.Instructions
        .Where(instruction => IsFloat(assembly, method, instruction))
        .Select(instruction => CheckCatalogue.FloatingPoint.At(method.Display, instruction.Offset, instruction.Name, reached));

    private static bool IsFloat(CheckedAssembly assembly, MethodCode method, IlInstruction instruction) => instruction.Family switch
    {
        "ldloc" => instruction.Variable < method.Locals.Length && method.Locals[instruction.Variable].IsFloat,
        "ldarg" => method.Argument(instruction.Variable).IsFloat,
        "ldfld" or "ldsfld" => CallTarget.FieldType(assembly, instruction.Token).IsFloat,
        "call" or "callvirt" => CallTarget.Of(assembly, instruction.Token)?.Signature.ReturnType.IsFloat == true,
        _ => Suffixes.Any(suffix => instruction.Name.EndsWith(suffix, System.StringComparison.Ordinal)),
    };
}
