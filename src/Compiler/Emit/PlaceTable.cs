using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Emit;

/// <summary>Where things lie, as constants: the only lines that change where something else grew. They take neither IL nor RAM.</summary>
internal static class PlaceTable
{
    private static readonly ValueArray<string> About = ValueArray.Of(
        "Where things lie in the arrays at the end of this file and in the tables of weights. Of a packed image: its start, and the steps to the",
        "next line and the next place. Of a block: its first code, its first weight, its first row of biases and shifts.");

    private const string AboutSums = "Lanes_Sums: what the loops over packed images sum up in, behind the last image.";

    /// <summary>A line for each image and block, in the order in which the code comes upon them.</summary>
    public static void Write(SourceWriter writer, CodedProgram program)
    {
        IGrouping<string, Place>[] owners = [.. Of(program).GroupBy(place => place.Owner, StringComparer.Ordinal)];
        if (owners.Length == 0)
            return;
        foreach (string line in owners.Any(owner => owner.Key == CodePlaces.Sums) ? About.Append(AboutSums) : About)
            writer.Line("// " + line);
        foreach (IGrouping<string, Place> owner in owners)
        {
            IEnumerable<string> constants = owner.OrderBy(place => place.Name, StringComparer.Ordinal).Select(place => FormattableString.Invariant($"{place.Name} = {place.Value}"));
            writer.Line("private const int " + string.Join(", ", constants) + ";");
        }

        writer.Line();
    }

    /// <summary>Every constant that some line names, once.</summary>
    /// <exception cref="InvalidOperationException">One name stands for two places.</exception>
    private static List<Place> Of(CodedProgram program)
    {
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        var ordered = new List<Place>();
        foreach (Place place in program.Code.SelectMany(code => code.Methods.Prepend(code.Entry)).SelectMany(method => In(method.Method.Body)))
        {
            if (!places.TryGetValue(place.Name, out Place? known))
                ordered.Add(places[place.Name] = place);
            else if (known != place)
                throw new InvalidOperationException(FormattableString.Invariant($"{place.Name} is {known.Value} and {place.Value}"));
        }

        return ordered;
    }

    private static IEnumerable<Place> In(IEnumerable<Statement> statements) => statements.SelectMany(statement => statement switch
    {
        For loop => In(loop.Body),
        IfAsked guard => In(guard.Body),
        IfEqual test => In(test.Left).Concat(In(test.Right)).Concat(In(test.Body)),
        IfAbove test => In(test.Left).Concat(In(test.Body)),
        IfBelow test => In(test.Left).Concat(In(test.Limit)).Concat(In(test.Body)),
        IfAny test => In(test.Value).Concat(In(test.Body)),
        DoWhile loop => In(loop.Body).Concat(In(loop.Condition)),
        _ => Leaves.Of(statement).OfType<PlaceLiteral>().SelectMany(literal => literal.Places),
    });

    private static IEnumerable<Place> In(Expression expression) => Leaves.Of(expression).OfType<PlaceLiteral>().SelectMany(literal => literal.Places);
}
