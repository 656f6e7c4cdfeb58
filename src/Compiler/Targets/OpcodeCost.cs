using System;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Targets;

// The kinds are types: their names say which.
#pragma warning disable CA1720

/// <summary>What an instruction works on, as far as its cost depends on it.</summary>
public enum OperandKind
{
    /// <summary>Int32, and the smaller types once they are on the stack.</summary>
    Int32,

    /// <summary>Int64.</summary>
    Int64,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point.</summary>
    Float64,

    /// <summary>A variable declared as byte, bool or char.</summary>
    UInt8,

    /// <summary>A variable declared as sbyte.</summary>
    Int8,

    /// <summary>A variable declared as short or ushort.</summary>
    Int16,

    /// <summary>An object, array or string.</summary>
    Reference,
}

#pragma warning restore CA1720

/// <summary>Cost of any IL instruction: a row of <see cref="OpcodeCosts"/>, or the nearest row where the instruction itself was not counted.</summary>
public static class OpcodeCost
{
    /// <summary>Extra cost of every local variable that a called method declares: it is cleared at entry.</summary>
    public const int PerDeclaredLocal = 39;

    // Of calls with these many arguments there are rows.
    private static readonly ValueArray<int> CountedArguments = ValueArray.Of(0, 1, 2, 6, 12, 30, 100);

    /// <summary>A call into native code, such as Array.Copy: about this much whatever it does.</summary>
    public const int NativeCall = 1_450;

    /// <summary>Counted instructions of one execution.</summary>
    /// <param name="opcode">Mnemonic as in ECMA-335: "ldloc.s", "add", "conv.i8".</param>
    /// <param name="operand">
    /// Declared type of the variable, field or element; for arithmetic, comparison and conversion the type of the left operand.
    /// </param>
    /// <returns>0 for <c>ret</c>, whose cost is part of the call's.</returns>
    /// <exception cref="ArgumentException">The interpreter has no such instruction.</exception>
    public static int For(string opcode, OperandKind operand = OperandKind.Int32)
    {
        if (opcode == "ret")
            return 0;
        string key = OpcodeCostKeys.For(opcode, operand) ?? throw new ArgumentException($"'{opcode}' is no instruction of the interpreter", nameof(opcode));
        return OpcodeCosts.Of(key);
    }

    /// <summary>A call of a method in IL with its return, apart from the instructions of its body.</summary>
    /// <param name="arguments">Declared arguments.</param>
    /// <param name="locals">Locals that the called method declares.</param>
    /// <param name="returnsValue">It returns something.</param>
    public static int Call(int arguments, int locals, bool returnsValue)
    {
        // The rows with a result count the body's one load, and its return.
        int result = !returnsValue ? 0
            : arguments == 0 ? OpcodeCosts.Of("call+ret static int R() {return 1}") - OpcodeCosts.Of("ldc.i4.N") - Call(0)
            : OpcodeCosts.Of("call+ret static int R(a,b){return a}") - OpcodeCosts.Of("ldarg.0") - Call(2);
        return Call(arguments) + result + (locals * PerDeclaredLocal);
    }

    // More arguments cost a little less by the count: what the caller pushed is adopted as it stands, and less of the stack is cleared. On a
    // line between the counts that were counted, and further along the last one.
    private static int Call(int arguments)
    {
        if (CountedArguments.Contains(arguments))
            return CallOf(arguments);
        int above = Math.Min(CountedArguments.Count(each => each < arguments), CountedArguments.Count - 1);
        int upper = CountedArguments[above], lower = CountedArguments[above - 1];
        return CallOf(lower) + ((CallOf(upper) - CallOf(lower)) * (arguments - lower) / (upper - lower));
    }

    private static int CallOf(int arguments) => OpcodeCosts.Of("call+ret static " + arguments.ToString(CultureInfo.InvariantCulture) + " args void");
}
