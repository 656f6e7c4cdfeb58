using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering.Budgets;

/// <summary>
/// The static constructor and the data that it copies. Roslyn puts an array's elements into the assembly as data where more than two
/// of them are not 0, and stores them one by one otherwise.
/// </summary>
internal static class StaticTables
{
    /// <summary>Of the static constructor, in metadata.</summary>
    public const string ConstructorName = ".cctor";

    private const int LeastForData = 3;

    /// <summary>The method.</summary>
    public static MethodCost Constructor(LoweredProgram program)
    {
        var body = new IlBody();
        if (program.OwnsArena)
            body.Int(program.Arena.Size).NewArray().Store();
        if (program.OwnsLanes)
            body.Int(program.Lanes.Length).NewArray().Store();
        for (int task = 0; task < program.Network.Tasks.Count; task++)
        {
            if (program.OwnsLogits(task))
                body.Int(program.Network.Tasks[task].Classes.Count).NewArray().Store();
        }

        if (program.Part.IsLast)
        {
            foreach (NetworkTask task in program.Network.Tasks)
                Labels(body, task.Labels.Count);
        }

        foreach (Table table in Tables(program.Tables))
            Initialise(body, table);
        return body.Return().Cost(ConstructorName, 0, 0, Signatures.Method(Signatures.Simple));
    }

    /// <summary>Bytes of all array initialisers.</summary>
    public static int ArrayBytes(WeightTables tables) => Tables(tables).Where(IsData).Sum(table => table.Values.Count * table.ElementBytes);

    /// <summary>Names of the tables that there are.</summary>
    public static IEnumerable<string> Names(WeightTables tables) => Tables(tables).Select(table => table.Name);

    /// <summary>Bytes of each table once its array is filled.</summary>
    public static IEnumerable<(string Name, long Bytes)> Sizes(WeightTables tables) => Tables(tables).Select(table => (table.Name, (long)table.Values.Count * table.ElementBytes));

    private static void Initialise(IlBody body, Table table)
    {
        body.Int(table.Values.Count).NewArray();
        if (IsData(table))
        {
            body.Plain(1, 2).Token().Call(2);
        }
        else
        {
            for (int i = 0; i < table.Values.Count; i++)
            {
                if (table.Values[i] != 0)
                    body.Plain(1, 2).Int(i).Int(table.Values[i]).Plain(3, 0);
            }
        }

        body.Store();
    }

    private static void Labels(IlBody body, int count)
    {
        body.Int(count).NewArray();
        for (int i = 0; i < count; i++)
            body.Plain(1, 2).Int(i).Load().Plain(3, 0);
        body.Store();
    }

    private static bool IsData(Table table) => table.Values.Count(value => value != 0) >= LeastForData;

    private static IEnumerable<Table> Tables(WeightTables tables)
    {
        Table[] all =
        [
            new("Weights", [.. tables.Rows.SelectMany(row => row.Weights).Select(weight => (int)weight)], sizeof(sbyte)),
            new("Biases", [.. tables.Rows.Select(row => row.Bias)], sizeof(int)),
            new("Shifts", [.. tables.Rows.Where(row => row.Shift is not null).Select(row => row.Shift.GetValueOrDefault())], sizeof(byte)),
            new("LaneShifts", [.. tables.LaneShifts], sizeof(byte)),
        ];
        // Kernels name the weights even where no channel has any.
        return all.Where((table, i) => i == 0 ? tables.Rows.Count > 0 : table.Values.Count > 0);
    }

    private sealed record Table(string Name, IReadOnlyList<int> Values, int ElementBytes);
}
