using System.Linq;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Lowering.Il;

/// <summary>One instruction as the C# compiler emits it.</summary>
/// <param name="Opcode">Mnemonic as in ECMA-335.</param>
/// <param name="Operand">What it works on, as far as its cost depends on it.</param>
/// <param name="Bytes">Opcode and operand.</param>
/// <param name="Times">How often it is executed in one call of its method.</param>
public sealed record Instruction(string Opcode, OperandKind Operand, int Bytes, long Times);

/// <summary>What a method needs, exactly, before any C# exists.</summary>
/// <param name="Instructions">In order; for branches the form that fits.</param>
/// <param name="Bytes">IL bytes.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Arguments">Parameters.</param>
/// <param name="StackDepth">Greatest depth of the evaluation stack.</param>
/// <param name="LongestBranch">Bytes of the longest branch.</param>
public sealed record MethodFigures(ValueArray<Instruction> Instructions, int Bytes, int Locals, int Arguments, int StackDepth, int LongestBranch)
{
    /// <summary>Weighted instructions of one call, the call itself included (<see cref="OpcodeCost"/>).</summary>
    public long WeightedCost => OpcodeCost.Call(Arguments, Locals, returnsValue: false)
        + Instructions.Sum(instruction => instruction.Times * OpcodeCost.For(instruction.Opcode, instruction.Operand));
}
