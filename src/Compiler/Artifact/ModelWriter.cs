using System;
using System.Globalization;
using System.Text;

namespace AdapterCompiler.Artifact;

/// <summary>Prints a model in the format of docs/artifact-format.md; <see cref="ModelReader"/> reads it back to an equal model.</summary>
public static class ModelWriter
{
    /// <summary>The file's text, \n line ends, sealed. Equal models give equal texts.</summary>
    /// <exception cref="ArgumentException">
    /// The model breaks a rule of the format, which the message names: a mistake of the calling program, not of its user.
    /// </exception>
    public static string Write(ModelArtifact model)
    {
        var text = new StringBuilder();
        Header(text, model);
        Line(text).Word(Keywords.Encoder).Word(Keywords.Shared).End();
        for (int index = 0; index < model.Shared.Count; index++)
            Layer(text, index + 1, model.Shared[index], hasGates: false);
        foreach (TaskArtifact task in model.Tasks)
            Task(text, task);
        string sealedText = ModelSeal.Seal(text.ToString());

        // The rules live in the reader alone; a label with a line break, say, would read as something else.
        ReadResult check = ModelReader.Read(sealedText);
        if (check.Diagnostics.Count > 0)
            throw new ArgumentException(check.Diagnostics[0].ToText(model.Name), nameof(model));
        if (!model.Equals(check.Model))
            throw new ArgumentException("The model does not read back as itself: a name, label or the command has characters that a line cannot hold, or a shared layer has closed gates.", nameof(model));
        return sealedText;
    }

    private static void Header(StringBuilder text, ModelArtifact model)
    {
        Line(text).Word(Keywords.Magic).Word(Keywords.Version).End();
        Line(text).Word(Keywords.Name).Word(model.Name).End();
        Line(text).Word(Keywords.Command).Word(model.Command).End();
        if (model.Provenance is { } made)
        {
            Line(text).Word(Keywords.Provenance)
                .Word(Keywords.Tool).Word(made.Tool).Word(Keywords.Commit).Word(made.Commit).Word(Keywords.Data).Word(made.Data)
                .End();
        }

        Line(text).Word(Keywords.Input)
            .Field(Keywords.Frames, model.Input.Frames)
            .Field(Keywords.Bands, model.Input.Bands)
            .Field(Keywords.Bits, model.Input.Bits)
            .End();
        FrontEnd(text, model.FrontEnd);
        text.Append('\n');
    }

    private static void FrontEnd(StringBuilder text, FrontEndSpec frontEnd)
    {
        LineWriter line = Line(text).Word(Keywords.FrontEnd)
            .Word(frontEnd switch
            {
                IntegerMelSpec { IsFine: true } => Keywords.FineMel,
                IntegerMelSpec { IsSparse: true } => Keywords.SparseMel,
                IntegerMelSpec => Keywords.IntegerMel,
                _ => Keywords.LogMel,
            })
            .Field(Keywords.Rate, frontEnd.SampleRate)
            .Field(Keywords.Window, frontEnd.WindowLength)
            .Field(Keywords.Hop, frontEnd.HopLength);
        if (frontEnd is LogMelSpec padded)
            line.Field(Keywords.Transform, padded.TransformLength);
        line.Field(Keywords.LowHertz, frontEnd.LowHertz).Field(Keywords.HighHertz, frontEnd.HighHertz);
        switch (frontEnd)
        {
            case LogMelSpec logMel:
                line.Field(Keywords.FloorMillidecibels, logMel.FloorMillidecibels).Field(Keywords.StepMillidecibels, logMel.StepMillidecibels);
                break;
            case IntegerMelSpec integerMel:
                line.Field(Keywords.CodesPerOctave, integerMel.CodesPerOctave).Field(Keywords.Floor, integerMel.Floor);
                break;
        }

        line.End();
    }

