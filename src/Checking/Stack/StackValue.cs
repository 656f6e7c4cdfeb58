using System;
using System.Numerics;
using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>What is known of a value on the evaluation stack at run time.</summary>
/// <param name="Type">The type that the interpreter keeps beside the value; it decides how later instructions compute.</param>
/// <param name="Constant">The value, where an instruction loaded it; of floating point 0 only.</param>
/// <param name="ClearBits">How many of its upper bits are 0, as far as is known.</param>
/// <param name="Origin">The constant 0x80000000…0xFFFFFFFF that made the value unsigned, or null.</param>
internal readonly record struct StackValue(IlType Type, long? Constant = null, int ClearBits = 0, long? Origin = null)
{
    /// <summary>The text that an instruction loaded.</summary>
    public string? Literal { get; init; }

    /// <summary>What is in the box, where the value is one.</summary>
    public IlType? Boxed { get; init; }

    /// <summary>A floating-point constant that is infinite.</summary>
    public bool IsInfinite { get; init; }

    /// <summary>It comes from the argument whose way through the method is being followed.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Its top bit is clear: signed or unsigned makes no difference.</summary>
    public bool IsNonNegative => ClearBits > 0;

    /// <summary>Bits of a word of its type.</summary>
    public int Width => Is32 ? 32 : 64;

    /// <summary>The device takes it without sign where C# means it with one.</summary>
    public bool IsTrap => Type.IsUnsigned && !IsNonNegative;

    public bool Is32 => Type.Kind is IlKind.Int or IlKind.UnsignedInt;

    /// <summary>The signed type of the same width.</summary>
    public string Signed => Type.Kind == IlKind.UnsignedLong ? "long" : "int";

    /// <summary>The result of arithmetic on this as the left operand: it keeps the type.</summary>
    /// <param name="clearBits">Upper bits that are 0, less than 0 for none.</param>
    public StackValue Result(int clearBits = 0) => this with { Constant = null, IsInfinite = false, ClearBits = Math.Clamp(clearBits, 0, Width) };

    /// <summary>Upper bits that are 0 in a constant of so many bits.</summary>
    public static int Clear(long constant, int width) => constant < 0 ? 0 : width - Length(constant);

    /// <summary>Bits that a number above 0 takes.</summary>
    public static int Length(long number) => 64 - BitOperations.LeadingZeroCount((ulong)number);

    /// <summary>What may arrive from two ways: unsigned, if it can be unsigned at all.</summary>
    public static StackValue Merge(StackValue left, StackValue right)
    {
        IlType type = left.Type == right.Type || left.Type.IsUnsigned ? left.Type : right.Type.IsUnsigned ? right.Type : IlType.Unknown;
        return new StackValue(type, left.Constant == right.Constant ? left.Constant : null, Math.Min(left.ClearBits, right.ClearBits), left.Origin ?? right.Origin)
        {
            Literal = left.Literal == right.Literal ? left.Literal : null,
            Boxed = left.Boxed == right.Boxed ? left.Boxed : null,
            IsInfinite = left.IsInfinite && right.IsInfinite,
            IsFollowed = left.IsFollowed || right.IsFollowed,
        };
    }
}
