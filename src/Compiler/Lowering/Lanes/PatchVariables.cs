using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Lanes;

/// <summary>
/// The variables that hold a patch. A method has as many arguments as locals; an argument is a variable too, and storing to one is
/// even cheaper. So a patch may have up to <see cref="Most"/> elements, the first of them locals, the rest arguments that the caller passes as 0.
/// </summary>
internal sealed class PatchVariables
{
    /// <summary>Locals for the patch; the others are left to constants and pointers.</summary>
    private const int Locals = DeviceLimits.Locals - 60;

    /// <summary>Arguments; a few are left for what else a method may be passed, and the caller's stack must hold them all.</summary>
    private const int MostArguments = DeviceLimits.Arguments - 10;

    private readonly SortedDictionary<int, Expression> variables = [];

    /// <summary>Elements that a method can hold.</summary>
    public const int Most = Locals + MostArguments;

    /// <summary>Elements in use, ascending.</summary>
    public IEnumerable<int> Used => variables.Keys.ToArray();

    /// <summary>The variable of an element that a sum reads.</summary>
    public Expression Use(int element) => Of(element);

    /// <summary>The variable of an element.</summary>
    public Expression Of(int element)
    {
        if (variables.TryGetValue(element, out Expression? variable))
            return variable;
        string name = "p" + element.ToString(CultureInfo.InvariantCulture);
        variable = variables.Count < Locals ? new Local(name, IlType.Long) : new Argument(name, variables.Count - Locals, IlType.Long);
        variables.Add(element, variable);
        return variable;
    }

    /// <summary>Declarations of the locals among them.</summary>
    public IEnumerable<Statement> Declarations() => variables.Values.OfType<Local>().Select(local => new Declare(local));

    /// <summary>The arguments among them, by index.</summary>
    public ValueArray<Argument> Arguments() => variables.Values.OfType<Argument>().OrderBy(argument => argument.Index).ToValueArray();
}
