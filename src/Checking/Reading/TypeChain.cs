using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>A type where it is defined: in the checked assembly or a referenced one.</summary>
internal sealed record DefinedType(MetadataReader Home, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Home.GetTypeDefinition(Handle);

    public string Name => TypeNames.Of(Home, Handle);

    public bool IsInterface => Definition.Attributes.HasFlag(TypeAttributes.Interface);

    /// <summary>The methods that it declares.</summary>
    public IEnumerable<DefinedMethod> Methods(TypeDecoder types) =>
        Definition.GetMethods().Select(handle => new DefinedMethod(this, Home.GetMethodDefinition(handle), MemberLookup.Text(Home.GetMethodDefinition(handle).DecodeSignature(types, null))));

    /// <summary>Interface and method that it implements explicitly.</summary>
    public IEnumerable<(string Interface, string Method)> Explicit()
    {
        foreach (MethodImplementationHandle handle in Definition.GetMethodImplementations())
        {
            EntityHandle declared = Home.GetMethodImplementation(handle).MethodDeclaration;
            if (declared.Kind == HandleKind.MemberReference && Home.GetMemberReference((MemberReferenceHandle)declared) is var reference)
                yield return (TypeNames.Of(Home, reference.Parent), Home.GetString(reference.Name));
            else if (declared.Kind == HandleKind.MethodDefinition && Home.GetMethodDefinition((MethodDefinitionHandle)declared) is var method)
                yield return (TypeNames.Of(Home, method.GetDeclaringType()), Home.GetString(method.Name));
        }
    }

    /// <summary>The types that it derives from, the nearest first; where a reference is not found, they end.</summary>
    public IEnumerable<DefinedType> Bases(ReferenceSet references)
    {
        // A damaged file may have a type derive from itself.
        var seen = new HashSet<(MetadataReader, TypeDefinitionHandle)> { (Home, Handle) };
        for ((MetadataReader Home, TypeDefinitionHandle Type)? place = MemberLookup.Base(references, Home, Handle);
            place is var (home, type) && seen.Add((home, type));
            place = MemberLookup.Base(references, home, type))
        {
            yield return new DefinedType(home, type);
        }
    }
}

/// <summary>A method of a type.</summary>
/// <param name="Type">Declares it.</param>
/// <param name="Definition">In the type's assembly.</param>
/// <param name="Signature">In words.</param>
internal sealed record DefinedMethod(DefinedType Type, MethodDefinition Definition, string Signature)
{
    public string Name => Type.Home.GetString(Definition.Name);

    public bool Has(MethodAttributes attribute) => Definition.Attributes.HasFlag(attribute);

    public string Display(TypeDecoder types) =>
        Type.Name + "." + Name + "(" + string.Join(", ", Definition.DecodeSignature(types, null).ParameterTypes.Select(type => type.Name)) + ")";
}
