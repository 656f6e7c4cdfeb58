using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Counted;

/// <summary>
/// One kind of instruction and how often a window executes it, as IlStep.Text of the tests' counting writes it: a mnemonic, then <c>:i8</c>,
/// <c>:ref</c> and so on; a call is <c>call:arguments:locals:value</c> or <c>call:arguments:locals:void</c>, of native code <c>call</c> alone.
/// </summary>
/// <param name="Instruction">As above.</param>
/// <param name="Executed">How often.</param>
public sealed record ExecutedIl(string Instruction, long Executed)
{
    /// <summary>Weighted instructions by today's table of costs.</summary>
    /// <exception cref="FormatException">Not written as above.</exception>
    public long Weighted => Executed * CostOf(Instruction);

    /// <summary>Weighted instructions of all rows.</summary>
    public static long Sum(IEnumerable<ExecutedIl> rows) => rows.Sum(row => row.Weighted);

    private static int CostOf(string instruction) => instruction.Split(':') switch
    {
        ["call"] => OpcodeCost.NativeCall,
        ["call", { } arguments, { } locals, "value" or "void"] => OpcodeCost.Call(Number(arguments), Number(locals), instruction.EndsWith(":value", StringComparison.Ordinal)),
        [{ } opcode] => OpcodeCost.For(opcode),
        [{ } opcode, { } kind] => OpcodeCost.For(opcode, Kind(kind)),
        _ => throw new FormatException($"'{instruction}' is no instruction"),
    };

    private static OperandKind Kind(string text) => text switch
    {
        "i8" => OperandKind.Int64,
        "r4" => OperandKind.Float32,
        "r8" => OperandKind.Float64,
        "u1" => OperandKind.UInt8,
        "i1" => OperandKind.Int8,
        "i2" => OperandKind.Int16,
        "ref" => OperandKind.Reference,
        _ => throw new FormatException($"'{text}' is no kind of operand"),
    };

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
