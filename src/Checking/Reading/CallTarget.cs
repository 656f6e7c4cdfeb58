using System.Linq;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>The method that a call names.</summary>
/// <param name="TypeName">Declaring type.</param>
/// <param name="Name">Of the method.</param>
/// <param name="Signature">Decoded.</param>
/// <param name="Type">Declaring type, decoded.</param>
/// <param name="Local">Its definition where it is of the checked assembly.</param>
internal sealed record CallTarget(string TypeName, string Name, MethodSignature<IlType> Signature, IlType Type, MethodDefinitionHandle? Local)
{
    public string FullName => TypeName + "." + Name;

    public string Display => FullName + "(" + string.Join(", ", Signature.ParameterTypes.Select(type => type.Name)) + ")";

    /// <summary>Values that a call takes from the stack.</summary>
    public int Pops => Signature.ParameterTypes.Length + (Signature.Header.IsInstance ? 1 : 0);

    /// <summary>Decodes the token of a call, newobj or ldftn; null for what names no method.</summary>
    public static CallTarget? Of(CheckedAssembly assembly, EntityHandle token)
    {
        MetadataReader metadata = assembly.Metadata;
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                var handle = (MethodDefinitionHandle)token;
                MethodDefinition definition = metadata.GetMethodDefinition(handle);
                IlType own = assembly.Types.Of(metadata, definition.GetDeclaringType());
                return new CallTarget(own.Name, metadata.GetString(definition.Name), definition.DecodeSignature(assembly.Types, null), own, handle);
            case HandleKind.MemberReference:
                MemberReference reference = metadata.GetMemberReference((MemberReferenceHandle)token);
                if (reference.GetKind() != MemberReferenceKind.Method)
                    return null;
                IlType parent = assembly.Types.Of(metadata, reference.Parent);
                return new CallTarget(parent.Name, metadata.GetString(reference.Name), reference.DecodeMethodSignature(assembly.Types, null), parent, null);
            case HandleKind.MethodSpecification:
                return Of(assembly, metadata.GetMethodSpecification((MethodSpecificationHandle)token).Method);
            default:
                return null;
        }
    }

    /// <summary>Type of the field that a token names.</summary>
    public static IlType FieldType(CheckedAssembly assembly, EntityHandle token)
    {
        MetadataReader metadata = assembly.Metadata;
        if (token.Kind == HandleKind.FieldDefinition)
            return metadata.GetFieldDefinition((FieldDefinitionHandle)token).DecodeSignature(assembly.Types, null);
        return token.Kind == HandleKind.MemberReference && metadata.GetMemberReference((MemberReferenceHandle)token) is var reference && reference.GetKind() == MemberReferenceKind.Field
            ? reference.DecodeFieldSignature(assembly.Types, null)
            : IlType.Unknown;
    }
}
