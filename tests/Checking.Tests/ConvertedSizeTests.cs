using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Sizes;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>
/// Predicted sizes against the one assembly whose converted form is at hand: nanoFramework's own class library. Conversion leaves out
/// what nothing uses and the interpreter's list of frequent names, so that the prediction must never be the smaller one.
/// </summary>
public sealed class ConvertedSizeTests : IDisposable
{
    // Offsets in the converted file's header: the table of table starts, then the padding of each table.
    private const int TableStarts = 0x28, Paddings = 0x6C;
    private const int MethodTable = 6, StringTableIndex = 11, SignatureTableIndex = 12, CodeTable = 13, End = 15;
    private const int MethodRow = 16, NoCode = 0xFFFF;

    private readonly byte[] converted = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "reference", "nanoframework", "mscorlib.pe"));
    private readonly ReferenceSet references = new(Planted.ClassLibrary, []);

    public void Dispose() => references.Dispose();

    [Fact]
    public void Every_converted_method_has_a_length_that_was_predicted()
    {
        using CheckedAssembly assembly = Library();
        int[] starts = [.. Enumerable.Range(0, (Start(MethodTable + 1) - Start(MethodTable)) / MethodRow)
            .Select(row => (int)BinaryPrimitives.ReadUInt16LittleEndian(converted.AsSpan(Start(MethodTable) + (row * MethodRow) + 2)))
            .Where(start => start != NoCode).Order()];
        List<int> predicted = [.. assembly.Methods.Select(method => method.DeviceBytes)];
        int[] lengths = [.. starts.Zip(starts.Skip(1).Append(Length(CodeTable)), (start, next) => next - start)];
        Assert.True(lengths.Length > 300, $"only {lengths.Length} methods");
        Assert.Equal([], lengths.Where(length => !predicted.Remove(length)));
    }

    [Fact]
    public void Tables_are_never_predicted_too_small()
    {
        using CheckedAssembly assembly = Library();
        AssemblyFigures figures = AssemblyFigures.Of(assembly, []);
        Assert.InRange(figures.IlBytes, Length(CodeTable), Length(CodeTable) * 5 / 4);
        Assert.InRange(figures.SignatureBytes, Length(SignatureTableIndex), 4 * Length(SignatureTableIndex));
        Assert.InRange(figures.StringBytes, Length(StringTableIndex), 5 * Length(StringTableIndex));
        Assert.InRange(figures.FlashBytes, Start(End), 2 * Start(End));
    }

    private CheckedAssembly Library() => new(ImmutableArray.Create(File.ReadAllBytes(Planted.ClassLibrary)), references);

    private int Start(int table) => BinaryPrimitives.ReadInt32LittleEndian(converted.AsSpan(TableStarts + (table * sizeof(int))));

    private int Length(int table) => Start(table + 1) - Start(table) - converted[Paddings + table];
}
