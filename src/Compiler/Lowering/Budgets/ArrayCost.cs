using System.Collections.Generic;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>One array on the device's heap. An array is one object, whose size is limited whatever the heap is.</summary>
/// <param name="Name">Name in the class, or of the argument of Run.</param>
/// <param name="Bytes">Elements without the array's head; of labels the references.</param>
public sealed record ArrayCost(string Name, long Bytes)
{
    /// <summary>Arrays of a program or part.</summary>
    public static IEnumerable<ArrayCost> Of(LoweredProgram program)
    {
        yield return new ArrayCost("codes", (long)program.Network.Input.Frames * program.Network.Input.Bands);
        if (program.OwnsArena)
            yield return new ArrayCost(program.ArenaField, program.Arena.Size);
        if (program.OwnsLanes)
            yield return new ArrayCost(program.LanesField, (long)program.Lanes.Length * sizeof(long));
        for (int task = 0; task < program.Network.Tasks.Count; task++)
        {
            if (program.OwnsLogits(task))
                yield return new ArrayCost(program.LogitsField(task), (long)program.Network.Tasks[task].Classes.Count * sizeof(int));
            if (program.Part.IsLast)
                yield return new ArrayCost(program.Names[task].LabelsField, (long)program.Network.Tasks[task].Labels.Count * Targets.DeviceLimits.SlotBytes);
        }

        foreach ((string name, long bytes) in StaticTables.Sizes(program.Tables))
            yield return new ArrayCost(name, bytes);
    }
}
