namespace AdapterCompiler.Trees;

/// <summary>Types of the device's C# that kernels compute with.</summary>
public enum IlType
{
    /// <summary>No value.</summary>
    Void,

    /// <summary>32 bits, signed: indices, loop variables, sums of the loop kernels.</summary>
    Int,

    /// <summary>64 bits, signed: packed lanes.</summary>
    Long,

    /// <summary>Array of bytes.</summary>
    Bytes,

    /// <summary>Array of signed bytes.</summary>
    SBytes,

    /// <summary>Array of ints.</summary>
    Ints,

    /// <summary>Array of longs.</summary>
    Longs,

    /// <summary>Array of shorts.</summary>
    Shorts,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>Text.</summary>
    String,

    /// <summary>Array of texts.</summary>
    Strings,
}

/// <summary>
/// An expression of generated code. One tree has two readers, both a backend's: a printer, and an assembler that knows the
/// instructions that the C# compiler makes of it, so that size and cost are exact before any C# exists.
/// </summary>
public abstract record Expression(IlType Type);

/// <summary>A number.</summary>
public record Literal(long Value, IlType Type) : Expression(Type);

/// <summary>A local variable; equal names are the same variable within a method.</summary>
public sealed record Local(string Name, IlType Type) : Expression(Type);

/// <summary>A parameter of the method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">From 0.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsVariable">Callers pass 0, by default: the method uses it as one more variable.</param>
public sealed record Argument(string Name, int Index, IlType Type, bool IsVariable = false) : Expression(Type);

/// <summary>A static field of the class.</summary>
public sealed record StaticField(string Name, IlType Type) : Expression(Type);

/// <summary>An element of an array.</summary>
public sealed record Element(Expression Array, Expression Index) : Expression(Array.Type switch
{
    IlType.Longs => IlType.Long,
    IlType.Strings => IlType.String,
    _ => IlType.Int,
});

/// <summary>What a <see cref="Binary"/> computes.</summary>
public enum Operator
{
    /// <summary>Sum.</summary>
    Add,

    /// <summary>Difference.</summary>
    Subtract,

    /// <summary>Product.</summary>
    Multiply,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>Left shift by an int constant.</summary>
    ShiftLeft,

    /// <summary>Arithmetic right shift by an int constant.</summary>
    ShiftRight,
}

/// <summary>Two operands of one type; of shifts the right one is an int.</summary>
public sealed record Binary(Operator Operator, Expression Left, Expression Right) : Expression(Left.Type);

/// <summary>Stores into a variable and is the value stored: what is needed at once and again.</summary>
public sealed record Kept(Expression Variable, Expression Value) : Expression(Value.Type);

/// <summary>Bitwise complement.</summary>
public sealed record Not(Expression Operand) : Expression(Operand.Type);

/// <summary>Conversion between int and long, or of either to a byte before it is stored.</summary>
public sealed record Conversion(Expression Operand, IlType Type) : Expression(Type);

/// <summary>Short forms for building expressions.</summary>
public static class Expressions
{
    /// <summary>True or false.</summary>
    public static Literal Bool(bool value) => new(value ? 1 : 0, IlType.Bool);

    /// <summary>An int.</summary>
    public static Literal Int(int value) => new(value, IlType.Int);

    /// <summary>A long.</summary>
    public static Literal Long(long value) => new(value, IlType.Long);

    /// <summary>left + right; one of them alone where the other is 0, as the C# compiler would have it.</summary>
    public static Expression Plus(this Expression left, Expression right) => right is Literal { Value: 0 } ? left
        : left is Literal { Value: 0 } ? right
        : left.IsUnsigned() ? right.Minus(Negated(left))
        : right.IsUnsigned() ? new Binary(Operator.Subtract, left, Negated(right))
        : new Binary(Operator.Add, left, right);

    /// <summary>left - right.</summary>
    public static Expression Minus(this Expression left, Expression right) => right.IsUnsigned()
        ? new Binary(Operator.Add, left, Negated(right))
        : new Binary(Operator.Subtract, left, right);

    /// <summary>A long constant of 0x80000000 to 0xFFFFFFFF, which the device takes for unsigned (docs/interpreter.md, trap 2); its negative is not.</summary>
    public static bool IsUnsigned(this Expression expression) => expression is Literal { Type: IlType.Long, Value: > int.MaxValue and <= uint.MaxValue };

    private static Literal Negated(Expression literal) => Long(-((Literal)literal).Value);

    /// <summary>left * right; left itself where right is 1.</summary>
    public static Expression Times(this Expression left, Expression right) => right is Literal { Value: 1 } ? left : new Binary(Operator.Multiply, left, right);

    /// <summary>left &amp; right.</summary>
    public static Expression And(this Expression left, Expression right) => new Binary(Operator.And, left, right);

    /// <summary>left | right.</summary>
    public static Expression Or(this Expression left, Expression right) => new Binary(Operator.Or, left, right);

    /// <summary>left ^ right.</summary>
    public static Expression Xor(this Expression left, Expression right) => new Binary(Operator.Xor, left, right);

    /// <summary>left &lt;&lt; count; the operand itself for 0.</summary>
    public static Expression ShiftLeft(this Expression left, int count) => count == 0 ? left : new Binary(Operator.ShiftLeft, left, Int(count));

    /// <summary>left >> count, of a number that is not known beforehand.</summary>
    public static Expression ShiftRight(this Expression left, Expression count) => new Binary(Operator.ShiftRight, left, count);

    /// <summary>left >> count; the operand itself for 0.</summary>
    public static Expression ShiftRight(this Expression left, int count) => count == 0 ? left : new Binary(Operator.ShiftRight, left, Int(count));

    /// <summary>array[index].</summary>
    public static Expression At(this Expression array, Expression index) => new Element(array, index);

    /// <summary>array[index + offset], without the sum for 0.</summary>
    public static Expression At(this Expression array, Expression index, int offset) => new Element(array, offset == 0 ? index : index.Plus(Int(offset)));
}
