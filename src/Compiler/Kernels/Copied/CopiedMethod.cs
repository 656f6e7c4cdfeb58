using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Kernels.Copied;

/// <summary>A marked section of C# that is compiled here and copied into generated code, with what the C# compiler makes of it for the device.</summary>
/// <param name="Name">Of the section, and of its first method.</param>
/// <param name="Calls">Other sections that its methods call.</param>
/// <param name="Methods">In the order of the text.</param>
internal sealed record CopiedSection(string Name, ValueArray<string> Calls, ValueArray<CopiedMethod> Methods)
{
    /// <summary>Weighted instructions of a call and its return, without the body.</summary>
    public long CallCost => OpcodeCost.Call(Methods[0].Figures.Arguments, Methods[0].Figures.Locals, returnsValue: false);

    /// <summary>IL on the device.</summary>
    public int DeviceIlBytes => Methods.Sum(method => method.Figures.DeviceIlBytes);
}

/// <summary>One method of a section.</summary>
/// <param name="Figures">What it takes of an assembly.</param>
/// <param name="Blocks">
/// Its basic blocks: how many of which instructions run together, "3 add 2 ldloc.0:i8", in the notation of <see cref="IlCost"/>. How often each block runs is a tally's
/// (<see cref="KernelTally"/>).
/// </param>
internal sealed record CopiedMethod(MethodCost Figures, ValueArray<string> Blocks)
{
    /// <summary>Weighted instructions of each block; a call in it is the call alone, without the called method's body.</summary>
    public IReadOnlyList<long> Costs { get; } = [.. Blocks.Select(block => Parse(block).Sum(part => part.Count * IlCost.Of(part.Instruction)))];

    /// <summary>Instructions of each block.</summary>
    public IReadOnlyList<int> Lengths { get; } = [.. Blocks.Select(block => Parse(block).Sum(part => part.Count))];

    private static IEnumerable<(int Count, string Instruction)> Parse(string block)
    {
        string[] words = block.Split(' ');
        for (int i = 0; i < words.Length; i += 2)
            yield return (IlCost.Number(words[i]), words[i + 1]);
    }
}
