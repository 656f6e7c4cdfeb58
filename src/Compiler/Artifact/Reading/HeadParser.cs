using System.Collections.Generic;
using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>A task's classifier: the head line and one line per class.</summary>
internal sealed class HeadParser(FieldReader fields, string task)
{
    private static readonly HeadClassArtifact Unreadable = new(0, ValueArray<int>.Empty, ValueArray<sbyte>.Empty);

    /// <summary>Reads the head.</summary>
    /// <param name="labels">Labels of the task.</param>
    /// <param name="sharedEmbedding">Width of the shared embedding.</param>
    /// <param name="ownEmbedding">Width of the adapter's, closed channels included.</param>
    /// <returns>Null where reading stopped.</returns>
    public HeadArtifact? Parse(int labels, int sharedEmbedding, int ownEmbedding)
    {
        if (!fields.Line(Keywords.Head, "line 'head' of task '" + task + "'"))
            return null;
        int own = 0, classes = 0, weightBits = 0;
        TextPosition ownPosition = default, classesPosition = default;
        string? scale = null;
        string owner = "the head of task '" + task + "'";
        bool ok = fields.Field(Keywords.Inputs, 0, ArtifactLimits.Channels, out int inputs, out TextPosition inputsPosition)
            && fields.Field(Keywords.Own, 0, ArtifactLimits.Channels, out own, out ownPosition)
            && fields.Field(Keywords.Classes, ArtifactLimits.LeastClasses, ArtifactLimits.Classes, out classes, out classesPosition)
            && fields.Field(Keywords.Weights, ArtifactLimits.LeastWeightBits, ArtifactLimits.WeightBits, out weightBits)
            && (scale = fields.Scale()) is not null;
        if (ok)
        {
            ok = fields.Inputs("The head of task '" + task + "'", Keywords.Inputs, inputs, inputsPosition, sharedEmbedding)
                & fields.Inputs("The head of task '" + task + "'", Keywords.Own, own, ownPosition, ownEmbedding);
        }

        if (ok && classes != labels)
        {
            fields.Report(DiagnosticCatalogue.ClassCount, classesPosition, Wording.Count(classes, "class"), task, Wording.Count(labels, "label"));
            ok = false;
        }

        if (!fields.EndLine(ok))
        {
            fields.Stop();
            return null;
        }

        var unit = new UnitParser(fields, owner, own, inputs + own, weightBits);
        var units = new List<HeadClassArtifact>();
        string declared = owner + " declares " + Wording.Count(classes, "class");
        for (int index = 1; index <= classes; index++)
        {
            if (!fields.NumberedLine(Keywords.Class, index, declared))
                return null;
            units.Add(ParseClass(unit, "class " + Wording.Number(index)) ?? Unreadable);
        }

        return fields.Stopped ? null : new HeadArtifact(inputs, own, weightBits, scale!, new ValueArray<HeadClassArtifact>(units));
    }

    private HeadClassArtifact? ParseClass(UnitParser unit, string name)
    {
        ValueArray<int>? offsets = null;
        ValueArray<sbyte>? weights = null;
        bool ok = fields.Field(Keywords.Bias, int.MinValue, int.MaxValue, out int bias)
            && (offsets = unit.Offsets(name)) is not null
            && (weights = unit.Weights(name)) is not null;
        return fields.EndLine(ok) ? new HeadClassArtifact(bias, offsets!, weights!) : null;
    }
}
