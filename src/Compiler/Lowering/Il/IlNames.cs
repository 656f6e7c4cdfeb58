using System;

namespace AdapterCompiler.Lowering.Il;

/// <summary>Rows of the opcode cost table (Targets/OpcodeCosts.csv) by what is computed.</summary>
internal static class IlNames
{
    public static string Load(IlType type, int slot) => type switch
    {
        IlType.Int => slot < 4 ? "ldloc.0-3 (i4)" : "ldloc.s (i4)",
        IlType.Long => "ldloc (i8)",
        _ => "ldloc.s (array ref)",
    };

    public static string Store(IlType type, int slot) => type switch
    {
        IlType.Int => slot < 4 ? "stloc.0-3 (i4)" : "stloc.s (i4)",
        _ => "stloc (i8)",
    };

    public static string LoadArgument(IlType type, int index) => index == 0 ? "ldarg.0" : type == IlType.Long && index < 4 ? "ldarg.1-3 (i8)" : "ldarg.s";

    public static string LoadField(IlType type) => type switch
    {
        IlType.Int => "ldsfld i4",
        IlType.Long => "ldsfld i8",
        _ => "ldsfld arr",
    };

    public static string LoadElement(IlType array) => array switch
    {
        IlType.Bytes => "ldelem.u1",
        IlType.Ints => "ldelem.i4",
        IlType.Longs => "ldelem.i8",
        _ => throw new ArgumentOutOfRangeException(nameof(array)),
    };

    public static string StoreElement(IlType array) => array switch
    {
        IlType.Bytes => "stelem.i1",
        IlType.Ints => "stelem.i4",
        IlType.Longs => "stelem.i8",
        _ => throw new ArgumentOutOfRangeException(nameof(array)),
    };

    public static string Of(Binary binary) => Mnemonic(binary.Operator) + (binary.Type == IlType.Long
        // The table has no row of its own for or of longs; it costs what xor does.
        ? binary.Operator == Operator.Or ? " i8 as xor" : " i8"
        : " i4");

    public static string Of(Convert convert) => (convert.Operand.Type, convert.Type) switch
    {
        (IlType.Int, IlType.Long) => "conv.i8_from_i4",
        (IlType.Long, IlType.Int) => "conv.i4_from_i8",
        (IlType.Int, IlType.Bytes) => "conv.u1",
        _ => throw new ArgumentOutOfRangeException(nameof(convert)),
    };

    public static string Jump(string kind, bool isLong) => kind + (isLong ? "" : ".s");

    private static string Mnemonic(Operator operation) => operation switch
    {
        Operator.Add => "add",
        Operator.Subtract => "sub",
        Operator.Multiply => "mul",
        Operator.And => "and",
        Operator.Or => "or",
        Operator.ShiftLeft => "shl",
        _ => "shr",
    };
}
