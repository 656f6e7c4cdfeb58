using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Lanes;

/// <summary>
/// The variables that hold a patch. A method has as many arguments as locals; an argument is a variable too, and storing to one is
/// even cheaper. So a patch may have up to <see cref="Most"/> elements, the first of them locals, the rest arguments that callers pass as 0.
/// </summary>
/// <param name="firstArgument">Parameters before the variables.</param>
internal sealed class PatchVariables(int firstArgument)
{
    /// <summary>Locals for the patch; the others are left to constants and pointers.</summary>
    private const int Locals = DeviceLimits.Locals - 60;

    /// <summary>Arguments; a few are left for what else a method may be passed, and the caller's stack must hold them all.</summary>
    public const int MostArguments = AssemblyLimits.VariablesAsArguments;

    private readonly Dictionary<int, Expression> held = [];
    private readonly List<Local> locals = [];
    private readonly List<Argument> arguments = [];

    /// <summary>Elements that a method can hold.</summary>
    public const int Most = Locals + MostArguments;

    /// <summary>Declarations of the locals among them.</summary>
    public IEnumerable<Statement> Declarations => locals.Select(local => new Declare(local));

    /// <summary>The arguments among them, by index.</summary>
    public IReadOnlyList<Argument> Arguments => arguments;

    /// <summary>The variable that holds an element now.</summary>
    public Expression Of(int element) => held[element];

    /// <summary>The variable that holds an element now, or null.</summary>
    public Expression? Find(int element) => held.TryGetValue(element, out Expression? variable) ? variable : null;

    /// <summary>Gives every element a variable of its own.</summary>
    public void Hold(IEnumerable<int> elements)
    {
        foreach (int element in elements)
            held[element] = New("p");
    }

    /// <summary>
    /// The same with arguments: what is written under a task's bit and read under it again later would be a local that the C# compiler
    /// does not see assigned.
    /// </summary>
    public void HoldGuarded(IEnumerable<int> elements)
    {
        foreach (int element in elements)
            held[element] = NewArgument("p");
    }

    /// <summary>Variables that hold now these elements, now those: as many as the most that are held at once.</summary>
    public Expression[] Pool(int count) => [.. Enumerable.Range(0, count).Select(_ => New("q"))];

    /// <summary>Elements take the first variables of a pool.</summary>
    public void Hold(IReadOnlyList<int> elements, Expression[] pool)
    {
        for (int i = 0; i < elements.Count; i++)
            held[elements[i]] = pool[i];
    }

    /// <summary>
    /// A variable for a sum that is continued later: an argument, since the C# compiler may keep a local that it writes and reads once on
    /// the evaluation stack instead.
    /// </summary>
    public Expression Partial()
    {
        if (arguments.Count >= MostArguments)
            throw new InvalidOperationException("more partial sums than arguments");
        return NewArgument("s");
    }

    private Expression New(string prefix)
    {
        if (locals.Count >= Locals)
            return NewArgument(prefix);
        locals.Add(new Local(Name(prefix), IlType.Long));
        return locals[locals.Count - 1];
    }

    private Argument NewArgument(string prefix)
    {
        arguments.Add(new Argument(Name(prefix), firstArgument + arguments.Count, IlType.Long, IsVariable: true));
        return arguments[arguments.Count - 1];
    }

    private string Name(string prefix) => prefix + (locals.Count + arguments.Count).ToString(CultureInfo.InvariantCulture);
}
