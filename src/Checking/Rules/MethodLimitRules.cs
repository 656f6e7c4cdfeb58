using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Targets;
using static AdapterCompiler.Text.TextTable;

namespace AdapterCompiler.Checking.Rules;

/// <summary>What one method may hold.</summary>
internal static class MethodLimitRules
{
    // A branch is counted from the end of its instruction, whose operand is one byte (short) or two.
    private const int LongBranchBytes = 2;

    public static IEnumerable<Finding> Check(MethodCode method, int stackDepth)
    {
        if (method.Locals.Length > DeviceLimits.Locals)
            yield return CheckCatalogue.Locals.At(method.Display, null, Number(method.Locals.Length), Number(DeviceLimits.Locals));
        if (method.ArgumentCount > DeviceLimits.Arguments)
            yield return CheckCatalogue.Arguments.At(method.Display, null, Number(method.ArgumentCount), Number(DeviceLimits.Arguments));
        if (stackDepth > DeviceLimits.EvaluationStack)
            yield return CheckCatalogue.EvaluationStack.At(method.Display, null, Number(stackDepth), Number(DeviceLimits.EvaluationStack));

        foreach (IlInstruction instruction in method.Instructions)
        {
            if (instruction.Name == "switch" && instruction.Targets.Length > DeviceLimits.SwitchCases)
                yield return CheckCatalogue.SwitchCases.At(method.Display, instruction.Offset, Number(instruction.Targets.Length), Number(DeviceLimits.SwitchCases));
            int distance = Distance(method, instruction);
            if (distance > DeviceLimits.BranchDistance)
                yield return CheckCatalogue.BranchDistance.At(method.Display, instruction.Offset, instruction.Name, Number(distance), Number(DeviceLimits.BranchDistance));
        }
    }

    /// <summary>Bytes of the longest jump of an instruction as the device counts them; 0 for one that does not jump.</summary>
    public static int Distance(MethodCode method, IlInstruction instruction)
    {
        if (instruction.Targets.IsEmpty)
            return 0;
        int end = instruction.DeviceOffset + instruction.Code.Size
            + (instruction.Name == "switch" ? 1 + (LongBranchBytes * instruction.Targets.Length) : LongBranchBytes);
        return instruction.Targets.Max(target => Math.Abs(DeviceOffset(method, target) - end));
    }

    private static int DeviceOffset(MethodCode method, int target) => method.IndexOf.TryGetValue(target, out int index)
        ? method.Instructions[index].DeviceOffset
        : throw new DamagedAssemblyException($"{method.Display} jumps between instructions");
}
