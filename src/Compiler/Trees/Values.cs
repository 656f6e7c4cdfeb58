using System.Linq;

namespace AdapterCompiler.Trees;

/// <summary>An int constant of the class: printed by its name, compiled as the number.</summary>
public sealed record Constant(string Name, int Value) : Expression(IlType.Int);

/// <summary>The length of an array.</summary>
public sealed record Length(Expression Array) : Expression(IlType.Int);

/// <summary>What a static method of the class returns.</summary>
public sealed record Result(string Method, ValueArray<Expression> Arguments, IlType Type) : Expression(Type);

/// <summary>The value of a static property of the class.</summary>
public sealed record PropertyValue(string Name, IlType Type) : Expression(Type);

/// <summary>A new array of zeros.</summary>
/// <param name="Type">Of the array.</param>
/// <param name="Length">Its elements.</param>
public sealed record NewArray(IlType Type, int Length) : Expression(Type);

/// <summary>A new array of texts.</summary>
public sealed record Texts(ValueArray<string> Values) : Expression(IlType.Strings);

/// <summary>A new array of numbers, printed in rows.</summary>
/// <param name="Type">Of the array.</param>
/// <param name="Rows">What belongs together.</param>
/// <param name="PerLine">Numbers a line.</param>
public sealed record Numbers(IlType Type, ValueArray<NumberRow> Rows, int PerLine) : Expression(Type)
{
    /// <summary>
    /// The C# compiler puts the elements into the assembly as data where more than two of them are not 0, and stores those one by one otherwise.
    /// </summary>
    private const int LeastForData = 3;

    /// <summary>Elements.</summary>
    public int Count => Rows.Sum(row => row.Values.Count);

    /// <summary>They are copied from data of the assembly.</summary>
    public bool IsData => Rows.Sum(row => row.Values.Count(value => value != 0)) >= LeastForData;
}

/// <summary>Numbers under a comment.</summary>
/// <param name="Comment">Empty for none.</param>
/// <param name="Values">Those of one channel, or of one block.</param>
public sealed record NumberRow(string Comment, ValueArray<int> Values);
