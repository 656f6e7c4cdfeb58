using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Parts;

namespace AdapterCompiler.Emit;

/// <summary>How a class refers to the arrays of the model: its own fields, or another part's public ones.</summary>
internal static class StateNames
{
    /// <summary>The arena, which the first part owns.</summary>
    public static string Arena(LoweredProgram program, EmitOptions options) => program.Part.IsFirst
        ? program.ArenaField
        : ProgramPart.ClassName(options.ClassName, 1, program.Part.Count) + ".Arena";

    /// <summary>A task's logits.</summary>
    public static string Logits(LoweredProgram program, EmitOptions options, int task) => program.OwnsLogits(task)
        ? program.LogitsField(task)
        : ProgramPart.ClassName(options.ClassName, program.Part.LogitsOwners[task], program.Part.Count) + "." + program.Names[task].Logits;
}
