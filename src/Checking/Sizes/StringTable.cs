using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Text;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Sizes;

/// <summary>
/// The device's table of names and literals, each once, in UTF-8 with a terminator. The interpreter's own list of frequent names is not
/// deducted: the figure is a few hundred bytes too high, never too low.
/// </summary>
internal static class StringTable
{
    /// <summary>Bytes of the table.</summary>
    public static int Bytes(CheckedAssembly assembly) => Strings(assembly).Distinct(StringComparer.Ordinal).Sum(text => Encoding.UTF8.GetByteCount(text) + 1);

    /// <summary>The text that an ldstr loads, or null for another instruction.</summary>
    public static string? Literal(CheckedAssembly assembly, IlInstruction instruction) => instruction.Name == "ldstr"
        ? assembly.Metadata.GetUserString(MetadataTokens.UserStringHandle((int)instruction.Operand & 0xFFFFFF))
        : null;

    private static IEnumerable<string> Strings(CheckedAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        IEnumerable<StringHandle> names = metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).Name)
            .Concat(metadata.TypeDefinitions.Skip(1).Select(metadata.GetTypeDefinition).SelectMany(type => new[] { type.Namespace, type.Name }))
            .Concat(metadata.TypeReferences.Select(metadata.GetTypeReference).SelectMany(type => new[] { type.Namespace, type.Name }))
            .Concat(metadata.MethodDefinitions.Select(handle => metadata.GetMethodDefinition(handle).Name))
            .Concat(metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle).Name))
            .Concat(metadata.FieldDefinitions.Select(metadata.GetFieldDefinition).Where(field => !field.Attributes.HasFlag(System.Reflection.FieldAttributes.Literal)).Select(field => field.Name));
        IEnumerable<string> literals = assembly.Methods.SelectMany(method => method.Instructions).Select(instruction => Literal(assembly, instruction)).OfType<string>();
        return names.Select(metadata.GetString).Append("").Append(assembly.Name).Concat(literals);
    }
}
