using AdapterCompiler.Checking.Reading;

namespace AdapterCompiler.Checking.Stack;

/// <summary>What is known of a value on the evaluation stack at run time.</summary>
/// <param name="Type">The type that the interpreter keeps beside the value; it decides how later instructions compute.</param>
/// <param name="Constant">The value, where an instruction loaded it.</param>
/// <param name="IsNonNegative">Its top bit is clear: signed or unsigned makes no difference.</param>
/// <param name="Origin">The constant 0x80000000…0xFFFFFFFF that made the value unsigned, or null.</param>
internal readonly record struct StackValue(IlType Type, long? Constant = null, bool IsNonNegative = false, long? Origin = null)
{
    /// <summary>The device takes it without sign where C# means it with one.</summary>
    public bool IsTrap => Type.IsUnsigned && !IsNonNegative;

    public bool Is32 => Type.Kind is IlKind.Int or IlKind.UnsignedInt;

    /// <summary>The signed type of the same width.</summary>
    public string Signed => Type.Kind == IlKind.UnsignedLong ? "long" : "int";

    /// <summary>The result of arithmetic on this as the left operand: it keeps the type.</summary>
    public StackValue Result(bool isNonNegative = false) => this with { Constant = null, IsNonNegative = isNonNegative };

    /// <summary>What may arrive from two ways: unsigned, if it can be unsigned at all.</summary>
    public static StackValue Merge(StackValue left, StackValue right)
    {
        IlType type = left.Type == right.Type || left.Type.IsUnsigned ? left.Type : right.Type.IsUnsigned ? right.Type : IlType.Unknown;
        return new StackValue(type, left.Constant == right.Constant ? left.Constant : null, left.IsNonNegative && right.IsNonNegative, left.Origin ?? right.Origin);
    }
}
