using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>One instruction as the C# compiler emits it.</summary>
/// <param name="Opcode">Mnemonic as in ECMA-335.</param>
/// <param name="Operand">What it works on, as far as its cost depends on it.</param>
/// <param name="Bytes">Opcode and operand.</param>
/// <param name="DeviceBytes">The same as the metadata processor converts it: tokens and long branches take two bytes of operand.</param>
/// <param name="Times">How often it is executed in one call of its method.</param>
/// <param name="Asked">Bits of the tasks of which one must be asked for; 0 where it runs always.</param>
public sealed record Instruction(string Opcode, OperandKind Operand, int Bytes, int DeviceBytes, long Times, int Asked);

/// <summary>What a method needs, exactly, before any C# exists.</summary>
/// <param name="Instructions">In order; for branches the form that fits.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Arguments">Parameters.</param>
/// <param name="StackDepth">Greatest depth of the evaluation stack.</param>
/// <param name="LongestBranch">Bytes of the longest branch.</param>
/// <param name="SignatureBytes">Signatures of the method and of its locals.</param>
/// <param name="ReturnsValue">It returns something.</param>
public sealed record MethodFigures(
    ValueArray<Instruction> Instructions, int Locals, int Arguments, int StackDepth, int LongestBranch, int SignatureBytes, bool ReturnsValue = false)
{
    /// <summary>IL bytes.</summary>
    public int Bytes { get; } = Instructions.Sum(instruction => instruction.Bytes);

    /// <summary>IL bytes as the device holds them.</summary>
    public int DeviceBytes { get; } = Instructions.Sum(instruction => instruction.DeviceBytes);

    /// <summary>Weighted instructions of one call that asks for every task, the call itself included (<see cref="OpcodeCost"/>).</summary>
    public long WeightedCost => CallCost + Costs.Sum(cost => cost.Weighted);

    /// <summary>The call: passing control, clearing locals.</summary>
    public long CallCost => OpcodeCost.Call(Arguments, Locals, ReturnsValue);

    /// <summary>Weighted instructions of the body by the tasks that they need, ascending.</summary>
    public ValueArray<AskedCost> Costs { get; } = Sum(Instructions);

    private static ValueArray<AskedCost> Sum(IEnumerable<Instruction> instructions)
    {
        // Few kinds of instruction stand in a method, each many times: its cost is looked up once.
        var known = new Dictionary<(string, OperandKind), int>();
        var sums = new SortedDictionary<int, long>();
        foreach (Instruction instruction in instructions)
        {
            // What a call costs depends on the called method, and is counted there.
            if (instruction.Opcode == "call")
                continue;
            if (!known.TryGetValue((instruction.Opcode, instruction.Operand), out int cost))
                known.Add((instruction.Opcode, instruction.Operand), cost = OpcodeCost.For(instruction.Opcode, instruction.Operand));
            sums.TryGetValue(instruction.Asked, out long sum);
            sums[instruction.Asked] = sum + (instruction.Times * cost);
        }

        return sums.Select(pair => new AskedCost(pair.Key, pair.Value)).ToValueArray();
    }
}

/// <summary>Cost of what runs where one of some tasks is asked for.</summary>
/// <param name="Asked">Bits of the tasks; 0: always.</param>
/// <param name="Weighted">Weighted instructions.</param>
public sealed record AskedCost(int Asked, long Weighted)
{
    /// <summary>It runs.</summary>
    /// <param name="tasks">Bits of the tasks asked for.</param>
    public bool Runs(int tasks) => Asked == 0 || (Asked & tasks) != 0;
}

/// <summary>A method and its exact figures.</summary>
public sealed record AssembledMethod(Method Method, MethodFigures Figures)
{
    /// <summary>Assembles a method.</summary>
    public static AssembledMethod Of(Method method) => new(method, IlAssembler.Assemble(method));
}
