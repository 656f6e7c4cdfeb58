using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>Decodes signatures to <see cref="IlType"/>; finds what enums consist of, in referenced assemblies too.</summary>
internal sealed class TypeDecoder(ReferenceSet? references) : ISignatureTypeProvider<IlType, object?>
{
    private const byte ValueTypeCode = 0x11;

    public IlType GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => IlType.Void,
        PrimitiveTypeCode.Boolean => new IlType(IlKind.Boolean, "bool"),
        PrimitiveTypeCode.Char => new IlType(IlKind.Character, "char"),
        PrimitiveTypeCode.SByte => new IlType(IlKind.SignedByte, "sbyte"),
        PrimitiveTypeCode.Byte => new IlType(IlKind.Byte, "byte"),
        PrimitiveTypeCode.Int16 => new IlType(IlKind.Short, "short"),
        PrimitiveTypeCode.UInt16 => new IlType(IlKind.UnsignedShort, "ushort"),
        PrimitiveTypeCode.Int32 => IlType.Int,
        PrimitiveTypeCode.UInt32 => IlType.UnsignedInt,
        PrimitiveTypeCode.Int64 => IlType.Long,
        PrimitiveTypeCode.UInt64 => IlType.UnsignedLong,
        PrimitiveTypeCode.Single => IlType.Float32,
        PrimitiveTypeCode.Double => IlType.Float64,
        PrimitiveTypeCode.IntPtr => new IlType(IlKind.NativeInt, "nint"),
        PrimitiveTypeCode.UIntPtr => new IlType(IlKind.NativeUnsigned, "nuint"),
        PrimitiveTypeCode.String => IlType.Text,
        PrimitiveTypeCode.Object => IlType.Object,
        PrimitiveTypeCode.TypedReference => new IlType(IlKind.Structure, "System.TypedReference"),
        _ => IlType.Unknown,
    };

    public IlType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => OfDefinition(reader, handle);

    public IlType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        string name = TypeNames.Of(reader, handle);
        if (references?.Find(reader, handle) is var (home, definition))
            return OfDefinition(home, definition);
        return new IlType(rawTypeKind == ValueTypeCode ? IlKind.Structure : IlKind.Reference, name);
    }

    public IlType GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public IlType GetSZArrayType(IlType elementType) => new(IlKind.Array, elementType.Name + "[]", elementType);

    public IlType GetArrayType(IlType elementType, ArrayShape shape) =>
        new(IlKind.MultiArray, elementType.Name + "[" + new string(',', shape.Rank - 1) + "]", elementType);

    public IlType GetByReferenceType(IlType elementType) => new(IlKind.ByRef, "ref " + elementType.Name, elementType);

    public IlType GetPointerType(IlType elementType) => new(IlKind.Pointer, elementType.Name + "*", elementType);

    public IlType GetFunctionPointerType(MethodSignature<IlType> signature) => new(IlKind.Pointer, "delegate*");

    public IlType GetGenericInstantiation(IlType genericType, ImmutableArray<IlType> typeArguments) =>
        new(IlKind.Generic, genericType.Name + "<" + string.Join(", ", typeArguments.Select(argument => argument.Name)) + ">");

    public IlType GetGenericMethodParameter(object? genericContext, int index) => new(IlKind.Generic, "!!" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public IlType GetGenericTypeParameter(object? genericContext, int index) => new(IlKind.Generic, "!" + index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // A required modifier is part of the signature; an optional one too, and both are rare.
    public IlType GetModifiedType(IlType modifier, IlType unmodifiedType, bool isRequired) => unmodifiedType;

    public IlType GetPinnedType(IlType elementType) => elementType;

    /// <summary>The type of a definition, reference or specification.</summary>
    public IlType Of(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => OfDefinition(reader, (TypeDefinitionHandle)handle),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
        _ => IlType.Unknown,
    };

    private IlType OfDefinition(MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition definition = reader.GetTypeDefinition(handle);
        string name = TypeNames.Of(reader, handle);
        string parent = TypeNames.Of(reader, definition.BaseType);
        if (parent == "System.Enum")
        {
            IlType? underlying = definition.GetFields()
                .Select(reader.GetFieldDefinition)
                .Where(field => !field.Attributes.HasFlag(System.Reflection.FieldAttributes.Static))
                .Select(field => field.DecodeSignature(this, null))
                .FirstOrDefault();
            return new IlType(underlying?.Kind ?? IlKind.Int, name);
        }

        bool isStructure = parent == "System.ValueType" && name != "System.Enum";
        return isStructure && Primitive(name) is { } primitive ? primitive : new IlType(isStructure ? IlKind.Structure : IlKind.Reference, name);
    }

    // newarr, box and ldobj name System.Int32 where a signature has a code for it.
    private IlType? Primitive(string name) =>
        name.StartsWith("System.", System.StringComparison.Ordinal) && System.Enum.TryParse(name["System.".Length..], out PrimitiveTypeCode code) && code != PrimitiveTypeCode.TypedReference
            ? GetPrimitiveType(code)
            : null;
}
