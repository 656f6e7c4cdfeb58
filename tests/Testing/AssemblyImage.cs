using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace AdapterCompiler.Testing;

/// <summary>What is in a built assembly, read as metadata: one that was compiled for the device cannot be loaded here.</summary>
public static class AssemblyImage
{
    /// <summary>Names and versions of the assemblies that it refers to, by name.</summary>
    public static IReadOnlyList<(string Name, Version Version)> References(string path) => Read(path, (_, metadata) => metadata.AssemblyReferences
        .Select(handle => metadata.GetAssemblyReference(handle))
        .Select(reference => (metadata.GetString(reference.Name), reference.Version))
        .OrderBy(reference => reference.Item1, StringComparer.Ordinal)
        .ToArray());

    /// <summary>Its own version.</summary>
    public static Version Version(string path) => AssemblyName.GetAssemblyName(path).Version!;

    /// <summary>The module's id, which the compiler makes from everything that it compiled.</summary>
    public static Guid Mvid(string path) => Read(path, (_, metadata) => metadata.GetGuid(metadata.GetModuleDefinition().Mvid));

    /// <summary>Full names of its types.</summary>
    public static IReadOnlyList<string> Types(string path) => Read(path, (_, metadata) => metadata.TypeDefinitions.Select(handle => Name(metadata, handle)).ToArray());

    /// <summary>The IL of every method of a type, a line each, in hexadecimal; empty where there is no such type.</summary>
    public static string Code(string path, string type) => Read(path, (file, metadata) =>
    {
        var text = new StringBuilder();
        foreach (MethodDefinition method in metadata.TypeDefinitions.Where(handle => Name(metadata, handle) == type)
            .SelectMany(handle => metadata.GetTypeDefinition(handle).GetMethods())
            .Select(handle => metadata.GetMethodDefinition(handle)))
        {
            text.Append(metadata.GetString(method.Name)).Append(' ').Append(Convert.ToHexString(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!)).Append('\n');
        }

        return text.ToString();
    });

    private static string Name(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        return metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name);
    }

    private static T Read<T>(string path, Func<PEReader, MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(path));
        return read(file, file.GetMetadataReader());
    }
}
