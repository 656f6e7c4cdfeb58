using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace AdapterCompiler.Trees;

/// <summary>Where something lies, or a step to its neighbour: an int constant of the class, so that what moves changes one line of a table and no line that goes there.</summary>
/// <param name="Owner">What it is of; an owner's constants are declared together.</param>
/// <param name="Name">The constant.</param>
/// <param name="Value">Its value.</param>
public sealed record Place(string Owner, string Name, int Value)
{
    /// <summary>So many times the place.</summary>
    public (Place Place, int Times) Times(int times) => (this, times);

    /// <summary>A sum of places and of a number, which stays one number in the code; a plain number where it names none.</summary>
    public static Literal Sum(int rest, params (Place Place, int Times)[] terms)
    {
        int value = rest;
        var text = new StringBuilder();
        var places = new List<Place>();
        foreach ((Place place, int times) in terms)
        {
            if (times == 0)
                continue;
            value += place.Value * times;
            places.Add(place);
            Append(text, times < 0, (Math.Abs(times) == 1 ? "" : Math.Abs(times).ToString(CultureInfo.InvariantCulture) + " * ") + place.Name);
        }

        if (places.Count == 0)
            return Expressions.Int(rest);
        if (rest != 0)
            Append(text, rest < 0, Math.Abs(rest).ToString(CultureInfo.InvariantCulture));
        return new PlaceLiteral(value, text.ToString(), places.ToValueArray());
    }

    private static void Append(StringBuilder text, bool isNegative, string term)
    {
        if (text.Length == 0)
            text.Append(isNegative ? "-" : "");
        else
            text.Append(isNegative ? " - " : " + ");
        text.Append(term);
    }
}

/// <summary>An int that is written by names of the class's constants; the C# compiler makes one number of it.</summary>
/// <param name="Value">That number.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Places">The constants in it.</param>
public sealed record PlaceLiteral(long Value, string Text, ValueArray<Place> Places) : Literal(Value, IlType.Int);
