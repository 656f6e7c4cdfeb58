using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Operators;

namespace AdapterCompiler.Artifact.Reading;

/// <summary>One layer of the shared encoder or of an adapter: its line, its gates, its channels.</summary>
/// <param name="fields">The text.</param>
/// <param name="encoder">For messages: "the shared encoder" or "task 'bird'".</param>
/// <param name="isAdapter">Adapters have gates and own inputs.</param>
internal sealed class LayerParser(FieldReader fields, string encoder, bool isAdapter)
{
    private static readonly ChannelArtifact Unreadable = new(0, 0, ValueArray<int>.Empty, ValueArray<sbyte>.Empty, "1");

    /// <summary>Reads layer <paramref name="number"/>.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="allowed">What this layer may be.</param>
    /// <param name="sharedBelow">Channels of the shared layer below; 1 below the first.</param>
    /// <param name="ownBelow">Channels of the adapter's layer below; 0 below the first.</param>
    /// <returns>Null where reading stopped. Otherwise the layer; if errors were reported, not all of it as in the file.</returns>
    public LayerArtifact? Parse(int number, ValueArray<LayerKind> allowed, int sharedBelow, int ownBelow)
    {
        string numberText = Wording.Number(number);
        if (!fields.NumberedLine(Keywords.Layer, number, encoder))
            return null;
        if (ParseKind(number, allowed) is not { } layerOperator)
            return null;

        string layerName = "layer " + numberText + " of " + encoder;
        int own = 0, channels = 0, weightBits = 0, activationBits = 0;
        TextPosition ownPosition = default;
        bool ok = fields.Field(Keywords.Inputs, 0, ArtifactLimits.Channels, out int inputs, out TextPosition inputsPosition)
            && fields.Field(Keywords.Own, 0, ArtifactLimits.Channels, out own, out ownPosition)
            && fields.Field(Keywords.Channels, 1, ArtifactLimits.Channels, out channels)
            && fields.Field(Keywords.Weights, ArtifactLimits.LeastWeightBits, ArtifactLimits.WeightBits, out weightBits)
            && fields.Field(Keywords.Activations, 1, ArtifactLimits.CodeBits, out activationBits);
        if (ok)
        {
            bool inputsMatch = fields.Inputs("Layer " + numberText + " of " + encoder, Keywords.Inputs, inputs, inputsPosition, sharedBelow)
                & fields.Inputs("Layer " + numberText + " of " + encoder, Keywords.Own, own, ownPosition, ownBelow);
            ok = inputsMatch;
        }

        if (!fields.EndLine(ok))
        {
            fields.Stop();
            return null;
        }

        ValueArray<bool>? gates = isAdapter ? ParseGates(numberText, channels) : AllOpen(channels);
        if (gates is null)
            return null;
        var unit = new UnitParser(fields, layerName, own, layerOperator.Weights(inputs + own), weightBits);
        var units = new List<ChannelArtifact>();
        string declared = layerName + " declares " + Wording.Count(channels, "channel");
        for (int index = 1; index <= channels; index++)
        {
            if (!fields.NumberedLine(Keywords.Channel, index, declared))
                return null;
            units.Add(ParseChannel(unit, "channel " + Wording.Number(index)) ?? Unreadable);
        }

        return fields.Stopped ? null : new LayerArtifact(layerOperator.Kind, inputs, own, weightBits, activationBits, new ValueArray<ChannelArtifact>(units), gates);
    }

    private LayerOperator? ParseKind(int number, ValueArray<LayerKind> allowed)
    {
        LineCursor cursor = fields.Cursor;
        Word word = cursor.NextWord();
        string found = cursor.TextOf(word);
        LayerOperator? known = LayerOperators.Find(found);
        if (known is not null && allowed.Contains(known.Kind))
            return known;
        if (known is null)
        {
            ValueArray<string> kinds = LayerOperators.Keywords;
            fields.Report(DiagnosticCatalogue.UnknownLayerKind, cursor.PositionOf(word), Wording.Excerpt(found), Suggestion.For(found, kinds), string.Join(", ", kinds));
        }
        else
        {
            string expected = "'" + string.Join("' or '", allowed.Select(kind => LayerOperators.Of(kind).Keyword)) + "'";
            fields.Report(DiagnosticCatalogue.LayerOrder, cursor.PositionOf(word), Wording.Number(number), encoder, known.Keyword, expected);
        }

        fields.Stop();
        return null;
    }

    private ValueArray<bool>? ParseGates(string number, int channels)
    {
        if (!fields.Line(Keywords.Gates, "line 'gates' of layer " + number + " of " + encoder))
            return null;
        LineCursor cursor = fields.Cursor;
        Word mask = cursor.NextWord();
        bool ok = true;
        for (int at = mask.Start; ok && at < mask.Start + mask.Length; at++)
        {
            ok = cursor[at] is '0' or '1';
            if (!ok)
                fields.Report(DiagnosticCatalogue.GateMaskCharacter, cursor.PositionOf(new Word(at, 1)), cursor.TextOf(new Word(at, 1)));
        }

        if (ok && mask.Length != channels)
        {
            fields.Report(
                DiagnosticCatalogue.GateMaskWidth, cursor.PositionOf(mask), encoder, number, Wording.Count(mask.Length, "gate"), Wording.Count(channels, "channel"));
            ok = false;
        }

        bool[] gates = new bool[channels];
        for (int index = 0; ok && index < channels; index++)
            gates[index] = cursor[mask.Start + index] == '1';
        fields.EndLine(ok);
        return fields.Stopped ? null : new ValueArray<bool>(gates);
    }

    private ChannelArtifact? ParseChannel(UnitParser unit, string name)
    {
        int bias = 0;
        string? scale = null;
        ValueArray<int>? offsets = null;
        ValueArray<sbyte>? weights = null;
        bool ok = fields.Field(Keywords.Shift, 0, ArtifactLimits.Shift, out int shift)
            && fields.Field(Keywords.Bias, int.MinValue, int.MaxValue, out bias)
            && (scale = fields.Scale()) is not null
            && (offsets = unit.Offsets(name)) is not null
            && (weights = unit.Weights(name)) is not null;
        return fields.EndLine(ok) ? new ChannelArtifact(bias, shift, offsets!, weights!, scale!) : null;
    }

    private static ValueArray<bool> AllOpen(int channels)
    {
        bool[] gates = new bool[channels];
        for (int index = 0; index < channels; index++)
            gates[index] = true;
        return new ValueArray<bool>(gates);
    }
}
