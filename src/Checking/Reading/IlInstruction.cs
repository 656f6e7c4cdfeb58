using System.Collections.Generic;
using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;

namespace AdapterCompiler.Checking.Reading;

/// <summary>One instruction.</summary>
/// <param name="Offset">In the assembly's file.</param>
/// <param name="DeviceOffset">After conversion: tokens, long branches and switch cases take two bytes there instead of four.</param>
/// <param name="Code">The opcode.</param>
/// <param name="Operand">Constant, token or variable; 0 without one.</param>
/// <param name="Targets">Offsets in the file that it may jump to.</param>
internal sealed record IlInstruction(int Offset, int DeviceOffset, OpCode Code, long Operand, ImmutableArray<int> Targets)
{
    private static readonly Dictionary<char, int> Digits = new() { ['0'] = 0, ['1'] = 1, ['2'] = 2, ['3'] = 3 };

    /// <summary>Mnemonic as in ECMA-335.</summary>
    public string Name { get; } = Code.Name!;

    /// <summary>The operand as a metadata token.</summary>
    public System.Reflection.Metadata.EntityHandle Token => MetadataTokens.EntityHandle((int)Operand);

    /// <summary>Mnemonic without the short form's suffix: "ldloc" for ldloc.0, ldloc.s and ldloc.</summary>
    public string Family
    {
        get
        {
            if (Name.Length > 2 && Name[^2] == '.' && (Name[^1] == 's' || (IsVariable && Digits.ContainsKey(Name[^1]))))
                return Name[..^2];
            return Name;
        }
    }

    /// <summary>Index of the local or argument that it names.</summary>
    public int Variable => Code.OperandType == OperandType.InlineNone ? Digits[Name[^1]] : (int)Operand;

    /// <summary>The constant that an ldc.i4 or ldc.i8 of any form loads, or null.</summary>
    public long? Constant => Name switch
    {
        "ldc.i4" or "ldc.i4.s" or "ldc.i8" => Operand,
        "ldc.i4.m1" => -1,
        _ when Name.StartsWith("ldc.i4.", System.StringComparison.Ordinal) => Name[^1] - '0',
        _ => null,
    };

    private bool IsVariable => Name.StartsWith("ldloc", System.StringComparison.Ordinal)
        || Name.StartsWith("stloc", System.StringComparison.Ordinal)
        || Name.StartsWith("ldarg", System.StringComparison.Ordinal)
        || Name.StartsWith("starg", System.StringComparison.Ordinal);

    public override string ToString() => Name;
}
