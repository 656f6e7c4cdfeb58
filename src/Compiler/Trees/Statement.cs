using System.Linq;

namespace AdapterCompiler.Trees;

/// <summary>A statement of generated code.</summary>
public abstract record Statement;

/// <summary>target = value; the first assignment of a local declares it where <see cref="Declares"/>.</summary>
public sealed record Assign(Expression Target, Expression Value, bool Declares = false) : Statement;

/// <summary>Declares a local without a value, for one that is first assigned inside a block.</summary>
public sealed record Declare(Local Local) : Statement;

/// <summary>for (int variable = first; variable &lt; end; variable += step): the trip count is known.</summary>
public sealed record For(Local Variable, int First, int End, int Step, ValueArray<Statement> Body) : Statement
{
    /// <summary>How often the body runs.</summary>
    public int Trips => End <= First ? 0 : ((End - First) + Step - 1) / Step;
}

/// <summary>do body while (condition != 0).</summary>
/// <param name="Condition">Int.</param>
/// <param name="Trips">How often the body is expected to run.</param>
/// <param name="Body">What is repeated.</param>
public sealed record DoWhile(Expression Condition, int Trips, ValueArray<Statement> Body) : Statement;

/// <summary>if (left > limit).</summary>
/// <param name="Left">Int.</param>
/// <param name="Limit">What it is compared with.</param>
/// <param name="Times">How often it is expected to hold each time that the enclosing loops run through.</param>
/// <param name="Body">What then happens.</param>
public sealed record IfAbove(Expression Left, int Limit, int Times, ValueArray<Statement> Body) : Statement;

/// <summary>if (left &lt; limit).</summary>
/// <param name="Left">Int.</param>
/// <param name="Limit">Int, what it is compared with.</param>
/// <param name="Times">How often it is expected to hold each time that the enclosing loops run through.</param>
/// <param name="Body">What then happens.</param>
public sealed record IfBelow(Expression Left, Expression Limit, int Times, ValueArray<Statement> Body) : Statement;

/// <summary>if (left == right), with the share of executions in which it holds known beforehand.</summary>
/// <param name="Left">Int.</param>
/// <param name="Right">Int.</param>
/// <param name="Times">How often it holds each time that the enclosing loops run through.</param>
/// <param name="Body">What then happens.</param>
public sealed record IfEqual(Expression Left, Expression Right, int Times, ValueArray<Statement> Body) : Statement;

/// <summary>if (value != 0).</summary>
/// <param name="Value">Int or long.</param>
/// <param name="Times">How often it is expected to hold each time that the enclosing loops run through.</param>
/// <param name="Body">What then happens.</param>
public sealed record IfAny(Expression Value, int Times, ValueArray<Statement> Body) : Statement;

/// <summary>if ((flags &amp; mask) != 0): the guard of a task, or of several.</summary>
public sealed record IfAsked(Expression Flags, int Mask, string MaskName, ValueArray<Statement> Body) : Statement;

/// <summary>if (left == right || …): what a method refuses. Its body counts as never executed.</summary>
/// <param name="Conditions">One at least.</param>
/// <param name="Body">One statement, which leaves the method.</param>
public sealed record Refuse(ValueArray<Comparison> Conditions, Return Body) : Statement;

/// <summary>left == right, or left != right.</summary>
/// <param name="Left">Int or a reference.</param>
/// <param name="IsEqual">Else it holds where they differ.</param>
/// <param name="Right">Null for the null reference.</param>
public sealed record Comparison(Expression Left, bool IsEqual, Expression? Right);

/// <summary>Leaves the method.</summary>
/// <param name="Value">What it returns.</param>
public sealed record Return(Expression Value) : Statement;

/// <summary>Calls a static method of the class that returns nothing.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Arguments">What is passed.</param>
/// <param name="Names">Names of the parameters, to be printed before the arguments; empty for none.</param>
/// <param name="Variables">Types of optional parameters after them (<see cref="Argument.IsVariable"/>), which the C# compiler passes as 0.</param>
public sealed record Call(string Method, ValueArray<Expression> Arguments, ValueArray<string> Names, ValueArray<IlType> Variables) : Statement
{
    /// <summary>A call of one of the copied kernels.</summary>
    public static Call Kernel(string name, params (string Name, Expression Value)[] arguments) => new(
        name, arguments.Select(argument => argument.Value).ToValueArray(), arguments.Select(argument => argument.Name).ToValueArray(), ValueArray<IlType>.Empty);
}

/// <summary>A comment line, for the reviewer.</summary>
public sealed record Comment(string Text) : Statement;

/// <summary>An empty line, for the reviewer.</summary>
public sealed record Blank : Statement;
