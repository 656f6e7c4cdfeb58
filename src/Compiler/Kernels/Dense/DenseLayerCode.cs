using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Fully connected layers and heads as code with weights in it.</summary>
internal static class DenseLayerCode
{
    public static LayerCode Build(PartProgram program, PartLayer layer, DenseKernel kernel)
    {
        var builder = new LayerCodeBuilder(program.Part, takesCodes: false, layer.Steps.Any(step => step.Task is not null));
        foreach (PlacedStep step in layer.Steps)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, step));
            foreach (AssembledMethod method in Methods(program, layer, step, kernel))
                builder.Method(step.Mask, method);
        }

        return builder.Build(LayerNames.Method(layer.Layer.Index));
    }

    public static LayerCode Heads(PartProgram program, DenseKernel kernel)
    {
        var builder = new LayerCodeBuilder(program.Part, takesCodes: false, takesTasks: true);
        foreach (PlacedHead head in program.Heads)
        {
            builder.Blank();
            builder.Comment(LayerText.Describe(program.Network, head));
            foreach (AssembledMethod method in Methods(program, head, kernel))
                builder.Method(1 << head.Task, method);
        }

        return builder.Build("Heads");
    }

    /// <summary>The methods of a block, or of some of its channels.</summary>
    public static ValueArray<AssembledMethod> Methods(PartProgram program, PartLayer layer, PlacedStep step, DenseKernel kernel)
    {
        StaticField arena = StateFields.Arena(program.Part);
        string name = LayerNames.Method(layer.Layer.Index) + "_" + (step.Task is { } task ? program.Names[task].Mask : "Shared");
        DenseStep dense = Step(program.Network, layer.Layer, step, new DensePlaces(step.SharedOffset, step.OwnOffset, step.Output)) with
        {
            InputPlaces = program.Part.Inputs(layer.Layer.Index - 1, step.Task, step.SharedOffset, step.Block.SharedInputs, step.OwnOffset, step.Block.OwnInputs),
            OutputPlace = output => program.Part.Output(layer.Layer, step, output),
        };
        return DenseCode.Lower(kernel, name, dense, arena, arena)
            ?? throw new InvalidOperationException($"layer {layer.Layer.Index} does not suit its kernel");
    }

    /// <summary>The methods of a head, or of some of its classes.</summary>
    public static ValueArray<AssembledMethod> Methods(PartProgram program, PlacedHead head, DenseKernel kernel)
    {
        NetworkTask task = program.Network.Tasks[head.Task];
        DenseStep dense = Step(program.Network, head, new DensePlaces(head.SharedOffset, head.OwnOffset, head.FirstClass)) with
        {
            InputPlaces = program.Part.Inputs(program.Network.Layers.Count, head.Task, head.SharedOffset, task.SharedInputs, head.OwnOffset, task.OwnInputs),
        };
        return DenseCode.Lower(kernel, "Heads_" + program.Names[head.Task].Mask, dense, StateFields.Arena(program.Part), StateFields.Logits(program.Part, head.Task))
            ?? throw new InvalidOperationException($"the head of task {head.Task} does not suit its kernel");
    }

    /// <summary>What a block computes.</summary>
    public static DenseStep Step(Network network, Layer layer, BlockStep step, DensePlaces places) => new(
        places.Inputs(step.Block.SharedInputs, step.Block.OwnInputs),
        step.Block.Channels.Select(channel => new DenseOutput(checked((int)channel.Bias), channel.Shift, channel.Weights)).ToValueArray(),
        places.Output, step.Block.ActivationMax, network.MaximaOf(layer, step.Task).Most);

    /// <summary>What a head computes.</summary>
    public static DenseStep Step(Network network, HeadStep head, DensePlaces places)
    {
        NetworkTask task = network.Tasks[head.Task];
        return new DenseStep(
            places.Inputs(task.SharedInputs, task.OwnInputs),
            task.Classes.Skip(head.FirstClass).Take(head.Classes).Select(c => new DenseOutput(checked((int)c.Bias), null, c.Weights)).ToValueArray(),
            head.FirstClass, 0, network.HeadMaximaOf(head.Task).Most);
    }
}

/// <summary>Where a fully connected step reads and writes.</summary>
/// <param name="Shared">Its first shared input; null where it has none.</param>
/// <param name="Own">Its first own input; null where it has none.</param>
/// <param name="Output">Its first output.</param>
internal sealed record DensePlaces(int? Shared, int? Own, int Output)
{
    /// <summary>Anywhere: whether a kernel suits does not depend on places.</summary>
    public static DensePlaces Any { get; } = new(0, 0, 0);

    /// <summary>The place of each input.</summary>
    public ValueArray<int> Inputs(int shared, int own) => Range(Shared, shared).Concat(Range(Own, own)).ToValueArray();

    private static IEnumerable<int> Range(int? first, int count) => Enumerable.Range(first ?? 0, count);
}
