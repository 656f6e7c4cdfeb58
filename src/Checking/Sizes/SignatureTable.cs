using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Sizes;

/// <summary>
/// The device's table of signatures and array initialisers, as large as the metadata processor makes it: an entry whose bytes are in the
/// table already takes no room. Type numbers differ from the converted file's, which changes a few bytes in thousands.
/// </summary>
internal sealed class SignatureTable
{
    private readonly List<byte> table = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> typeNumbers = new(StringComparer.Ordinal);

    /// <summary>Bytes of the table.</summary>
    public int Bytes => table.Count;

    /// <summary>Bytes that array initialisers added, with their lengths.</summary>
    public int ArrayBytes { get; private set; }

    public static SignatureTable Of(CheckedAssembly assembly)
    {
        MetadataReader metadata = assembly.Metadata;
        var signatures = new SignatureTable();
        foreach (FieldDefinition field in metadata.FieldDefinitions.Select(metadata.GetFieldDefinition).Where(field => !field.Attributes.HasFlag(System.Reflection.FieldAttributes.Literal)))
            signatures.Add([0x06, .. signatures.Type(field.DecodeSignature(assembly.Types, null))]);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
            signatures.Add(signatures.Method(metadata.GetMethodDefinition(handle).DecodeSignature(assembly.Types, null)));
        foreach (MethodCode method in assembly.Methods.Where(method => method.Locals.Length > 0))
            signatures.Add([.. method.Locals.SelectMany(signatures.Type)]);
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
            signatures.Add(member.GetKind() == MemberReferenceKind.Field ? [0x06, .. signatures.Type(member.DecodeFieldSignature(assembly.Types, null))] : signatures.Method(member.DecodeMethodSignature(assembly.Types, null)));
        for (int row = 1; row <= System.Reflection.Metadata.Ecma335.MetadataReaderExtensions.GetTableRowCount(metadata, System.Reflection.Metadata.Ecma335.TableIndex.TypeSpec); row++)
            signatures.Add(signatures.Type(assembly.Types.Of(metadata, System.Reflection.Metadata.Ecma335.MetadataTokens.TypeSpecificationHandle(row))));
        foreach (InterfaceImplementationHandleCollection interfaces in metadata.TypeDefinitions.Select(handle => metadata.GetTypeDefinition(handle).GetInterfaceImplementations()).Where(all => all.Count > 0))
            signatures.Add([(byte)interfaces.Count, .. interfaces.SelectMany(each => signatures.Number(assembly.Types.Of(metadata, metadata.GetInterfaceImplementation(each).Interface).Name))]);
        foreach (CustomAttributeHandle handle in metadata.CustomAttributes)
            signatures.Add([.. metadata.GetBlobBytes(metadata.GetCustomAttribute(handle).Value).Skip(2)]);
        foreach (ArrayInitialiser array in ArrayInitialiser.Of(assembly))
            signatures.AddArray(array.Data);
        return signatures;
    }

    private void AddArray(byte[] data)
    {
        int before = table.Count;
        Add([(byte)data.Length, (byte)(data.Length >> 8), .. data]);
        ArrayBytes += table.Count - before;
    }

    private void Add(byte[] entry)
    {
        if (entry.Length == 0 || !seen.Add(Convert.ToHexString(entry)))
            return;
        if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(table).IndexOf(entry) < 0)
            table.AddRange(entry);
    }

    private byte[] Method(MethodSignature<IlType> signature) =>
        [signature.Header.RawValue, (byte)signature.ParameterTypes.Length, .. Type(signature.ReturnType), .. signature.ParameterTypes.SelectMany(Type)];

    private byte[] Type(IlType type) => type.Kind switch
    {
        IlKind.Array or IlKind.MultiArray or IlKind.ByRef or IlKind.Pointer => [(byte)type.Kind, .. type.Element is null ? [] : Type(type.Element)],
        IlKind.Reference when type.Name != "object" => [(byte)type.Kind, .. Number(type.Name)],
        IlKind.Structure or IlKind.Generic => [(byte)type.Kind, .. Number(type.Name)],
        _ => [(byte)type.Kind],
    };

    // A type's number, shifted by two bits that say which table it is of, in one byte below 128 and in two above.
    private byte[] Number(string type)
    {
        if (!typeNumbers.TryGetValue(type, out int number))
            typeNumbers[type] = number = typeNumbers.Count;
        int token = number << 2;
        return token < 0x80 ? [(byte)token] : [(byte)(0x80 | (token >> 8)), (byte)token];
    }
}
