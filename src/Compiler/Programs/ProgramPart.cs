using System.Globalization;

namespace AdapterCompiler.Programs;

/// <summary>
/// Which part of a model a program is. A network that one assembly cannot hold is cut into parts, each a class in a project of its
/// own. The first owns the activations, each runs its own steps, the last calls the others and has the public face.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Parts in all; 1 where one class holds everything.</param>
/// <param name="LogitsOwners">For each task the part that allocates its logits: the first that computes one of them.</param>
public sealed record ProgramPart(int Number, int Count, ValueArray<int> LogitsOwners)
{
    /// <summary>Owns the arena.</summary>
    public bool IsFirst => Number == 1;

    /// <summary>Has the members that firmware calls.</summary>
    public bool IsLast => Number == Count;

    /// <summary>The class of a part: AudioModelPart1, AudioModelPart2, and AudioModel for the last.</summary>
    /// <param name="model">Name of the class with the public face.</param>
    /// <param name="number">From 1.</param>
    /// <param name="count">Parts in all.</param>
    public static string ClassName(string model, int number, int count) =>
        number == count ? model : model + "Part" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The class of this part.</summary>
    /// <param name="model">Name of the class with the public face.</param>
    public string ClassName(string model) => ClassName(model, Number, Count);
}
