using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>
/// Cost of IL written as text: instructions separated by spaces, each a mnemonic as in ECMA-335, then <c>:i8</c> or <c>:ref</c> where
/// the variable, field or left operand is an Int64 or a reference: <c>ldloc.s:i8</c>. A call is
/// <c>call:arguments:locals:value</c> or <c>call:arguments:locals:void</c>, with the locals of the called method; <c>call</c> alone is one into native code.
/// </summary>
internal static class IlCost
{
    /// <summary>Counted instructions (the unit of <see cref="OpcodeCosts"/>) of a run through all of them.</summary>
    /// <exception cref="ArgumentException">Not written as above.</exception>
    public static long Of(string instructions) => instructions.Split(' ').Sum(instruction => (long)OfOne(instruction));

    private static int OfOne(string instruction)
    {
        string[] parts = instruction.Split(':');
        if (parts[0] == "call" && parts.Length == 1)
            return OpcodeCost.NativeCall;
        if (parts[0] == "call" && parts.Length == 4)
            return OpcodeCost.Call(Number(parts[1]), Number(parts[2]), parts[3] == "value");
        return OpcodeCost.For(parts[0], parts.Length == 1 ? OperandKind.Int32 : Kind(parts[1]));
    }

    private static OperandKind Kind(string text) => text switch
    {
        "i8" => OperandKind.Int64,
        "ref" => OperandKind.Reference,
        _ => throw new ArgumentException($"'{text}' is no kind of operand", nameof(text)),
    };

    /// <summary>A number that is written there.</summary>
    public static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
