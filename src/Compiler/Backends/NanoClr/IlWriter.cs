using System;
using System.Collections.Generic;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>The instructions of a method as they are written, with how often each is executed, for whom, and how deep the evaluation stack gets.</summary>
internal sealed class IlWriter
{
    /// <summary>An opcode and a token, in the file.</summary>
    public const int TokenBytes = 5;

    /// <summary>The same, and a long branch, on the device.</summary>
    public const int DeviceTokenBytes = 3;

    private readonly List<Item> items = [];
    private int depth;

    /// <summary>How often what comes next is executed in one call of the method.</summary>
    public long Times { get; set; } = 1;

    /// <summary>Bits of the tasks of which one must be asked for; 0: always.</summary>
    public int Asked { get; set; }

    /// <summary>Greatest depth of the evaluation stack so far.</summary>
    public int Deepest { get; private set; }

    /// <summary>Everything written.</summary>
    public IReadOnlyList<Item> Items => items;

    /// <summary>An instruction.</summary>
    /// <param name="opcode">Mnemonic.</param>
    /// <param name="bytes">Opcode and operand.</param>
    /// <param name="stack">Slots pushed less slots popped.</param>
    /// <param name="operand">What it works on.</param>
    public void Emit(string opcode, int bytes, int stack, OperandKind operand = OperandKind.Int32) => Add(opcode, bytes, bytes, stack, operand);

    /// <summary>An instruction with a token, which takes two bytes on the device.</summary>
    public void EmitToken(string opcode, int stack, OperandKind operand = OperandKind.Int32) => Add(opcode, TokenBytes, DeviceTokenBytes, stack, operand);

    /// <summary>A branch.</summary>
    /// <param name="kind">Mnemonic of the long form.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="times">How often it is executed, taken or not.</param>
    /// <param name="stack">Slots pushed less slots popped.</param>
    public void Branch(string kind, Label target, long times, int stack)
    {
        items.Add(new Jump(kind, target, times, Asked));
        depth += stack;
    }

    /// <summary>The label stands here.</summary>
    public void Mark(Label label) => items.Add(label);

    private void Add(string opcode, int bytes, int deviceBytes, int stack, OperandKind operand)
    {
        items.Add(new Plain(new Instruction(opcode, operand, bytes, deviceBytes, Times, Asked)));
        depth += stack;
        Deepest = Math.Max(Deepest, depth);
    }

    internal abstract record Item;

    internal sealed record Plain(Instruction Instruction) : Item;

    internal sealed record Jump(string Kind, Label Target, long Times, int Asked) : Item;

    /// <summary>Compared by identity.</summary>
    internal sealed record Label : Item
    {
        public bool Equals(Label? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
