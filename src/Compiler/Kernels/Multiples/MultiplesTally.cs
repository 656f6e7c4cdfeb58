using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels.Multiples;

/// <summary>How often each block of these kernels runs.</summary>
internal static class MultiplesTally
{
    /// <summary>One call of Multiply.</summary>
    public static KernelTally Multiply(long inputs, long largest) => KernelTally.One(MultiplesLayerCode.Multiply, 1, inputs, inputs * largest, (inputs * largest) + inputs, inputs, inputs + 1, 1);

    /// <summary>One call of ConnectMultiples.</summary>
    public static KernelTally FullyConnected(Block block)
    {
        KernelTally tally = Outputs(MultiplesLayerCode.Connect, block.Channels.Count, block.Channels.Sum(channel => MultiplesRow.Groups(channel.Weights)));
        LoopTally.Requantise(tally, block.Channels.Count);
        return tally;
    }

    /// <summary>One call of ClassifyMultiples.</summary>
    public static KernelTally Head(HeadStep head, NetworkTask task) =>
        Outputs(MultiplesLayerCode.Classify, head.Classes, task.Classes.Skip(head.FirstClass).Take(head.Classes).Sum(output => MultiplesRow.Groups(output.Weights)));

    private static KernelTally Outputs(string section, long outputs, long groups) => KernelTally.One(section, 1, outputs, groups, groups + outputs, outputs, outputs + 1, 1);
}
