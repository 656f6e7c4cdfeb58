using System;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Fully connected layers and heads as code with weights in it.</summary>
internal static class DenseStage
{
    public static StageCode Build(LoweredProgram program, LoweredLayer layer, DenseKernel kernel)
    {
        var stage = new StageBuilder(program, takesCodes: false, layer.Steps.Any(step => step.Task >= 0));
        foreach (BlockStep step in layer.Steps)
        {
            stage.Blank();
            stage.Comment(StageText.Describe(program, step));
            foreach (AssembledMethod method in Methods(program, layer, step, kernel))
                stage.Method(step.Mask, method);
        }

        return stage.Build(LayerNames.Method(layer.Layer.Index));
    }

    public static StageCode Heads(LoweredProgram program, DenseKernel kernel)
    {
        var stage = new StageBuilder(program, takesCodes: false, takesTasks: true);
        foreach (HeadStep head in program.Heads)
        {
            stage.Blank();
            stage.Comment(StageText.Describe(program, head));
            foreach (AssembledMethod method in Methods(program, head, kernel))
                stage.Method(1 << head.Task, method);
        }

        return stage.Build("Heads");
    }

    /// <summary>The methods of a block, or of some of its channels.</summary>
    public static ValueArray<AssembledMethod> Methods(LoweredProgram program, LoweredLayer layer, BlockStep step, DenseKernel kernel)
    {
        StaticField arena = StateFields.Arena(program);
        string name = LayerNames.Method(layer.Layer.Index) + "_" + (step.Task < 0 ? "Shared" : program.Names[step.Task].Mask);
        return DenseCode.Lower(kernel, name, Step(program.Network, layer.Layer, step), arena, arena)
            ?? throw new InvalidOperationException($"layer {layer.Layer.Index} does not suit its kernel");
    }

    /// <summary>The methods of a head, or of some of its classes.</summary>
    public static ValueArray<AssembledMethod> Methods(LoweredProgram program, HeadStep head, DenseKernel kernel) =>
        DenseCode.Lower(kernel, "Heads_" + program.Names[head.Task].Mask, Step(program.Network, head), StateFields.Arena(program), StateFields.Logits(program, head.Task))
        ?? throw new InvalidOperationException($"the head of task {head.Task} does not suit its kernel");

    /// <summary>What a block computes.</summary>
    public static DenseStep Step(Network network, Layer layer, BlockStep step)
    {
        return new DenseStep(
            Inputs(step.SharedOffset, step.Block.SharedInputs, step.OwnOffset, step.Block.OwnInputs),
            step.Block.Channels.Select(channel => new DenseOutput(checked((int)channel.Bias), channel.Shift, channel.Weights)).ToValueArray(),
            step.OutputOffset, step.Block.ActivationMax, network.MaximaOf(layer, step.Task).Most);
    }

    /// <summary>What a head computes.</summary>
    public static DenseStep Step(Network network, HeadStep head)
    {
        NetworkTask task = network.Tasks[head.Task];
        return new DenseStep(
            Inputs(head.SharedOffset, task.SharedInputs, head.OwnOffset, task.OwnInputs),
            task.Classes.Skip(head.FirstClass).Take(head.Classes).Select(c => new DenseOutput(checked((int)c.Bias), null, c.Weights)).ToValueArray(),
            head.FirstClass, 0, network.HeadMaximaOf(head.Task).Most);
    }

    private static ValueArray<int> Inputs(int shared, int sharedCount, int own, int ownCount) =>
        Enumerable.Range(shared, sharedCount).Concat(Enumerable.Range(own, ownCount)).ToValueArray();
}
