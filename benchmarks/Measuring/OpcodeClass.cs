using System;

namespace AdapterCompiler.Benchmarks.Measuring;

/// <summary>What instructions are there for.</summary>
internal enum OpcodeClass
{
    /// <summary>Elements, fields, variables and arguments, pushed.</summary>
    Loads,

    /// <summary>Constants, pushed.</summary>
    Constants,

    /// <summary>add and sub.</summary>
    Additions,

    /// <summary>mul and div.</summary>
    Products,

    /// <summary>Shifts and bit operations: in lane kernels the epilogue (maximum, ReLU, shift, clamp) and halos.</summary>
    Bits,

    /// <summary>Elements and variables, written.</summary>
    Stores,

    /// <summary>Branches, comparisons, conversions and calls.</summary>
    Control,
}

/// <summary>Opcodes by class.</summary>
internal static class OpcodeClasses
{
    public static OpcodeClass Of(string opcode) => opcode.Split('.', ':')[0] switch
    {
        "ldelem" or "ldelema" or "ldind" or "ldloc" or "ldarg" or "ldsfld" or "dup" => OpcodeClass.Loads,
        "ldc" => OpcodeClass.Constants,
        "add" or "sub" => OpcodeClass.Additions,
        "mul" or "div" => OpcodeClass.Products,
        "and" or "or" or "xor" or "not" or "neg" or "shl" or "shr" => OpcodeClass.Bits,
        "stelem" or "stind" or "stloc" or "starg" or "stsfld" => OpcodeClass.Stores,
        "call" or "ret" or "br" or "brtrue" or "brfalse" or "beq" or "bne" or "blt" or "ble" or "bgt" or "bge" or "switch"
            or "ceq" or "clt" or "cgt" or "conv" or "pop" or "nop" or "ldlen" => OpcodeClass.Control,
        _ => throw new NotSupportedException(opcode),
    };
}
