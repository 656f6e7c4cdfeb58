using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>A method with a body.</summary>
/// <param name="Handle">In the checked assembly.</param>
/// <param name="Name">Namespace, type and name.</param>
/// <param name="Signature">Decoded.</param>
/// <param name="HasThis">It has a <c>this</c>, its argument 0.</param>
/// <param name="IsVisible">Other assemblies can call it.</param>
/// <param name="DeclaringType">Type of <c>this</c>.</param>
/// <param name="Locals">Declared types.</param>
/// <param name="Instructions">In order.</param>
/// <param name="Handlers">Of exceptions.</param>
/// <param name="FileBytes">IL in the assembly's file.</param>
/// <param name="DeviceBytes">IL as converted, with its table of exception handlers.</param>
internal sealed record MethodCode(
    MethodDefinitionHandle Handle,
    string Name,
    MethodSignature<IlType> Signature,
    bool HasThis,
    bool IsVisible,
    IlType DeclaringType,
    ImmutableArray<IlType> Locals,
    ImmutableArray<IlInstruction> Instructions,
    ImmutableArray<ExceptionRegion> Handlers,
    int FileBytes,
    int DeviceBytes)
{
    private const int HandlerBytes = 12;

    /// <summary>Name with the types of its parameters, which tells overloads apart.</summary>
    public string Display { get; } = Name + "(" + string.Join(", ", Signature.ParameterTypes.Select(type => type.Name)) + ")";

    public int ArgumentCount => Signature.ParameterTypes.Length + (HasThis ? 1 : 0);

    /// <summary>Index of the instruction at an offset of the file.</summary>
    public Dictionary<int, int> IndexOf { get; } = Instructions.Select((instruction, index) => (instruction.Offset, index)).ToDictionary(each => each.Offset, each => each.index);

    public bool IsTypeInitialiser => Name.EndsWith("..cctor", StringComparison.Ordinal);

    public IlType Argument(int index) => !HasThis ? Parameter(index) : index == 0 ? DeclaringType : Parameter(index - 1);

    /// <summary>Decodes the body of a method, or returns null where it has none.</summary>
    /// <exception cref="BadImageFormatException">The body is damaged.</exception>
    public static MethodCode? Read(CheckedAssembly assembly, MethodDefinitionHandle handle)
    {
        MetadataReader metadata = assembly.Metadata;
        MethodDefinition definition = metadata.GetMethodDefinition(handle);
        if (definition.RelativeVirtualAddress == 0 || (definition.ImplAttributes & MethodImplAttributes.CodeTypeMask) != MethodImplAttributes.IL)
            return null;
        MethodBodyBlock body = assembly.File.GetMethodBody(definition.RelativeVirtualAddress);
        MethodSignature<IlType> signature = definition.DecodeSignature(assembly.Types, null);
        ImmutableArray<IlType> locals = body.LocalSignature.IsNil ? [] : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(assembly.Types, null);
        (ImmutableArray<IlInstruction> instructions, int deviceLength) = IlDecoder.Decode(body.GetILReader());
        int handlers = body.ExceptionRegions.Length == 0 ? 0 : (body.ExceptionRegions.Length * HandlerBytes) + 1;
        TypeDefinitionHandle type = definition.GetDeclaringType();
        return new MethodCode(
            handle, TypeNames.Of(metadata, type) + "." + metadata.GetString(definition.Name), signature, signature.Header.IsInstance, IsVisibleFrom(metadata, definition), assembly.Types.Of(metadata, type),
            locals, instructions, body.ExceptionRegions, body.GetILReader().Length, deviceLength + handlers);
    }

    private static bool IsVisibleFrom(MetadataReader metadata, MethodDefinition method)
    {
        if ((method.Attributes & MethodAttributes.MemberAccessMask) is not (MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem))
            return false;
        var seen = new HashSet<TypeDefinitionHandle>();
        for (TypeDefinitionHandle handle = method.GetDeclaringType(); !handle.IsNil && seen.Add(handle); handle = metadata.GetTypeDefinition(handle).GetDeclaringType())
        {
            TypeAttributes visibility = metadata.GetTypeDefinition(handle).Attributes & TypeAttributes.VisibilityMask;
            if (visibility is not (TypeAttributes.Public or TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem))
                return false;
        }

        return true;
    }

    private IlType Parameter(int index) => index < Signature.ParameterTypes.Length ? Signature.ParameterTypes[index] : IlType.Unknown;
}
