using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>How a class refers to the arrays of the model: its own fields, or another part's public ones.</summary>
internal static class StateFields
{
    public static StaticField Weights { get; } = new("Weights", IlType.SBytes);

    public static StaticField Biases { get; } = new("Biases", IlType.Ints);

    public static StaticField Shifts { get; } = new("Shifts", IlType.Bytes);

    public static StaticField LaneShifts { get; } = new("LaneShifts", IlType.Bytes);

    /// <summary>The arena of bytes, which the first part owns.</summary>
    public static StaticField Arena(LoweredProgram program) => new(First(program, program.ArenaField, "Arena"), IlType.Bytes);

    /// <summary>The arena of longs, which the first part owns.</summary>
    public static StaticField Lanes(LoweredProgram program) => new(First(program, program.LanesField, "Lanes"), IlType.Longs);

    /// <summary>A task's logits.</summary>
    public static StaticField Logits(LoweredProgram program, int task) => new(
        program.OwnsLogits(task)
            ? program.LogitsField(task)
            : ProgramPart.ClassName(program.ClassName, program.Part.LogitsOwners[task], program.Part.Count) + "." + program.Names[task].Logits,
        IlType.Ints);

    private static string First(LoweredProgram program, string own, string other) => program.Part.IsFirst
        ? own
        : ProgramPart.ClassName(program.ClassName, 1, program.Part.Count) + "." + other;
}
