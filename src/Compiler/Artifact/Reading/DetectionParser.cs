using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>When a decision on a task is a detection; the line may be missing.</summary>
internal sealed class DetectionParser(FieldReader fields, string task, int classes)
{
    /// <summary>Reads the line, where there is one.</summary>
    public DetectionRule? Parse()
    {
        if (!fields.Cursor.StartsWith(Keywords.Detect))
            return null;
        fields.Line(Keywords.Detect, "line 'detect'");
        int refractory = 0;
        int[] thresholds = new int[classes];
        bool ok = fields.Field(Keywords.Smoothing, 1, DetectionRule.MostSmoothing, out int smoothing)
            && fields.Field(Keywords.Refractory, 0, DetectionRule.MostRefractory, out refractory)
            && fields.Keyword(Keywords.Thresholds)
            && ParseThresholds(thresholds);
        return fields.EndLine(ok) ? new DetectionRule(smoothing, refractory, new ValueArray<int>(thresholds)) : null;
    }

    private bool ParseThresholds(int[] thresholds)
    {
        Word list = fields.Cursor.NextWord();
        int count = NumberList.Count(fields.Cursor, list);
        if (count == classes)
            return NumberList.Read(fields, list, Keywords.Thresholds, DetectionRule.Never, int.MaxValue, thresholds);
        fields.Report(
            DiagnosticCatalogue.Thresholds, fields.Cursor.PositionOf(list), "Line 'detect' of task '" + task + "'", Wording.Count(count, "threshold"), Wording.Count(classes, "label"));
        return false;
    }
}
