using System;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>What the lines of one layer or head have in common: offsets and a weight block.</summary>
/// <param name="fields">The text.</param>
/// <param name="owner">For messages, for example "task 'bird'".</param>
/// <param name="ownInputs">Offsets of a line.</param>
/// <param name="weightCount">Weights of a line.</param>
/// <param name="weightBits">Declared width.</param>
internal sealed class UnitParser(FieldReader fields, string owner, int ownInputs, int weightCount, int weightBits)
{
    // One per layer: a wrong declaration makes every block of the layer wrong in the same way.
    private bool reportedLength;
    private bool reportedWidth;
    private int[] offsets = [];
    private sbyte[] weights = [];

    /// <summary>Offsets where the layer has own inputs, else none; null after a report.</summary>
    public ValueArray<int>? Offsets(string unit)
    {
        if (ownInputs == 0)
            return ValueArray<int>.Empty;
        if (!fields.Keyword(Keywords.Offsets))
            return null;
        LineCursor cursor = fields.Cursor;
        Word list = cursor.NextWord();
        int count = NumberList.Count(cursor, list);
        if (count != ownInputs)
        {
            fields.Report(
                DiagnosticCatalogue.OffsetCount, cursor.PositionOf(list), unit + " of " + owner, Wording.Count(count, "offset"), Wording.Count(ownInputs, "own input"));
            return null;
        }

        if (offsets.Length < count)
            offsets = new int[count];
        return NumberList.Read(fields, list, Keywords.Offsets, int.MinValue, int.MaxValue, offsets)
            ? new ValueArray<int>(new ArraySegment<int>(offsets, 0, count))
            : null;
    }

    /// <summary>The weight block; null after a report, or after one like it in this layer.</summary>
    public ValueArray<sbyte>? Weights(string unit)
    {
        if (!fields.Keyword(Keywords.Weights))
            return null;
        LineCursor cursor = fields.Cursor;
        Word block = cursor.NextWord();
        if (block.Length != WeightBlock.EncodedLength(weightCount))
        {
            WrongLength(block, unit);
            return null;
        }

        if (weights.Length < weightCount)
            weights = new sbyte[weightCount];
        int foreign = cursor.DecodeBlock(block, weightCount, weights);
        if (foreign >= 0)
        {
            NotBase64(foreign);
            return null;
        }

        int least = -(1 << (weightBits - 1));
        int most = (1 << (weightBits - 1)) - 1;
        for (int index = 0; index < weightCount; index++)
        {
            if (weights[index] >= least && weights[index] <= most)
                continue;
            if (!reportedWidth)
            {
                string number = Wording.Number(index + 1);
                string value = Wording.Number(weights[index]);
                fields.Report(
                    DiagnosticCatalogue.WeightOutsideWidth, cursor.PositionOf(block), number, unit + " of " + owner, value, Wording.Number(weightBits), Wording.Number(least), Wording.Number(most));
            }

            reportedWidth = true;
            return null;
        }

        return new ValueArray<sbyte>(new ArraySegment<sbyte>(weights, 0, weightCount));
    }

    private void WrongLength(Word block, string unit)
    {
        int foreign = fields.Cursor.FirstForeign(block);
        if (foreign >= 0)
        {
            NotBase64(foreign);
            return;
        }

        if (!reportedLength)
        {
            string needed = Wording.Count(weightCount, "weight");
            string length = Wording.Number(WeightBlock.EncodedLength(weightCount));
            fields.Report(
                DiagnosticCatalogue.BlockLength, fields.Cursor.PositionOf(block), unit + " of " + owner, Wording.Count(block.Length, "character"), needed, length);
        }

        reportedLength = true;
    }

    private void NotBase64(int index)
    {
        LineCursor cursor = fields.Cursor;
        fields.Report(DiagnosticCatalogue.NotBase64, cursor.PositionOf(new Word(index, 1)), "'" + cursor.TextOf(new Word(index, 1)) + "'");
    }
}
