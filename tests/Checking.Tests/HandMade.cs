using System;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Tests;

/// <summary>Assemblies that no C# compiler writes: one static method <c>Planted.M</c> of given bytes, any reference.</summary>
internal sealed class HandMade
{
    private readonly MetadataBuilder metadata = new();
    private readonly BlobBuilder il = new();
    private readonly AssemblyReferenceHandle library;

    public HandMade(string name = TargetLibrary.Name, string version = "1.17.11.0", string token = TargetLibrary.PublicKeyToken) =>
        library = metadata.AddAssemblyReference(
            metadata.GetOrAddString(name), new Version(version), default, metadata.GetOrAddBlob(Convert.FromHexString(token)), default, default);

    /// <summary>A static void method without parameters of a type of the referenced assembly.</summary>
    public int Method(string space, string type, string name)
    {
        TypeReferenceHandle parent = metadata.AddTypeReference(library, metadata.GetOrAddString(space), metadata.GetOrAddString(type));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        return MetadataTokens.GetToken(metadata.AddMemberReference(parent, metadata.GetOrAddString(name), metadata.GetOrAddBlob(signature)));
    }

    /// <summary>A body that calls the method of a token and returns.</summary>
    public static byte[] Call(int token) => [0x28, .. BitConverter.GetBytes(token), 0x2A];

    /// <summary>The assembly's image.</summary>
    /// <param name="body">IL of <c>Planted.M</c>, as it stands.</param>
    /// <param name="maxStack">Declared depth of its stack.</param>
    public byte[] Image(byte[] body, int maxStack = 8)
    {
        var bodies = new MethodBodyStreamEncoder(il);
        MethodBodyStreamEncoder.MethodBody place = bodies.AddMethodBody(body.Length, maxStack);
        new BlobWriter(place.Instructions).WriteBytes(body);

        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        metadata.AddModule(0, metadata.GetOrAddString("Planted.dll"), metadata.GetOrAddGuid(new Guid(1, 0, 0, new byte[8])), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Planted"), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddTypeDefinition(
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, default, metadata.GetOrAddString("Planted"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Static, MethodImplAttributes.IL, metadata.GetOrAddString("M"), metadata.GetOrAddBlob(signature), place.Offset, default);
        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), il).Serialize(image);
        return image.ToArray();
    }
}
