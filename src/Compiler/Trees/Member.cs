namespace AdapterCompiler.Trees;

/// <summary>A static method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">In order.</param>
/// <param name="Body">Without a last return where it returns nothing.</param>
/// <param name="Documentation">Lines above it.</param>
/// <param name="Returns">What it returns.</param>
/// <param name="IsPublic">Firmware, or the next part, calls it; its documentation is XML.</param>
public sealed record Method(
    string Name, ValueArray<Argument> Parameters, ValueArray<Statement> Body, ValueArray<string> Documentation, IlType Returns = IlType.Void, bool IsPublic = false);

/// <summary>A public static property without a setter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it returns.</param>
/// <param name="Summary">Its documentation.</param>
public sealed record Property(string Name, Expression Value, string Summary)
{
    /// <summary>The method that the C# compiler makes of it.</summary>
    public Method Getter => new("get_" + Name, ValueArray<Argument>.Empty, ValueArray.Of<Statement>(new Return(Value)), ValueArray<string>.Empty, Value.Type, IsPublic: true);
}

/// <summary>A static read-only field that holds an array.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The array: <see cref="NewArray"/>, <see cref="Numbers"/> or <see cref="Texts"/>.</param>
/// <param name="Comments">Lines above it.</param>
/// <param name="Summary">Its documentation where it is public; null where it is private.</param>
public sealed record Field(string Name, Expression Value, ValueArray<string> Comments, string? Summary = null)
{
    /// <summary>Its part of the static constructor.</summary>
    public Statement Initialiser => new Assign(new StaticField(Name, Value.Type), Value);
}
