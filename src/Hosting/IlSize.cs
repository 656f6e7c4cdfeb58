using System.Collections.Immutable;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AdapterCompiler.Hosting;

/// <summary>What an assembly costs on the device.</summary>
/// <param name="IlBytes">IL of all methods together; one assembly holds 65,535.</param>
/// <param name="References">Names of the assemblies it refers to.</param>
public sealed record IlSize(int IlBytes, ImmutableArray<string> References)
{
    /// <summary>Reads the metadata of an assembly.</summary>
    public static IlSize Of(GeneratedAssembly assembly)
    {
        using var pe = new PEReader(ImmutableArray.Create(assembly.Image));
        MetadataReader metadata = pe.GetMetadataReader();
        int il = metadata.MethodDefinitions
            .Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Sum(method => pe.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length);
        return new IlSize(il, [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))]);
    }
}
