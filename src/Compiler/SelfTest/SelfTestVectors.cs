using System.Linq;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;

namespace AdapterCompiler.SelfTest;

/// <summary>What the interpreter answers to the test windows.</summary>
/// <param name="Hashes">One array per task: the hash of its logits for each window.</param>
internal sealed record SelfTestVectors(ValueArray<ValueArray<int>> Hashes)
{
    /// <summary>Windows of a self-test: the four extremes and twelve of noise.</summary>
    public const int Windows = 16;

    /// <summary>Runs the interpreter on every window.</summary>
    /// <param name="network">Proven, as <see cref="Compilation.ModelCompiler"/> returns it.</param>
    public static SelfTestVectors Of(Network network)
    {
        int max = (1 << network.Input.Bits) - 1;
        byte[] codes = new byte[network.Input.Frames * network.Input.Bands];
        int[][] hashes = network.Tasks.Select(_ => new int[Windows]).ToArray();
        for (int window = 0; window < Windows; window++)
        {
            SelfTestKernels.FillWindow(codes, network.Input.Bands, max, window);
            Inference inference = FixedPointInterpreter.Run(network, codes);
            for (int k = 0; k < hashes.Length; k++)
                hashes[k][window] = SelfTestKernels.Hash(inference.Logits[k]);
        }

        return new SelfTestVectors(hashes.Select(task => task.ToValueArray()).ToValueArray());
    }
}
