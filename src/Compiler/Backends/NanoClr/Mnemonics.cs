using System;
using System.Globalization;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>Mnemonics and operand kinds by what is computed.</summary>
internal static class Mnemonics
{
    public static OperandKind Kind(IlType type) => type switch
    {
        IlType.Int or IlType.Bool => OperandKind.Int32,
        IlType.Long => OperandKind.Int64,
        _ => OperandKind.Reference,
    };

    /// <summary>The shortest form that loads an int, and its bytes.</summary>
    public static (string Opcode, int Bytes) Constant(int value) => value switch
    {
        -1 => ("ldc.i4.m1", 1),
        >= 0 and <= 8 => ("ldc.i4." + value.ToString(CultureInfo.InvariantCulture), 1),
        >= sbyte.MinValue and <= sbyte.MaxValue => ("ldc.i4.s", 2),
        _ => ("ldc.i4", 5),
    };

    /// <summary>Bytes of the form that names a variable from number 255 on.</summary>
    public const int LongForm = 4;

    /// <summary>The shortest form that names a variable, and its bytes: "ldloc.2", "ldloc.s", "ldloc".</summary>
    /// <param name="opcode">"ldloc", "stloc", "ldarg" or "starg".</param>
    /// <param name="index">Number of the variable.</param>
    public static (string Opcode, int Bytes) Indexed(string opcode, int index) => index switch
    {
        < 4 when opcode != "starg" => (opcode + "." + index.ToString(CultureInfo.InvariantCulture), 1),
        < byte.MaxValue => (opcode + ".s", 2),
        _ => (opcode, LongForm),
    };

    /// <summary>"ldelem.i8" and so on.</summary>
    public static string Element(string opcode, IlType array) => opcode + array switch
    {
        IlType.Bytes => opcode == "ldelem" ? ".u1" : ".i1",
        IlType.SBytes => ".i1",
        IlType.Ints => ".i4",
        IlType.Longs => ".i8",
        IlType.Shorts => ".i2",
        IlType.Strings => ".ref",
        _ => throw new ArgumentOutOfRangeException(nameof(array)),
    };

    public static string Of(Operator operation) => operation switch
    {
        Operator.Add => "add",
        Operator.Subtract => "sub",
        Operator.Multiply => "mul",
        Operator.And => "and",
        Operator.Or => "or",
        Operator.Xor => "xor",
        Operator.ShiftLeft => "shl",
        _ => "shr",
    };

    public static string Of(Conversion convert) => (convert.Operand.Type, convert.Type) switch
    {
        (IlType.Int, IlType.Long) => "conv.i8",
        (IlType.Long, IlType.Int) => "conv.i4",
        (IlType.Int or IlType.Long, IlType.Bytes) => "conv.u1",
        _ => throw new ArgumentOutOfRangeException(nameof(convert)),
    };
}
