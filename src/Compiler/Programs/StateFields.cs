using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>How a class refers to the arrays of the model: its own fields, or another part's public ones.</summary>
internal static class StateFields
{
    public static StaticField Weights { get; } = new("Weights", IlType.SBytes);

    public static StaticField Terms { get; } = new("Terms", IlType.Shorts);

    public static StaticField Multiples { get; } = new("Multiples", IlType.Ints);

    public static StaticField Biases { get; } = new("Biases", IlType.Ints);

    public static StaticField Shifts { get; } = new("Shifts", IlType.Bytes);

    public static StaticField LaneShifts { get; } = new("LaneShifts", IlType.Bytes);

    /// <summary>The arena of bytes, which the first part owns.</summary>
    public static StaticField Arena(PartIdentity part) => new(First(part, part.ArenaField, "Arena"), IlType.Bytes);

    /// <summary>The arena of longs, which the first part owns.</summary>
    public static StaticField Lanes(PartIdentity part) => new(First(part, part.LanesField, "Lanes"), IlType.Longs);

    /// <summary>A task's logits.</summary>
    public static StaticField Logits(PartIdentity part, int task) => new(
        part.OwnsLogits(task)
            ? part.LogitsField(task)
            : PartIdentity.ClassName(part.Model, part.LogitsOwners[task], part.Count) + "." + part.Names[task].Logits,
        IlType.Ints);

    private static string First(PartIdentity part, string own, string other) => part.IsFirst
        ? own
        : PartIdentity.ClassName(part.Model, 1, part.Count) + "." + other;
}
