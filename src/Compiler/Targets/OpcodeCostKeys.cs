using System;

namespace AdapterCompiler.Targets;

/// <summary>Which row of the cost table stands for an instruction. What was not counted takes the row of its nearest relative.</summary>
internal static class OpcodeCostKeys
{
    /// <summary>A key of <see cref="OpcodeCosts"/>, or null for no instruction of the interpreter.</summary>
    public static string? For(string opcode, OperandKind operand)
    {
        bool is8 = operand == OperandKind.Int64;
        bool isReference = operand == OperandKind.Reference;
        bool isFloat = operand is OperandKind.Float32 or OperandKind.Float64;
        string width = is8 ? "i8" : "i4";
        string real = operand == OperandKind.Float64 ? "r8" : "r4";
        return opcode switch
        {
            "ldloc.0" or "ldloc.1" or "ldloc.2" or "ldloc.3" => operand == OperandKind.Reference ? "ldloc.0-3 (array ref)" : Small("ldloc.s", operand) ?? $"ldloc.0-3 ({width})",
            "ldloc.s" or "ldloc" => Small("ldloc.s", operand) ?? $"ldloc.s ({width})",
            "ldloca.s" or "ldloca" or "ldarga.s" or "ldarga" => "ldloc.s (i4)",
            "ldarg.0" => isReference ? "ldarg.0 (array ref)" : is8 ? "ldarg.1-3 (i8)" : "ldarg.0",
            "ldarg.1" or "ldarg.2" or "ldarg.3" => isReference ? "ldarg.1-3 (array ref)" : "ldarg.1-3 (i8)",
            "ldarg.s" or "ldarg" => isReference ? "ldarg.s (array ref)" : "ldarg.s",
            "starg.s" or "starg" => "starg.s",
            "stloc.0" or "stloc.1" or "stloc.2" or "stloc.3" => $"stloc.0-3 ({width})",
            "stloc.s" or "stloc" => operand == OperandKind.UInt8 ? "stloc.s (byte)" : $"stloc.s ({width})",
            "ldc.i4.s" or "ldc.i4" or "ldc.i8" or "ldc.r4" or "ldc.r8" or "ldnull" or "dup" or "pop" or "nop" or "ldlen" or "switch" => opcode,
            "ldstr" => "ldc.i8",
            "ldtoken" => "ldc.i4",
            "sizeof" => "ldc.i4",
            "add" or "mul" when isFloat => opcode + " " + real,
            "sub" when isFloat => "add " + real,
            "div" or "rem" when isFloat => "mul r8",
            "neg" when isFloat => "neg i4",
            "or" when is8 => "xor i8",
            "add" or "sub" or "mul" or "div" or "and" or "or" or "xor" or "shl" or "shr" or "shr.un" or "neg" => opcode + " " + width,
            "not" => "not i4",
            "rem" or "div.un" or "rem.un" => "div " + width,
            "add.ovf" or "add.ovf.un" => "add " + width,
            "sub.ovf" or "sub.ovf.un" => "sub " + width,
            "mul.ovf" or "mul.ovf.un" => "mul " + width,
            "br.s" or "leave.s" or "endfinally" or "endfilter" => "br.s",
            "br" or "leave" => "br",
            "brtrue.s" => "brtrue.s",
            "brtrue" => "brtrue (long)",
            "brfalse.s" => "brfalse.s (not taken)",
            "brfalse" => "brfalse (long, not taken)",
            "beq.s" or "bne.un.s" => "beq.s i4",
            "blt.s" or "ble.s" or "bge.s" or "bgt.s" or "blt.un.s" or "ble.un.s" or "bge.un.s" or "bgt.un.s" =>
                isFloat ? "bgt.s r4" : is8 ? "blt.s i8" : "bgt.s i4 (taken)",
            "beq" or "bne.un" or "blt" or "ble" or "bge" or "bgt" or "blt.un" or "ble.un" or "bge.un" or "bgt.un" => "bgt i4 (long, taken)",
            "ceq" or "cgt" or "cgt.un" or "clt" or "clt.un" => is8 ? "cgt i8" : "clt i4",
            "ldsfld" => operand == OperandKind.Reference ? "ldsfld arr" : "ldsfld " + width,
            "ldsflda" => "ldsfld i4",
            "stsfld" or "ldfld" or "stfld" => opcode + " " + width,
            "ldflda" => "ldfld i4",
            "ldelem.i1" or "ldelem.u1" or "ldelem.i2" or "ldelem.i4" or "ldelem.i8" or "ldelem.r4" => opcode,
            "ldelem.u2" => "ldelem.i2",
            "ldelem.r8" => "ldelem.i8",
            "ldelem.u4" or "ldelem.i" or "ldelem.ref" or "ldelem" => "ldelem.i4",
            "ldelema" => "ldelema+ldind.i4",
            "stelem.i1" or "stelem.i2" or "stelem.i4" or "stelem.i8" or "stelem.r4" => opcode,
            "stelem.r8" => "stelem.i8",
            "stelem.i" or "stelem.ref" or "stelem" => "stelem.i4",
            "call" or "callvirt" or "newobj" => opcode == "call" ? "call+ret static 2 args void" : "callvirt+ret instance 2 args (inlined frame)",
            // Allocation has no row of its own; the machinery of a native call is the nearest counted.
            "newarr" or "box" or "throw" or "rethrow" => "string.get_Chars (native call)",
            "unbox" or "unbox.any" or "castclass" or "isinst" or "initobj" or "ldobj" or "stobj" or "cpobj" or "ldftn" or "ldvirtftn" => "ldelema+ldind.i4",
            "break" or "unaligned." or "volatile." or "tail." or "constrained." => "nop",
            _ => Conversion(opcode, operand) ?? Constant(opcode) ?? Indirect(opcode),
        };
    }

