using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels.Dense;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Model;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Kernels.Dense;

/// <summary>
/// What a multiply-accumulate costs, loads and requantisation included, zero weights counted too: a change that makes one dearer shows
/// here. Loops cost about 1,090. Limits of output lanes were raised by 1 to 2 when the prices of opcodes were counted again (1dd97cd): with the prices before they cost
/// 77.1, 55.6, 39.1, 32.5, 88.5, 68.4, 51.6 and 44.8 in the first eight cases, below 78, 56, 39.5, 33, 89, 69, 52 and 45.5 as before.
/// </summary>
public sealed class DenseCostTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(96, 96, 8, 0.0, 144.5, 79.5)]
    [InlineData(96, 96, 4, 0.0, 105, 57.5)]
    [InlineData(96, 96, 4, 0.7, 41.5, 40.5)]
    [InlineData(96, 96, 2, 0.7, 39, 34)]
    [InlineData(106, 19, 8, 0.0, 143, 91)]
    [InlineData(106, 19, 4, 0.0, 108.5, 70)]
    [InlineData(106, 19, 4, 0.7, 45, 53)]
    [InlineData(106, 19, 2, 0.7, 42.5, 46.5)]
    [InlineData(106, 3, 8, 0.0, 216, 147.5)]
    [InlineData(106, 3, 2, 0.7, 72.5, 81)]
    public void A_multiply_accumulate_costs_no_more(int inputs, int outputs, int bits, double zeros, double mostInSums, double mostInLanes)
    {
        bool isHead = outputs < inputs;
        DenseStep step = DenseSteps.Gaussian(inputs, outputs, bits, zeros, isHead);
        var block = new Block(inputs, 0, bits, 127, outputs, step.Outputs.Select((o, i) => new Channel(i + 1, o.Bias, o.Shift ?? 0, o.Weights)).ToValueArray());
        double weights = inputs * outputs;
        double loop = LoopTally.FullyConnected(block).Cost / weights;
        foreach ((DenseKernel kernel, double most) in new[] { (DenseKernel.Sums, mostInSums), (DenseKernel.OutputLanes, mostInLanes) })
        {
            ValueArray<AssembledMethod> methods = DenseCode.Lower(kernel, "Dense", step, DenseSteps.Codes, isHead ? DenseSteps.Logits : DenseSteps.Codes)!;
            double cost = methods.Sum(method => method.Figures.WeightedCost) / weights, bytes = methods.Sum(method => method.Figures.Bytes) / weights;
            output.WriteLine($"{inputs} -> {outputs}, {bits} bit, {zeros:P0} zeros, {kernel}: {cost:F1} weighted and {bytes:F2} bytes a weight in {methods.Count} methods; loop {loop:F1}");
            Assert.InRange(cost, 0, most);
            Assert.True(cost * 5 < loop);
        }
    }
}
