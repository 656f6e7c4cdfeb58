using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace AdapterCompiler.Checking.Reading;

/// <summary>Decodes a method's bytes.</summary>
internal static class IlDecoder
{
    private const int TwoBytePrefix = 0xFE;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .Where(code => code.OpCodeType != OpCodeType.Nternal)
        .ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>All instructions in order, and the method's length as the device counts it, without exception handlers.</summary>
    /// <exception cref="DamagedAssemblyException">The bytes are no IL.</exception>
    public static (ImmutableArray<IlInstruction> Instructions, int DeviceLength) Decode(BlobReader il)
    {
        ImmutableArray<IlInstruction>.Builder instructions = ImmutableArray.CreateBuilder<IlInstruction>();
        int saved = 0;
        while (il.RemainingBytes > 0)
        {
            int offset = il.Offset;
            int value = il.ReadByte();
            if (value == TwoBytePrefix)
                value = (TwoBytePrefix << 8) | il.ReadByte();
            if (!Codes.TryGetValue(value, out OpCode code))
                throw new DamagedAssemblyException(FormattableString.Invariant($"no instruction has the code 0x{value:x2}"));
            (long operand, ImmutableArray<int> targets) = Operand(ref il, code);
            instructions.Add(new IlInstruction(offset, offset - saved, code, operand, targets));
            saved += Saved(code, targets.Length);
        }

        return (instructions.ToImmutable(), il.Offset - saved);
    }

    // What the metadata processor leaves out of an instruction.
    private static int Saved(OpCode code, int cases) => code.OperandType switch
    {
        OperandType.InlineSwitch => 3 + (2 * cases),
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineBrTarget => 2,
        _ => 0,
    };

    private static (long Operand, ImmutableArray<int> Targets) Operand(ref BlobReader il, OpCode code)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                return (0, []);
            case OperandType.ShortInlineI:
                return (code.Name == "ldc.i4.s" ? il.ReadSByte() : il.ReadByte(), []);
            case OperandType.ShortInlineVar:
                return (il.ReadByte(), []);
            case OperandType.InlineVar:
                return (il.ReadUInt16(), []);
            case OperandType.ShortInlineBrTarget:
                int near = il.ReadSByte();
                return (0, [il.Offset + near]);
            case OperandType.InlineBrTarget:
                int far = il.ReadInt32();
                return (0, [il.Offset + far]);
            case OperandType.InlineSwitch:
                return (0, Switch(ref il));
            case OperandType.InlineI8:
            case OperandType.InlineR:
                return (il.ReadInt64(), []);
            default:
                return (il.ReadInt32(), []);
        }
    }

    private static ImmutableArray<int> Switch(ref BlobReader il)
    {
        int count = il.ReadInt32();
        if (count < 0 || count > il.RemainingBytes / sizeof(int))
            throw new DamagedAssemblyException("a switch ends outside its method");
        int end = il.Offset + (count * sizeof(int));
        ImmutableArray<int>.Builder targets = ImmutableArray.CreateBuilder<int>(count);
        for (int i = 0; i < count; i++)
            targets.Add(end + il.ReadInt32());
        return targets.MoveToImmutable();
    }
}
