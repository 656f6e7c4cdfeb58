using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Sizes;

/// <summary>Constant data of a static field, as the compiler makes for <c>new byte[] { … }</c>.</summary>
/// <param name="Field">Name, with its type's.</param>
/// <param name="Data">The bytes; empty if the file is damaged.</param>
internal sealed record ArrayInitialiser(string Field, byte[] Data)
{
    /// <summary>All of an assembly.</summary>
    public static IEnumerable<ArrayInitialiser> Of(CheckedAssembly assembly) => assembly.Metadata.FieldDefinitions
        .Select(handle => assembly.Metadata.GetFieldDefinition(handle))
        .Where(field => field.Attributes.HasFlag(FieldAttributes.HasFieldRVA))
        .Select(field => new ArrayInitialiser(
            TypeNames.Of(assembly.Metadata, field.GetDeclaringType()) + "." + assembly.Metadata.GetString(field.Name),
            Read(assembly, field)));

    private static byte[] Read(CheckedAssembly assembly, FieldDefinition field)
    {
        int size = Size(assembly, field);
        System.Reflection.PortableExecutable.PEMemoryBlock block = assembly.File.GetSectionData(field.GetRelativeVirtualAddress());
        return size <= block.Length ? [.. block.GetContent(0, size)] : throw new DamagedAssemblyException("an array initialiser ends outside its section");
    }

    // Up to eight bytes the field may be of a primitive type, else of a structure with an explicit size.
    private static int Size(CheckedAssembly assembly, FieldDefinition field)
    {
        IlType type = field.DecodeSignature(assembly.Types, null);
        int? primitive = type.Kind switch
        {
            IlKind.Boolean or IlKind.Byte or IlKind.SignedByte => 1,
            IlKind.Character or IlKind.Short or IlKind.UnsignedShort => 2,
            IlKind.Int or IlKind.UnsignedInt or IlKind.Float32 => 4,
            IlKind.Long or IlKind.UnsignedLong or IlKind.Float64 => 8,
            _ => null,
        };
        return primitive ?? assembly.Metadata.TypeDefinitions
            .Where(handle => TypeNames.Of(assembly.Metadata, handle) == type.Name)
            .Select(handle => assembly.Metadata.GetTypeDefinition(handle).GetLayout().Size)
            .FirstOrDefault();
    }
}