    private static string? Small(string load, OperandKind operand) => operand switch
    {
        OperandKind.UInt8 => load + " (byte local)",
        OperandKind.Int8 => load + " (sbyte local)",
        OperandKind.Int16 => load + " (short local)",
        OperandKind.Reference => load + " (array ref)",
        _ => null,
    };

    // A checked conversion costs what the plain one does: it never throws there.
    private static string? Conversion(string opcode, OperandKind operand)
    {
        if (!opcode.StartsWith("conv.", StringComparison.Ordinal))
            return null;
        bool is8 = operand == OperandKind.Int64;
        return opcode.Replace(".ovf", "").Replace(".un", "") switch
        {
            _ when operand is OperandKind.Float32 or OperandKind.Float64 => "conv.i4_from_r4",
            "conv.i8" => is8 ? "conv.i8_from_i8" : "conv.i8_from_i4",
            "conv.u8" => is8 ? "conv.i8_from_i8" : "conv.u8_from_i4",
            "conv.i4" or "conv.i" => is8 ? "conv.i4_from_i8" : "conv.i4_from_i4",
            "conv.u4" or "conv.u" => "conv.u4",
            "conv.i1" => is8 ? "conv.i1_from_i8" : "conv.i1",
            "conv.u1" => is8 ? "conv.u1_from_i8" : "conv.u1",
            "conv.i2" => is8 ? "conv.i2_from_i8" : "conv.i2",
            "conv.u2" => is8 ? "conv.u2_from_i8" : "conv.u2",
            "conv.r" or "conv.r4" or "conv.r8" => "conv.r4_from_i4",
            _ => null,
        };
    }

    private static string? Constant(string opcode) =>
        opcode.StartsWith("ldc.i4.", StringComparison.Ordinal) ? "ldc.i4.N" : null;

    private static string? Indirect(string opcode) =>
        opcode.StartsWith("ldind.", StringComparison.Ordinal) || opcode.StartsWith("stind.", StringComparison.Ordinal) ? "ldelema+ldind.i4" : null;
}
