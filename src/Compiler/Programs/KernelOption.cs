namespace AdapterCompiler.Programs;

/// <summary>A kernel that suits a layer, or the heads, and what it takes there.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Weighted">Weighted instructions of a window that asks for every task, without packing and unpacking.</param>
/// <param name="IlBytes">IL on the device.</param>
/// <param name="TableBytes">Weights, biases and shifts in tables.</param>
/// <param name="SignatureBytes">Signatures of its methods, which stand where tables do.</param>
/// <param name="Size">The IL channel by channel.</param>
internal sealed record KernelOption(LayerKernel Kernel, long Weighted, int IlBytes, int TableBytes, int SignatureBytes, LayerSize Size)
{
    /// <summary>The figures follow from those of other options; no code was built.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Flash that it takes.</summary>
    public int Bytes => IlBytes + TableBytes;
}
