using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Sizes;

/// <summary>What an assembly takes once it is converted for the device.</summary>
/// <param name="IlBytes">IL of all methods with their handler tables, as converted.</param>
/// <param name="FileIlBytes">IL of all methods in the assembly's file; tokens are twice as long there.</param>
/// <param name="ArrayBytes">Array initialisers.</param>
/// <param name="SignatureBytes">Signatures alone.</param>
/// <param name="StringBytes">Names and literals.</param>
/// <param name="FlashBytes">All tables and resources: what the converted file takes, within a few per cent.</param>
/// <param name="StackDepths">Deepest evaluation stack of every method, in the order of the methods.</param>
internal sealed record AssemblyFigures(int IlBytes, int FileIlBytes, int ArrayBytes, int SignatureBytes, int StringBytes, int FlashBytes, ImmutableArray<int> StackDepths)
{
    // Records of the converted file, in bytes: its header, then a row of each table.
    private const int Header = 124;
    private const int AssemblyReferenceRow = 12;
    private const int ReferenceRow = 8;
    private const int TypeRow = 24;
    private const int FieldRow = 8;
    private const int MethodRow = 16;
    private const int AttributeRow = 8;
    private const int TypeSpecificationRow = 4;

    public static AssemblyFigures Of(CheckedAssembly assembly, IEnumerable<int> stackDepths)
    {
        MetadataReader metadata = assembly.Metadata;
        SignatureTable signatures = SignatureTable.Of(assembly);
        int strings = StringTable.Bytes(assembly);
        int il = assembly.Methods.Sum(method => method.DeviceBytes);
        int rows = (AssemblyReferenceRow * metadata.AssemblyReferences.Count)
            + (ReferenceRow * (metadata.TypeReferences.Count + metadata.MemberReferences.Count))
            + (TypeRow * (metadata.TypeDefinitions.Count - 1))
            + (FieldRow * metadata.FieldDefinitions.Count(handle => !metadata.GetFieldDefinition(handle).Attributes.HasFlag(System.Reflection.FieldAttributes.Literal)))
            + (MethodRow * metadata.MethodDefinitions.Count)
            + (AttributeRow * metadata.CustomAttributes.Count)
            + (TypeSpecificationRow * metadata.GetTableRowCount(TableIndex.TypeSpec));
        int flash = Header + rows + strings + signatures.Bytes + il + (assembly.File.PEHeaders.CorHeader?.ResourcesDirectory.Size ?? 0);
        return new AssemblyFigures(
            il, assembly.Methods.Sum(method => method.FileBytes), signatures.ArrayBytes, signatures.Bytes - signatures.ArrayBytes, strings, flash, [.. stackDepths]);
    }
}
