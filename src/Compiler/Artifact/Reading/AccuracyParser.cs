using System.Collections.Generic;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>How well a task is recognised: its accuracy, and which classes were taken for which. Both may be missing, the second alone too.</summary>
internal sealed class AccuracyParser(FieldReader fields, string task, int classes)
{
    /// <summary>Reads the lines, where there are any.</summary>
    public MeasuredAccuracy? Parse()
    {
        if (!fields.Cursor.StartsWith(Keywords.Accuracy))
            return null;
        MeasuredAccuracy? accuracy = ParseAccuracy();
        if (fields.Stopped || !fields.Cursor.StartsWith(Keywords.Confusion))
            return accuracy;
        ValueArray<ValueArray<int>>? confusion = ParseConfusion(out TextPosition last);
        if (accuracy is null || confusion is null)
            return null;
        CheckSums(confusion, accuracy, last);
        return accuracy with { Confusion = confusion };
    }

    private MeasuredAccuracy? ParseAccuracy()
    {
        fields.Line(Keywords.Accuracy, "line 'accuracy'");
        int floatCorrect = 0, quantisedCorrect = 0;
        bool ok = fields.Field(Keywords.Slices, 1, ArtifactLimits.Slices, out int slices)
            && fields.Field(Keywords.Float, 0, slices, out floatCorrect)
            && fields.Field(Keywords.Quantised, 0, slices, out quantisedCorrect);
        return fields.EndLine(ok) ? new MeasuredAccuracy(slices, floatCorrect, quantisedCorrect) : null;
    }

    private ValueArray<ValueArray<int>>? ParseConfusion(out TextPosition last)
    {
        LineCursor cursor = fields.Cursor;
        last = default;
        var rows = new List<ValueArray<int>>();
        for (int row = 1; row <= classes; row++)
        {
            if (!fields.NumberedLine(Keywords.Confusion, row, "task '" + task + "' has " + Wording.Count(classes, "label")))
                return null;
            ValueArray<int>? counts = fields.Keyword(Keywords.Found) ? ParseCounts(row, out last) : null;
            if (fields.EndLine(counts is not null))
                rows.Add(counts!);
        }

        return rows.Count == classes ? new ValueArray<ValueArray<int>>(rows) : null;
    }

    private ValueArray<int>? ParseCounts(int row, out TextPosition position)
    {
        Word list = fields.Cursor.NextWord();
        position = fields.Cursor.PositionOf(list);
        int count = NumberList.Count(fields.Cursor, list);
        if (count != classes)
        {
            fields.Report(
                DiagnosticCatalogue.Confusion, position, "Line 'confusion " + Wording.Number(row) + "' of task '" + task + "'", Wording.Count(count, "number"), "the task has " + Wording.Count(classes, "label"));
            return null;
        }

        int[] counts = new int[count];
        return NumberList.Read(fields, list, Keywords.Confusion, 0, ArtifactLimits.Slices, counts) ? new ValueArray<int>(counts) : null;
    }

    // Two ways to count the same slices must agree, or one of them was edited.
    private void CheckSums(ValueArray<ValueArray<int>> confusion, MeasuredAccuracy accuracy, TextPosition last)
    {
        long slices = 0, right = 0;
        for (int row = 0; row < confusion.Count; row++)
        {
            right += confusion[row][row];
            foreach (int count in confusion[row])
                slices += count;
        }

        if (slices != accuracy.Slices)
            Differ(last, Wording.Number(slices) + " slices", "line 'accuracy' has " + Wording.Number(accuracy.Slices));
        else if (right != accuracy.QuantisedCorrect)
            Differ(last, Wording.Number(right) + " right answers on its diagonal", "line 'accuracy' has " + Wording.Number(accuracy.QuantisedCorrect) + " of the quantised network");
    }

    private void Differ(TextPosition position, string found, string expected) =>
        fields.Report(DiagnosticCatalogue.Confusion, position, "The confusion matrix of task '" + task + "'", found, expected);
}