    private static void Layer(StringBuilder text, int number, LayerArtifact layer, bool hasGates)
    {
        Line(text).Field(Keywords.Layer, number).Word(layer.Operator.Keyword)
            .Field(Keywords.Inputs, layer.SharedInputs)
            .Field(Keywords.Own, layer.OwnInputs)
            .Field(Keywords.Channels, layer.Channels.Count)
            .Field(Keywords.Weights, layer.WeightBits)
            .Field(Keywords.Activations, layer.ActivationBits)
            .End();
        if (hasGates)
        {
            var mask = new StringBuilder(layer.Gates.Count);
            foreach (bool isOpen in layer.Gates)
                mask.Append(isOpen ? '1' : '0');
            Line(text).Word(Keywords.Gates).Word(mask.ToString()).End();
        }

        for (int index = 0; index < layer.Channels.Count; index++)
        {
            ChannelArtifact channel = layer.Channels[index];
            Line(text).Field(Keywords.Channel, index + 1)
                .Field(Keywords.Shift, channel.Shift)
                .Field(Keywords.Bias, channel.Bias)
                .Word(Keywords.Scale).Word(channel.Scale)
                .Offsets(channel.Offsets)
                .Word(Keywords.Weights).Word(WeightBlock.Encode(channel.Weights))
                .End();
        }
    }

    private static void Task(StringBuilder text, TaskArtifact task)
    {
        text.Append('\n');
        Line(text).Word(Keywords.Task).Word(task.Name).End();
        foreach (string label in task.Labels)
            Line(text).Word(Keywords.Label).Word(label).End();
        if (task.Accuracy is { } accuracy)
        {
            Line(text).Word(Keywords.Accuracy)
                .Field(Keywords.Slices, accuracy.Slices)
                .Field(Keywords.Float, accuracy.FloatCorrect)
                .Field(Keywords.Quantised, accuracy.QuantisedCorrect)
                .End();
            for (int index = 0; index < accuracy.Confusion.Count; index++)
                Line(text).Field(Keywords.Confusion, index + 1).Word(Keywords.Found).Numbers(accuracy.Confusion[index]).End();
        }

        if (task.Detection is { } detection)
        {
            Line(text).Word(Keywords.Detect)
                .Field(Keywords.Smoothing, detection.Smoothing)
                .Field(Keywords.Refractory, detection.Refractory)
                .Word(Keywords.Thresholds).Numbers(detection.Thresholds)
                .End();
        }

        for (int index = 0; index < task.Layers.Count; index++)
            Layer(text, index + 1, task.Layers[index], hasGates: true);
        HeadArtifact head = task.Head;
        Line(text).Word(Keywords.Head)
            .Field(Keywords.Inputs, head.SharedInputs)
            .Field(Keywords.Own, head.OwnInputs)
            .Field(Keywords.Classes, head.Classes.Count)
            .Field(Keywords.Weights, head.WeightBits)
            .Word(Keywords.Scale).Word(head.Scale)
            .End();
        for (int index = 0; index < head.Classes.Count; index++)
        {
            HeadClassArtifact headClass = head.Classes[index];
            Line(text).Field(Keywords.Class, index + 1)
                .Field(Keywords.Bias, headClass.Bias)
                .Offsets(headClass.Offsets)
                .Word(Keywords.Weights).Word(WeightBlock.Encode(headClass.Weights))
                .End();
        }
    }

    private static LineWriter Line(StringBuilder text) => new(text);

    /// <summary>Words of one line, separated by single spaces.</summary>
    private sealed class LineWriter(StringBuilder text)
    {
        private bool hasWord;

        public LineWriter Word(string word)
        {
            if (hasWord)
                text.Append(' ');
            text.Append(word);
            hasWord = true;
            return this;
        }

        public LineWriter Field(string name, int value) => Word(name).Word(value.ToString(CultureInfo.InvariantCulture));

        public LineWriter Offsets(ValueArray<int> offsets)
        {
            if (offsets.Count == 0)
                return this;
            return Word(Keywords.Offsets).Numbers(offsets);
        }

        public LineWriter Numbers(ValueArray<int> numbers)
        {
            Word("");
            for (int index = 0; index < numbers.Count; index++)
                text.Append(index == 0 ? "" : ",").Append(numbers[index].ToString(CultureInfo.InvariantCulture));
            return this;
        }

        public void End() => text.Append('\n');
    }
}
