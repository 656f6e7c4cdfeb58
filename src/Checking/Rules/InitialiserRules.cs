using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Rules;

/// <summary>
/// Type initialisers run when the assembly is loaded, in the order of the type table, which the metadata processor sorts by full name;
/// desktop .NET runs each before its type is first used. What a later one sets is still null or 0 in an earlier one.
/// </summary>
internal static class InitialiserRules
{
    /// <summary>Every initialiser that reads what a later one sets, itself or through the methods that it calls.</summary>
    public static IEnumerable<Finding> Check(CheckedAssembly assembly)
    {
        var methods = assembly.Methods.ToDictionary(method => method.Handle);
        var initialised = assembly.Methods.Where(method => method.IsTypeInitialiser).SelectMany(method => Stored(method)).ToHashSet();
        foreach (MethodCode initialiser in assembly.Methods.Where(method => method.IsTypeInitialiser))
        {
            foreach (IlInstruction instruction in initialiser.Instructions)
            {
                if (Reads(assembly, initialiser, instruction, initialised) is { } field)
                    yield return CheckCatalogue.InitialiserOrder.At(initialiser.Display, instruction.Offset, Name(assembly, field), Unset(assembly, field), TypeOf(initialiser), TypeOf(assembly, field));
                else if (Called(assembly, instruction) is { } called && methods.TryGetValue(called, out MethodCode? callee)
                    && Behind(assembly, initialiser, callee, methods, initialised, []) is { } read)
                    yield return CheckCatalogue.InitialiserCalls.At(initialiser.Display, instruction.Offset, callee.Name, Name(assembly, read), Unset(assembly, read), TypeOf(initialiser), TypeOf(assembly, read));
            }
        }
    }

    // The first field of a later type that a method reads, or one that it calls. A method that sets the field itself is prepared.
    private static FieldDefinitionHandle? Behind(
        CheckedAssembly assembly, MethodCode initialiser, MethodCode method, Dictionary<MethodDefinitionHandle, MethodCode> methods,
        HashSet<FieldDefinitionHandle> initialised, HashSet<MethodDefinitionHandle> seen)
    {
        if (!seen.Add(method.Handle))
            return null;
        HashSet<FieldDefinitionHandle> own = [.. Stored(method)];
        foreach (IlInstruction instruction in method.Instructions)
        {
            if (Reads(assembly, initialiser, instruction, initialised) is { } field && !own.Contains(field))
                return field;
            if (Called(assembly, instruction) is { } called && methods.TryGetValue(called, out MethodCode? callee)
                && Behind(assembly, initialiser, callee, methods, initialised, seen) is { } behind)
                return behind;
        }

        return null;
    }

    private static FieldDefinitionHandle? Reads(CheckedAssembly assembly, MethodCode initialiser, IlInstruction instruction, HashSet<FieldDefinitionHandle> initialised)
    {
        if (instruction.Name is not ("ldsfld" or "ldsflda") || instruction.Token.Kind != HandleKind.FieldDefinition)
            return null;
        var field = (FieldDefinitionHandle)instruction.Token;
        string type = TypeOf(assembly, field);
        // What the compiler adds for lambdas is not the user's to move.
        bool isGenerated = assembly.Metadata.GetString(assembly.Metadata.GetFieldDefinition(field).Name).StartsWith('<') || type.Contains(".<", StringComparison.Ordinal);
        return initialised.Contains(field) && !isGenerated && string.CompareOrdinal(type, TypeOf(initialiser)) > 0 ? field : null;
    }

    private static MethodDefinitionHandle? Called(CheckedAssembly assembly, IlInstruction instruction) =>
        instruction.Name is "call" or "callvirt" or "newobj" ? CallTarget.Of(assembly, instruction.Token)?.Local : null;

    private static IEnumerable<FieldDefinitionHandle> Stored(MethodCode method) => method.Instructions
        .Where(instruction => instruction.Name == "stsfld" && instruction.Token.Kind == HandleKind.FieldDefinition)
        .Select(instruction => (FieldDefinitionHandle)instruction.Token);

    private static string TypeOf(MethodCode method) => method.DeclaringType.Name;

    private static string TypeOf(CheckedAssembly assembly, FieldDefinitionHandle field) =>
        TypeNames.Of(assembly.Metadata, assembly.Metadata.GetFieldDefinition(field).GetDeclaringType());

    private static string Name(CheckedAssembly assembly, FieldDefinitionHandle field) =>
        TypeOf(assembly, field) + "." + assembly.Metadata.GetString(assembly.Metadata.GetFieldDefinition(field).Name);

    private static string Unset(CheckedAssembly assembly, FieldDefinitionHandle field) => assembly.Metadata.GetFieldDefinition(field).DecodeSignature(assembly.Types, null) switch
    {
        { Kind: IlKind.Boolean } => "false",
        { IsNumber: true } or { IsEnum: true } or { Kind: IlKind.Character } => "0",
        { Kind: IlKind.Structure } => "empty",
        _ => "null",
    };
}
