using System;
using System.Globalization;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Testing.Counting;

/// <summary>One instruction of a compiled method with the kind that its cost depends on.</summary>
/// <param name="Opcode">Mnemonic as in ECMA-335.</param>
/// <param name="Operand">Declared kind of the variable or field, else kind of the left operand.</param>
/// <param name="Call">What a call calls; else null.</param>
public sealed record IlStep(string Opcode, OperandKind Operand, CallShape? Call)
{
    /// <summary>Weighted instructions; a call is the call alone, without the called method's body.</summary>
    public int Cost { get; } = Call is { } call
        ? call.IsNative ? OpcodeCost.NativeCall : OpcodeCost.Call(call.Arguments, call.Locals, call.ReturnsValue)
        : OpcodeCost.For(Opcode, Operand);

    /// <summary>As the compiler's cost data writes it: <c>ldloc.s:i8</c>, <c>call:2:7:void</c>.</summary>
    public string Text => Call is { IsNative: false } call
        ? string.Create(CultureInfo.InvariantCulture, $"call:{call.Arguments}:{call.Locals}:{(call.ReturnsValue ? "value" : "void")}")
        : Opcode + Operand switch
        {
            OperandKind.Int32 => "",
            OperandKind.Int64 => ":i8",
            OperandKind.Float32 => ":r4",
            OperandKind.Float64 => ":r8",
            OperandKind.UInt8 => ":u1",
            OperandKind.Int8 => ":i1",
            OperandKind.Int16 => ":i2",
            OperandKind.Reference => ":ref",
            _ => throw new NotSupportedException(Operand.ToString()),
        };
}

/// <summary>What the cost of a call depends on.</summary>
/// <param name="Method">Name of the called method.</param>
/// <param name="Arguments">Its parameters.</param>
/// <param name="Locals">Locals that it declares.</param>
/// <param name="ReturnsValue">It returns something.</param>
/// <param name="IsNative">It is none of this assembly's methods.</param>
public sealed record CallShape(string Method, int Arguments, int Locals, bool ReturnsValue, bool IsNative);
