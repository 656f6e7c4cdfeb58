using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AdapterCompiler.Checking.Reading;

/// <summary>An assembly under check: its metadata and the code of all its methods.</summary>
internal sealed class CheckedAssembly : IDisposable
{
    /// <summary>Reads all methods.</summary>
    /// <exception cref="DamagedAssemblyException">No .NET assembly, or a damaged one.</exception>
    public CheckedAssembly(ImmutableArray<byte> image, ReferenceSet references)
    {
        References = references;
        Types = new TypeDecoder(references);
        File = new PEReader(image);
        if (!File.HasMetadata)
            throw new DamagedAssemblyException("it has no .NET metadata: native code, or something else");
        Metadata = File.GetMetadataReader();
        if (!Metadata.IsAssembly)
            throw new DamagedAssemblyException("it is a .NET module without an assembly manifest");
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        Methods = [.. Metadata.MethodDefinitions.Select(handle => MethodCode.Read(this, handle)).OfType<MethodCode>()];
    }

    public PEReader File { get; }

    public MetadataReader Metadata { get; }

    public ReferenceSet References { get; }

    public TypeDecoder Types { get; }

    /// <summary>Simple name.</summary>
    public string Name { get; }

    /// <summary>Methods that have a body, in the order of the metadata.</summary>
    public ImmutableArray<MethodCode> Methods { get; }

    public void Dispose() => File.Dispose();
}
