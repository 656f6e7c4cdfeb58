namespace AdapterCompiler.Lowering.Il;

/// <summary>One instruction as the C# compiler emits it.</summary>
/// <param name="Name">Row of the opcode cost table: mnemonic and, where it matters, operand type.</param>
/// <param name="Bytes">Opcode and operand.</param>
/// <param name="Times">How often it is executed in one call of its method.</param>
public sealed record Instruction(string Name, int Bytes, long Times);

/// <summary>What a method needs, exactly, before any C# exists.</summary>
/// <param name="Instructions">In order; for branches the form that fits.</param>
/// <param name="Bytes">IL bytes.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Arguments">Parameters.</param>
/// <param name="StackDepth">Greatest depth of the evaluation stack.</param>
/// <param name="LongestBranch">Bytes of the longest branch.</param>
public sealed record MethodFigures(ValueArray<Instruction> Instructions, int Bytes, int Locals, int Arguments, int StackDepth, int LongestBranch);
