using AdapterCompiler.Lowering.Lanes;

namespace AdapterCompiler.Lowering.Parts;

/// <summary>What a part holds so far.</summary>
internal sealed record PartFill(StageSizes Sizes)
{
    private Piece? last;
    private long tableBytes;
    private long ilBytes;
    private long layerIl;
    private int calls;
    private int methods;
    private int layers;

    /// <summary>With one more piece.</summary>
    public PartFill With(Piece piece)
    {
        bool beginsLayer = last is null || piece.Layer != last.Layer;
        bool beginsStep = beginsLayer || !piece.IsOfStep(last!);
        long before = beginsLayer ? 0 : layerIl;
        int loads = Sizes.LoadsOf(piece.Layer);
        // As many methods as the layer's code takes here, each with its loads.
        int more = Methods(before + piece.IlBytes, loads) - Methods(before, loads);
        return this with
        {
            last = piece,
            tableBytes = tableBytes + piece.TableBytes,
            ilBytes = ilBytes + piece.IlBytes + ((long)more * loads),
            layerIl = before + piece.IlBytes,
            calls = calls + (beginsStep ? Sizes.CallsOf(piece.Layer) : 0) + (beginsLayer ? 1 : 0),
            methods = methods + more,
            layers = layers + (beginsLayer ? 1 : 0),
        };
    }

    /// <summary>In millionths of a full assembly.</summary>
    public long Load(PartLoad empty) => empty.With(tableBytes, ilBytes, calls, methods, layers);

    private static int Methods(long il, int loads) => il == 0 ? 0 : (int)(1 + ((il - 1) / System.Math.Max(1, LaneTiles.MostBytes - loads)));
}
