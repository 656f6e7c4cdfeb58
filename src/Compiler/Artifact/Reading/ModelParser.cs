using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>The whole file: header, shared encoder, tasks, hash.</summary>
internal sealed class ModelParser
{
    private readonly string text;
    private readonly FieldReader fields;

    public ModelParser(string text)
    {
        this.text = text;
        fields = new FieldReader(new LineCursor(text), ModelSeal.FindSeal(text) >= 0);
    }

    public ReadResult Parse()
    {
        ModelArtifact? model = ParseSections();
        return fields.IsClean ? new ReadResult(model, fields.Diagnostics) : new ReadResult(null, fields.Diagnostics);
    }

    private ModelArtifact? ParseSections()
    {
        var header = new HeaderParser(fields);
        header.Parse();
        ValueArray<LayerArtifact>? shared = ParseShared();
        if (shared is null)
            return null;
        LayerOperator[] pools = [.. shared.Select(layer => layer.Operator).Where(layer => layer.Divisor.Columns > 1)];
        CheckPooling(Keywords.Frames, header.Input.Frames, header.FramesPosition, [.. pools.Select(pool => pool.Divisor.Rows)]);
        CheckPooling(Keywords.Bands, header.Input.Bands, header.BandsPosition, [.. pools.Select(pool => pool.Divisor.Columns)]);
        CheckRows(header, shared);

        var tasks = new List<TaskArtifact>();
        var taskParser = new TaskParser(fields, shared);
        do
        {
            if (tasks.Count == ArtifactLimits.Tasks)
            {
                TooMany("The model", tasks.Count + 1, "task", 1, ArtifactLimits.Tasks);
                return null;
            }

            if (taskParser.Parse() is not { } task)
                return null;
            tasks.Add(task);
        }
        while (fields.Cursor.StartsWith(Keywords.Task));

        ParseHash();
        return new ModelArtifact(header.Name, header.Command, header.Input, header.FrontEnd, shared, new ValueArray<TaskArtifact>(tasks)) { Provenance = header.Provenance };
    }

    private ValueArray<LayerArtifact>? ParseShared()
    {
        if (!fields.Line(Keywords.Encoder, "line 'encoder shared'"))
            return null;
        if (!fields.EndLine(fields.Keyword(Keywords.Shared)))
        {
            fields.Stop();
            return null;
        }

        var layers = new List<LayerArtifact>();
        var parser = new LayerParser(fields, "the shared encoder", isAdapter: false);
        int below = 1;
        ValueArray<LayerKind> next = LayerOperators.First;
        while (next.Count > 0)
        {
            // Where there is room for no more than an encoder's end, what could go on for ever is out.
            bool mustEnd = layers.Count >= ArtifactLimits.Layers - ArtifactLimits.LeastLayers;
            ValueArray<LayerKind> allowed = next.Where(kind => !mustEnd || !LayerOperators.Of(kind).Next.Contains(kind)).ToValueArray();
            if (parser.Parse(layers.Count + 1, allowed, below, 0) is not { } layer)
                return null;
            layers.Add(layer);
            below = layer.Channels.Count;
            next = layer.Operator.Next;
        }

        return new ValueArray<LayerArtifact>(layers);
    }

    // Without padding in time rows are lost at every layer.
    private void CheckRows(HeaderParser header, ValueArray<LayerArtifact> shared)
    {
        if (header.FramesPosition.Line == 0 || LayerOperators.FewestRows(shared.Select(layer => layer.Operator)) is var least && header.Input.Frames >= least)
            return;
        fields.Report(DiagnosticCatalogue.FewFrames, header.FramesPosition, Keywords.Frames, Wording.Number(header.Input.Frames), Wording.Number(least));
    }

    private void CheckPooling(string keyword, int side, TextPosition position, int[] pools)
    {
        int multiple = pools.Aggregate(1, (product, pool) => product * pool);
        // Position 0: the input line itself was wrong and has its own diagnostic.
        if (side % multiple == 0 || position.Line == 0)
            return;
        fields.Report(
            DiagnosticCatalogue.InputShape, position, keyword, Wording.Number(side), Wording.Count(pools.Length, "conv layer"), Wording.Number(multiple));
    }

    private void TooMany(string owner, int count, string noun, int least, int most)
    {
        LineCursor cursor = fields.Cursor;
        fields.Report(
            DiagnosticCatalogue.CountOutOfRange, cursor.PositionOf(cursor.NextWord()), owner, Wording.Count(count, noun), Wording.Number(least), Wording.Number(most));
        fields.Stop();
    }

    private void ParseHash()
    {
        LineCursor cursor = fields.Cursor;
        int seal = cursor.LineStart;
        if (!fields.Line(Keywords.Hash, "line 'task' or 'sha256'"))
            return;
        Word word = cursor.NextWord();
        int start = text[0] == '\uFEFF' ? 1 : 0;
        // Any error so far explains a wrong hash: the file is being edited, or damaged.
        if (fields.IsClean)
        {
            string hash = ModelSeal.Hash(text, start, seal);
            if (!cursor.Is(word, hash))
                fields.Report(DiagnosticCatalogue.WrongHash, cursor.PositionOf(word), ShortHash(cursor.TextOf(word)), ShortHash(hash));
        }

        fields.EndLine(true);
        if (cursor.HasLine)
            fields.Unexpected(cursor.NextWord(), Keywords.Hash, "the end of the file");
    }

    private static string ShortHash(string hash) => hash.Length <= 12 ? hash : hash.Substring(0, 12) + "…";
}
