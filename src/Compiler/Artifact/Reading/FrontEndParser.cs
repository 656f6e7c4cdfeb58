using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>The line of the front end: a kind and its parameters.</summary>
/// <param name="fields">The text, behind the line's first word.</param>
/// <param name="bands">Bands of the input.</param>
/// <param name="bandsPosition">Where they stand.</param>
internal sealed class FrontEndParser(FieldReader fields, int bands, TextPosition bandsPosition)
{
    private int rate, window, hop, low, high;
    private TextPosition highPosition;

    /// <summary>Null where the line cannot be understood, which was reported.</summary>
    public FrontEndSpec? Parse()
    {
        FrontEndSpec? frontEnd = fields.OneOf(Keywords.FrontEnds) switch
        {
            Keywords.LogMel => ParseLogMel(),
            Keywords.IntegerMel => ParseIntegerMel(isSparse: false, isFine: false),
            Keywords.SparseMel => ParseIntegerMel(isSparse: true, isFine: false),
            Keywords.FineMel => ParseIntegerMel(isSparse: false, isFine: true),
            _ => null,
        };
        return fields.EndLine(frontEnd is not null) ? frontEnd : null;
    }

    private LogMelSpec? ParseLogMel()
    {
        int transform = 0, floor = 0, step = 0;
        TextPosition transformPosition = default;
        bool ok = ParseSampling(1, ArtifactLimits.TransformLength, ArtifactLimits.TransformLength)
            && fields.Field(Keywords.Transform, 1, ArtifactLimits.TransformLength, out transform, out transformPosition)
            && ParseEdges()
            && fields.Field(Keywords.FloorMillidecibels, -ArtifactLimits.FloorMillidecibels, ArtifactLimits.FloorMillidecibels, out floor)
            && fields.Field(Keywords.StepMillidecibels, 1, ArtifactLimits.StepMillidecibels, out step);
        if (!ok)
            return null;
        if (transform < window || (transform & (transform - 1)) != 0)
        {
            string reason = "a power of two not below the window of " + Wording.Number(window) + " is expected";
            fields.Report(DiagnosticCatalogue.FrontEnd, transformPosition, Keywords.Transform, Wording.Number(transform), reason);
        }

        CheckEdges();
        return new LogMelSpec(rate, window, hop, transform, low, high, floor, step);
    }

    private IntegerMelSpec? ParseIntegerMel(bool isSparse, bool isFine)
    {
        int codesPerOctave = 0, floor = 0;
        bool ok = ParseSampling(IntegerMelLimits.LeastWindow, IntegerMelLimits.Window, IntegerMelLimits.Hop)
            && ParseEdges()
            && fields.Field(Keywords.CodesPerOctave, 1, IntegerMelLimits.CodesPerOctave, out codesPerOctave)
            && fields.Field(Keywords.Floor, -IntegerMelLimits.Floor, IntegerMelLimits.Floor, out floor);
        if (!ok)
            return null;
        var spec = new IntegerMelSpec(rate, window, hop, low, high, codesPerOctave, floor, isSparse, isFine);
        if (CheckEdges() && IntegerMelLimits.BandProblem(spec, bands) is { } problem)
            fields.Report(DiagnosticCatalogue.FrontEnd, bandsPosition, Keywords.Bands, Wording.Number(bands), problem);
        return spec;
    }

    private bool ParseSampling(int leastWindow, int mostWindow, int mostHop) =>
        fields.Field(Keywords.Rate, 1, ArtifactLimits.SampleRate, out rate)
        && fields.Field(Keywords.Window, leastWindow, mostWindow, out window)
        && fields.Field(Keywords.Hop, 1, mostHop, out hop);

    private bool ParseEdges() =>
        fields.Field(Keywords.LowHertz, 0, ArtifactLimits.SampleRate, out low)
        && fields.Field(Keywords.HighHertz, 0, ArtifactLimits.SampleRate, out high, out highPosition);

    private bool CheckEdges()
    {
        if (high > low && high <= rate / 2)
            return true;
        string reason = "a number above " + Wording.Number(low) + " and up to half the rate, " + Wording.Number(rate / 2) + ", is expected";
        fields.Report(DiagnosticCatalogue.FrontEnd, highPosition, Keywords.HighHertz, Wording.Number(high), reason);
        return false;
    }
}
