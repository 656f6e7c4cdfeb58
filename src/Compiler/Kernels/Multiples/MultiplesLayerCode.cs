using System;
using System.Linq;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Multiples;

/// <summary>Fully connected layers and heads as calls: inputs are multiplied, those of the shared encoder for all blocks, then blocks add up.</summary>
internal static class MultiplesLayerCode
{
    /// <summary>Copied section that multiplies inputs.</summary>
    public const string Multiply = "Multiply";

    /// <summary>Copied section of layers.</summary>
    public const string Connect = "ConnectMultiples";

    /// <summary>Copied section of heads.</summary>
    public const string Classify = "ClassifyMultiples";

    /// <summary>A layer.</summary>
    public static LayerCode FullyConnected(PartProgram program, PartLayer lowered)
    {
        Layer layer = lowered.Layer;
        PartIdentity part = program.Part;
        var builder = new LayerCodeBuilder(part, takesCodes: false, takesTasks: lowered.Steps.Any(step => step.Task is not null));
        if (lowered.Steps.Count > 0)
            SharedMultiples(builder, lowered.Kernel, part.Codes(layer.Index - 1, null, lowered.Steps[0].SharedOffset), lowered.Steps[0].Block.SharedInputs);
        foreach (PlacedStep step in lowered.Steps)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, step));
            if (step.Block.OwnInputs > 0)
                Multiples(builder, lowered.Kernel, step.Mask, part.Codes(layer.Index - 1, step.Task, step.OwnOffset), step.Block.OwnInputs, step.Block.SharedInputs);
            builder.Kernel(
                step.Mask, MultiplesTally.FullyConnected(step.Block), Connect,
                ("multiples", StateFields.Multiples), ("terms", StateFields.Terms), ("term", part.Term(layer.Index, step.Task, step.Table)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
                ("channel", part.Channel(layer.Index, step.Task, step.Table)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
                ("codes", StateFields.Arena(part)), ("next", part.Output(layer, step)));
        }

        return builder.Build(LayerNames.Method(layer.Index));
    }

    /// <summary>The heads.</summary>
    public static LayerCode Heads(PartProgram program)
    {
        PartIdentity part = program.Part;
        var builder = new LayerCodeBuilder(part, takesCodes: false, takesTasks: true);
        int top = program.Network.Layers.Count;
        LayerKernel kernel = program.Plan.Heads;
        if (program.Heads.Count > 0)
            SharedMultiples(builder, kernel, part.Codes(top, null, program.Heads[0].SharedOffset), program.Network.Tasks[program.Heads[0].Task].SharedInputs);
        foreach (PlacedHead head in program.Heads)
        {
            NetworkTask task = program.Network.Tasks[head.Task];
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, head));
            if (task.OwnInputs > 0)
                Multiples(builder, kernel, 1 << head.Task, part.Codes(top, head.Task, head.OwnOffset), task.OwnInputs, task.SharedInputs);
            builder.Kernel(
                1 << head.Task, MultiplesTally.Head(head, task), Classify,
                ("multiples", StateFields.Multiples), ("terms", StateFields.Terms), ("term", part.Term(null, head.Task, head.Table)), ("biases", StateFields.Biases),
                ("channel", part.Channel(null, head.Task, head.Table)), ("classes", Expressions.Int(head.Classes)),
                ("logits", StateFields.Logits(part, head.Task)), ("next", Expressions.Int(head.FirstClass)));
        }

        return builder.Build("Heads");
    }

    private static void SharedMultiples(LayerCodeBuilder builder, LayerKernel kernel, Expression from, int inputs)
    {
        builder.Comment(FormattableString.Invariant($"Shared inputs times the weights that there are, 1 to {MultiplesRow.Largest(kernel)} and their negatives, for all that follows; a task's own come behind them."));
        Multiples(builder, kernel, 0, from, inputs, 0);
    }

    private static void Multiples(LayerCodeBuilder builder, LayerKernel kernel, int mask, Expression from, int inputs, int before)
    {
        int largest = MultiplesRow.Largest(kernel);
        builder.Kernel(
            mask, MultiplesTally.Multiply(inputs, largest), Multiply,
            ("codes", StateFields.Arena(builder.Part)), ("from", from), ("inputs", Expressions.Int(inputs)), ("multiples", StateFields.Multiples), ("at", Expressions.Int(MultiplesRow.Start(kernel, before))),
            ("largest", Expressions.Int(largest)));
    }
}
