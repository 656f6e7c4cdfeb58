using AdapterCompiler.Programs;

namespace AdapterCompiler.Schedule;

/// <summary>What a part holds so far.</summary>
internal sealed record PartFill(LayerSizes Sizes)
{
    private Piece? last;
    private long tableBytes;
    private long ilBytes;
    private long layerIl;
    private int methods;
    private int layers;

    /// <summary>With one more piece.</summary>
    public PartFill With(Piece piece)
    {
        LayerSize layer = Sizes.Layers[piece.Layer];
        bool begins = last is null || piece.Layer != last.Layer;
        long before = begins ? 0 : layerIl;
        // As many methods as the layer's code takes here, each with its loads.
        int more = Methods(before + piece.IlBytes, layer) - Methods(before, layer);
        return this with
        {
            last = piece,
            tableBytes = tableBytes + piece.TableBytes,
            ilBytes = ilBytes + piece.IlBytes + ((long)more * layer.Loads) + (begins ? layer.Entry : 0),
            layerIl = before + piece.IlBytes,
            methods = methods + more,
            layers = layers + (begins ? 1 : 0),
        };
    }

    /// <summary>In millionths of a full assembly.</summary>
    public long Load(PartLoad empty) => empty.With(tableBytes, ilBytes, methods, layers);

    private static int Methods(long il, LayerSize layer) => il == 0 ? 0 : (int)(1 + ((il - 1) / layer.MostMethodBytes));
}
