using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking.Reading;

/// <summary>The assemblies that the checked one refers to, opened as metadata.</summary>
internal sealed class ReferenceSet : IDisposable
{
    private readonly Dictionary<string, Library?> libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly string classLibrary;
    private readonly IReadOnlyList<string> folders;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="classLibrary">File of nanoFramework's mscorlib.</param>
    /// <param name="folders">Where the others are looked for, in this order.</param>
    public ReferenceSet(string classLibrary, IReadOnlyList<string> folders)
    {
        this.classLibrary = classLibrary;
        this.folders = folders;
    }

    /// <summary>The metadata of an assembly by its simple name, or null where no readable file is found.</summary>
    public MetadataReader? Find(string assembly) => Open(assembly)?.Metadata;

    /// <summary>Where a referenced type is defined, or null.</summary>
    public (MetadataReader Home, TypeDefinitionHandle Type)? Find(MetadataReader reader, TypeReferenceHandle handle)
    {
        if (AssemblyOf(reader, handle) is not { } assembly || Open(assembly) is not { } library)
            return null;
        return library.Types.TryGetValue(TypeNames.Of(reader, handle), out TypeDefinitionHandle type) ? (library.Metadata, type) : null;
    }

    /// <summary>Simple name of the assembly that a reference names, or null for a type of the same assembly.</summary>
    public static string? AssemblyOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }

    public void Dispose()
    {
        foreach (Library? library in libraries.Values)
            library?.File.Dispose();
    }

    private Library? Open(string assembly)
    {
        if (!libraries.TryGetValue(assembly, out Library? library))
            libraries[assembly] = library = Candidates(assembly).Select(Read).FirstOrDefault(each => each is not null);
        return library;
    }

    private IEnumerable<string> Candidates(string assembly) => assembly == TargetLibrary.Name
        ? [classLibrary]
        : folders.SelectMany(folder => new[] { Path.Combine(folder, assembly + ".dll"), Path.Combine(folder, assembly + ".exe") });

    private static Library? Read(string path)
    {
        try
        {
            var file = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);
            if (file.HasMetadata)
                return new Library(file, file.GetMetadataReader());
            file.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    private sealed record Library(PEReader File, MetadataReader Metadata)
    {
        private Dictionary<string, TypeDefinitionHandle>? types;

        public Dictionary<string, TypeDefinitionHandle> Types => types ??= Metadata.TypeDefinitions
            .GroupBy(handle => TypeNames.Of(Metadata, handle), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }
}
