using System;
using System.Linq;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Parts;
using AdapterCompiler.Model;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>The members that firmware calls.</summary>
internal static class PublicFace
{
    public static void Write(SourceWriter writer, LoweredProgram program, EmitOptions options)
    {
        Network network = program.Network;
        int codeMax = (1 << network.Input.Bits) - 1;
        for (int k = 0; k < network.Tasks.Count; k++)
        {
            writer.Line($"/// <summary>Asks for {network.Tasks[k].Name}, {network.Tasks[k].Classes.Count} classes.</summary>");
            writer.Line(FormattableString.Invariant($"public const int {program.Names[k].Mask} = {1 << k};"));
            writer.Line();
        }

        writer.Line("/// <summary>Asks for every task.</summary>");
        writer.Line("public const int AllTasks = " + string.Join(" | ", program.Names.Select(name => name.Mask)) + ";");
        writer.Line();
        writer.Line("/// <summary>Rows of a window: one frame each.</summary>");
        writer.Line(FormattableString.Invariant($"public const int Frames = {network.Input.Frames};"));
        writer.Line();
        writer.Line("/// <summary>Columns of a window: one mel band each.</summary>");
        writer.Line(FormattableString.Invariant($"public const int Bands = {network.Input.Bands};"));
        writer.Line();
        writer.Line("/// <summary>Codes of a window.</summary>");
        writer.Line("public const int InputLength = Frames * Bands;");
        writer.Line();
        WriteRun(writer, program, options, codeMax);
        for (int k = 0; k < network.Tasks.Count; k++)
            WriteTask(writer, network.Tasks[k], program.Names[k], StateFields.Logits(program, k).Name);
    }

    /// <summary>Calls of the class's own layers and heads, in order.</summary>
    public static void WriteSteps(SourceWriter writer, LoweredProgram program)
    {
        foreach (StageCode stage in program.Code)
        {
            string arguments = string.Join(", ", new[] { stage.TakesCodes ? "codes" : "", stage.TakesTasks ? "tasks" : "" }.Where(a => a.Length > 0));
            writer.Line($"{stage.Entry.Method.Name}({arguments});");
        }
    }

    private static void WriteRun(SourceWriter writer, LoweredProgram program, EmitOptions options, int codeMax)
    {
        writer.Line("/// <summary>Runs the shared encoder once and then only the adapters and heads asked for. Allocates nothing; not for two threads at once.</summary>");
        writer.Line(FormattableString.Invariant($"/// <param name=\"codes\">One window, frame after frame, each code 0 to {codeMax}. Read only.</param>"));
        writer.Line("/// <param name=\"tasks\">Tasks combined with |; 0 does nothing.</param>");
        writer.Line("/// <returns>False, and nothing has run, unless codes holds InputLength elements and a task is asked for.</returns>");
        writer.Open("public static bool Run(byte[] codes, int tasks)");
        writer.Line("if (codes == null || codes.Length != InputLength || (tasks & AllTasks) == 0)");
        writer.Line("    return false;");
        writer.Line();
        for (int part = 1; part < program.Part.Count; part++)
            writer.Line(ProgramPart.ClassName(options.ClassName, part, program.Part.Count) + ".Run(codes, tasks);");
        WriteSteps(writer, program);
        writer.Line("return true;");
        writer.Close();
    }

    private static void WriteTask(SourceWriter writer, NetworkTask task, TaskNames names, string logits)
    {
        writer.Line();
        writer.Line($"/// <summary>Logits of {task.Name} from the last run that asked for it, one per class. What a unit is worth is in the file's first lines.</summary>");
        writer.Line($"public static int[] {names.Logits} {{ get {{ return {logits}; }} }}");
        writer.Line();
        writer.Line($"/// <summary>Class of {task.Name} with the greatest logit, from 0, the first of equals.</summary>");
        writer.Line($"public static int {names.Class} {{ get {{ return Greatest({logits}); }} }}");
        writer.Line();
        writer.Line($"/// <summary>Label of that class. Kept once, so that reading it allocates nothing: on the device a string literal is made anew each time.</summary>");
        writer.Line($"public static string {names.Label} {{ get {{ return {names.LabelsField}[{names.Class}]; }} }}");
    }
}
