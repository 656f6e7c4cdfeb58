using System.Linq;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>Looks a referenced field or method up where it is defined.</summary>
internal static class MemberLookup
{
    /// <summary>The type, or one that it derives from, has a member of this name and signature.</summary>
    public static bool Exists(CheckedAssembly assembly, MetadataReader library, TypeDefinitionHandle type, MemberReference member)
    {
        string name = assembly.Metadata.GetString(member.Name);
        string signature = Signature(assembly.Metadata, assembly.Types, member);
        (MetadataReader Home, TypeDefinitionHandle Type)? place = (library, type);
        while (place is var (home, current))
        {
            if (Has(home, current, assembly.Types, member.GetKind(), name, signature))
                return true;
            place = Base(assembly.References, home, current);
        }

        return false;
    }

    /// <summary>Type, name and parameters.</summary>
    public static string Display(CheckedAssembly assembly, MemberReference member)
    {
        string name = TypeNames.Of(assembly.Metadata, member.Parent) + "." + assembly.Metadata.GetString(member.Name);
        return member.GetKind() == MemberReferenceKind.Field
            ? name
            : name + "(" + string.Join(", ", member.DecodeMethodSignature(assembly.Types, null).ParameterTypes.Select(type => type.Name)) + ")";
    }

    private static bool Has(MetadataReader home, TypeDefinitionHandle type, TypeDecoder types, MemberReferenceKind kind, string name, string signature)
    {
        TypeDefinition definition = home.GetTypeDefinition(type);
        return kind == MemberReferenceKind.Field
            ? definition.GetFields().Select(home.GetFieldDefinition).Any(field => home.StringComparer.Equals(field.Name, name) && field.DecodeSignature(types, null).Name == signature)
            : definition.GetMethods().Select(home.GetMethodDefinition).Any(method => home.StringComparer.Equals(method.Name, name) && Text(method.DecodeSignature(types, null)) == signature);
    }

    /// <summary>The base type and where it is defined; null at the top, or where a reference is not found.</summary>
    public static (MetadataReader Home, TypeDefinitionHandle Type)? Base(ReferenceSet references, MetadataReader home, TypeDefinitionHandle type)
    {
        EntityHandle parent = home.GetTypeDefinition(type).BaseType;
        return parent switch
        {
            { IsNil: true } => null,
            { Kind: HandleKind.TypeDefinition } => (home, (TypeDefinitionHandle)parent),
            { Kind: HandleKind.TypeReference } => references.Find(home, (TypeReferenceHandle)parent),
            _ => null,
        };
    }

    private static string Signature(MetadataReader reader, TypeDecoder types, MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(types, null).Name
        : Text(member.DecodeMethodSignature(types, null));

    /// <summary>A signature in words: two methods of one name with the same are the same method.</summary>
    public static string Text(MethodSignature<IlType> signature) =>
        (signature.Header.IsInstance ? "instance " : "") + signature.ReturnType.Name + "(" + string.Join(",", signature.ParameterTypes.Select(type => type.Name)) + ")";
}
