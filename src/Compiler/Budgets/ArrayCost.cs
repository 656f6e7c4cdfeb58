using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Budgets;

/// <summary>One array on the device's heap. An array is one object, whose size is limited whatever the heap is.</summary>
/// <param name="Name">Name in the class, or of the argument of Run.</param>
/// <param name="Bytes">Elements without the array's head; of labels the references.</param>
public sealed record ArrayCost(string Name, long Bytes)
{
    /// <summary>The window that the caller passes, and the arrays of a program or part.</summary>
    public static IEnumerable<ArrayCost> Of(PartProgram program) => ClassCode.FieldsOf(program)
        .Select(field => new ArrayCost(field.Name, BytesOf(field.Value)))
        .Prepend(new ArrayCost("codes", (long)program.Network.Input.Frames * program.Network.Input.Bands));

    /// <summary>Bytes of the elements of a new array.</summary>
    internal static long BytesOf(Expression array) => array switch
    {
        NewArray zeros => zeros.Length * ElementBytes(zeros.Type),
        Numbers numbers => numbers.Count * ElementBytes(numbers.Type),
        Texts texts => texts.Values.Count * ElementBytes(texts.Type),
        _ => throw new ArgumentException($"{array.GetType().Name} makes no array", nameof(array)),
    };

    private static long ElementBytes(IlType array) => array switch
    {
        IlType.Longs => sizeof(long),
        IlType.Ints => sizeof(int),
        IlType.Shorts => sizeof(short),
        IlType.Strings => DeviceLimits.SlotBytes,
        _ => sizeof(byte),
    };
}
