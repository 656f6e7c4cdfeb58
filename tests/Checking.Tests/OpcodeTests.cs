using System;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using AdapterCompiler.Checking;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Every instruction of ECMA-335 is either refused or has a cost.</summary>
public sealed class OpcodeTests
{
    private static readonly OpCode[] Codes = [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).Where(code => code.OpCodeType != OpCodeType.Nternal)];

    public static TheoryData<string> Unsupported => [.. UnsupportedOpcodes.All];

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void An_unsupported_instruction_is_found(string name)
    {
        OpCode code = Codes.Single(each => each.Name == name);
        byte[] opcode = code.Size == 1 ? [(byte)code.Value] : [0xFE, (byte)code.Value];
        byte[] operand = code.OperandType switch
        {
            OperandType.InlineMethod => BitConverter.GetBytes(0x06000001),
            OperandType.InlineType => BitConverter.GetBytes(0x02000002),
            OperandType.InlineSig => BitConverter.GetBytes(0x11000001),
            _ => [],
        };
        CheckReport report = Planted.Check(new HandMade().Image([0x00, .. opcode, .. operand, 0x2A]));
        Finding finding = Assert.Single(report.Findings);
        Assert.Equal(("NFC030", "Planted.M()", 1), (finding.Rule.Id, finding.Place, finding.Offset));
        Assert.Contains("'" + name + "'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_supported_instruction_has_a_cost_for_every_operand()
    {
        string[] supported = [.. Codes.Select(code => code.Name!).Where(name => !UnsupportedOpcodes.All.Contains(name))];
        Assert.True(supported.Length > 200);
        foreach (OperandKind operand in Enum.GetValues<OperandKind>())
            Assert.All(supported, name => Assert.InRange(OpcodeCost.For(name, operand), name == "ret" ? 0 : 1, 2_000));
        Assert.All(UnsupportedOpcodes.All, name => Assert.Throws<ArgumentException>(() => OpcodeCost.For(name)));
    }

    [Theory]
    [InlineData("add", OperandKind.Int32, 40)]
    [InlineData("add", OperandKind.Int64, 46)]
    [InlineData("ldloc.s", OperandKind.Int32, 47)]
    [InlineData("ldloc.s", OperandKind.Int64, 47)]
    [InlineData("ldloc.3", OperandKind.Int64, 42)]
    [InlineData("stloc.s", OperandKind.Int64, 55)]
    [InlineData("stloc.3", OperandKind.Int64, 53)]
    [InlineData("ldloc.2", OperandKind.UInt8, 53)]
    [InlineData("ldc.i4.7", OperandKind.Int32, 28)]
    [InlineData("ldc.i8", OperandKind.Int64, 51)]
    [InlineData("conv.i4", OperandKind.Int64, 52)]
    [InlineData("conv.ovf.i8.un", OperandKind.Int32, 86)]
    [InlineData("conv.u1", OperandKind.Int32, 73)]
    [InlineData("conv.u1", OperandKind.Int64, 55)]
    [InlineData("mul", OperandKind.Float64, 54)]
    [InlineData("ldsfld", OperandKind.Reference, 145)]
    [InlineData("ldloc.2", OperandKind.Reference, 56)]
    [InlineData("ldloc.s", OperandKind.Reference, 61)]
    [InlineData("ldarg.0", OperandKind.Int32, 40)]
    [InlineData("ldarg.0", OperandKind.Reference, 53)]
    [InlineData("ldarg.3", OperandKind.Reference, 59)]
    [InlineData("ldarg.s", OperandKind.Reference, 60)]
    [InlineData("ldarg.s", OperandKind.Int64, 46)]
    [InlineData("starg.s", OperandKind.Int64, 42)]
    [InlineData("brfalse", OperandKind.Int32, 57)]
    [InlineData("brfalse.s", OperandKind.Int32, 44)]
    public void Costs_are_the_counted_ones(string opcode, OperandKind operand, int cost) => Assert.Equal(cost, OpcodeCost.For(opcode, operand));

    [Fact]
    public void Calls_cost_what_was_counted()
    {
        Assert.Equal(411, OpcodeCost.Call(0, 0, returnsValue: false));
        Assert.Equal(459 - 28, OpcodeCost.Call(0, 0, returnsValue: true));
        Assert.Equal(476 - 40, OpcodeCost.Call(2, 0, returnsValue: true));
        Assert.Equal(380 + (10 * 39), OpcodeCost.Call(6, 10, returnsValue: false));
        // Between two rows, beyond the last, and a result on top.
        Assert.Equal(396 - 8, OpcodeCost.Call(4, 0, returnsValue: false));
        Assert.Equal(121 - (191 * 10 / 70), OpcodeCost.Call(110, 0, returnsValue: false));
        Assert.Equal(380 - 7 + 40, OpcodeCost.Call(9, 0, returnsValue: true));
    }

    [Fact]
    public void The_table_is_whole()
    {
        Assert.Equal(123, OpcodeCosts.Keys.Count);
        Assert.Equal(476, OpcodeCosts.Of("call+ret static int R(a,b){return a}"));
        Assert.Throws<ArgumentException>(() => OpcodeCosts.Of("add i5"));
    }
}
