using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>Lines of the source by the assembly's portable PDB, in the assembly or beside it.</summary>
internal sealed class SourceMap : IDisposable
{
    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader reader;
    private readonly Dictionary<string, MethodDefinitionHandle> methods;

    private SourceMap(CheckedAssembly assembly, MetadataReaderProvider provider)
    {
        this.provider = provider;
        reader = provider.GetMetadataReader();
        methods = assembly.Methods.GroupBy(method => method.Display, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Handle, StringComparer.Ordinal);
    }

    /// <summary>The map; null where there is no PDB that can be read, which is no mistake.</summary>
    /// <param name="assembly">Read.</param>
    /// <param name="path">Of its file.</param>
    public static SourceMap? Open(CheckedAssembly assembly, string path)
    {
        try
        {
            bool isFound = assembly.File.TryOpenAssociatedPortablePdb(
                path, file => File.Exists(file) ? new MemoryStream(File.ReadAllBytes(file)) : null, out MetadataReaderProvider? found, out _);
            return isFound ? new SourceMap(assembly, found!) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The finding with its line: of its instruction, or where its method begins.</summary>
    public Finding Locate(Finding finding) => methods.TryGetValue(finding.Place, out MethodDefinitionHandle method) ? finding with { Source = Line(method, finding.Offset ?? 0) } : finding;

    public void Dispose() => provider.Dispose();

    private SourceLine? Line(MethodDefinitionHandle method, int offset)
    {
        SequencePoint? last = null;
        foreach (SequencePoint point in reader.GetMethodDebugInformation(method).GetSequencePoints().Where(point => !point.IsHidden))
        {
            if (last is null || point.Offset <= offset)
                last = point;
        }

        return last is { } found ? new SourceLine(reader.GetString(reader.GetDocument(found.Document).Name), found.StartLine, found.StartColumn) : null;
    }
}
