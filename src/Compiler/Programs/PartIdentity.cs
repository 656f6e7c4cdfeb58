using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Programs;

/// <summary>
/// Which part of a model a class is, and what things are called in it. A network that one assembly cannot hold is cut into parts, each a class in a
/// project of its own. The first owns the activations, each runs its own steps, the last calls the others and has the public face.
/// </summary>
/// <param name="Model">Name of the class with the public face.</param>
/// <param name="Number">From 1.</param>
/// <param name="Count">Parts in all; 1 where one class holds everything.</param>
/// <param name="LogitsOwners">For each task the part that allocates its logits: the first that computes one of them.</param>
/// <param name="Names">C# names of the tasks.</param>
public sealed record PartIdentity(string Model, int Number, int Count, ValueArray<int> LogitsOwners, ValueArray<TaskNames> Names)
{
    /// <summary>Owns the arena.</summary>
    public bool IsFirst => Number == 1;

    /// <summary>Has the members that firmware calls.</summary>
    public bool IsLast => Number == Count;

    /// <summary>The class of this part.</summary>
    public string Class => ClassName(Model, Number, Count);

    /// <summary>Name of the arena in the class that owns it: public where other parts use it.</summary>
    public string ArenaField => IsLast ? "arena" : "Arena";

    /// <summary>Name of the arena of longs in the class that owns it.</summary>
    public string LanesField => IsLast ? "lanes" : "Lanes";

    /// <summary>The class that holds everything.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="names">C# names of the tasks.</param>
    public static PartIdentity Whole(string model, ValueArray<TaskNames> names) => new(model, 1, 1, names.Select(_ => 1).ToValueArray(), names);

    /// <summary>The class of a part: AudioModelPart1, AudioModelPart2, and AudioModel for the last.</summary>
    /// <param name="model">Name of the class with the public face.</param>
    /// <param name="number">From 1.</param>
    /// <param name="count">Parts in all.</param>
    public static string ClassName(string model, int number, int count) =>
        number == count ? model : model + "Part" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>This part allocates the task's logits.</summary>
    public bool OwnsLogits(int task) => LogitsOwners[task] == Number;

    /// <summary>Name of a task's logits in the class that owns them: public in a part without the public face.</summary>
    public string LogitsField(int task) => IsLast ? Names[task].LogitsField : Names[task].Logits;

    /// <summary>Name of a task's bit; of several, an expression.</summary>
    /// <param name="mask">Bits.</param>
    public string MaskName(int mask)
    {
        string[] names = [.. Names.Where((_, task) => (mask & (1 << task)) != 0).Select(name => name.Mask)];
        return names.Length == 1 ? names[0] : "(" + string.Join(" | ", names) + ")";
    }
}
