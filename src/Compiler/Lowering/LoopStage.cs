using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Lowering.Costs;
using AdapterCompiler.Lowering.Il;
using AdapterCompiler.Model;

namespace AdapterCompiler.Lowering;

/// <summary>Layers and heads as calls of the loop kernels.</summary>
internal static class LoopStage
{
    public static StageCode Build(LoweredProgram program, LoweredLayer layer)
    {
        var stage = new StageBuilder(program, layer.Layer.Index == 1, layer.Steps.Any(step => step.Task >= 0));
        foreach (BlockStep step in layer.Steps)
        {
            stage.Blank();
            stage.Comment(StageText.Describe(program, step));
            if (layer.Layer.Kind == LayerKind.Dense)
                Connect(stage, program, step);
            else
                Convolve(stage, program, layer.Layer, step);
        }

        return stage.Build(Lowerer.LayerMethod(layer.Layer.Index));
    }

    public static StageCode Heads(LoweredProgram program)
    {
        var stage = new StageBuilder(program, takesCodes: false, takesTasks: true);
        StaticField arena = StateFields.Arena(program);
        foreach (HeadStep head in program.Heads)
        {
            NetworkTask task = program.Network.Tasks[head.Task];
            stage.Blank();
            stage.Comment(StageText.Describe(program, head));
            stage.Kernel(
                1 << head.Task, KernelTally.Classify(head, task), "Classify",
                ("codes", arena), ("sharedStart", Expressions.Int(head.SharedOffset)), ("sharedChannels", Expressions.Int(task.SharedInputs)),
                ("ownStart", Expressions.Int(head.OwnOffset)), ("ownChannels", Expressions.Int(task.OwnInputs)),
                ("weights", StateFields.Weights), ("weight", Expressions.Int(head.FirstWeight)), ("biases", StateFields.Biases),
                ("channel", Expressions.Int(head.FirstChannel)), ("classes", Expressions.Int(head.Classes)),
                ("logits", StateFields.Logits(program, head.Task)), ("next", Expressions.Int(head.FirstClass)));
        }

        return stage.Build("Heads");
    }

    private static void Convolve(StageBuilder stage, LoweredProgram program, Layer layer, BlockStep step)
    {
        StaticField arena = StateFields.Arena(program);
        bool isFirst = step.SharedOffset < 0;
        stage.Kernel(
            step.Mask, KernelTally.Convolve(layer, step.Block), "Convolve",
            ("shared", isFirst ? stage.Codes : arena), ("sharedStart", Expressions.Int(isFirst ? 0 : step.SharedOffset)), ("sharedChannels", Expressions.Int(step.Block.SharedInputs)),
            ("own", arena), ("ownStart", Expressions.Int(step.OwnOffset)), ("ownChannels", Expressions.Int(step.Block.OwnInputs)),
            ("rows", Expressions.Int(layer.InputRows)), ("columns", Expressions.Int(layer.InputColumns)),
            ("poolRows", Expressions.Int(layer.InputRows / layer.OutputRows)), ("poolColumns", Expressions.Int(layer.InputColumns / layer.OutputColumns)),
            ("weights", StateFields.Weights), ("weight", Expressions.Int(step.FirstWeight)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
            ("channel", Expressions.Int(step.FirstChannel)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
            ("output", arena), ("next", Expressions.Int(step.OutputOffset)));
    }

    private static void Connect(StageBuilder stage, LoweredProgram program, BlockStep step) => stage.Kernel(
        step.Mask, KernelTally.Connect(step.Block), "Connect",
        ("codes", StateFields.Arena(program)), ("sharedStart", Expressions.Int(step.SharedOffset)), ("sharedChannels", Expressions.Int(step.Block.SharedInputs)),
        ("ownStart", Expressions.Int(step.OwnOffset)), ("ownChannels", Expressions.Int(step.Block.OwnInputs)),
        ("weights", StateFields.Weights), ("weight", Expressions.Int(step.FirstWeight)), ("biases", StateFields.Biases), ("shifts", StateFields.Shifts),
        ("channel", Expressions.Int(step.FirstChannel)), ("channels", Expressions.Int(step.Block.Channels.Count)), ("max", Expressions.Int(step.Block.ActivationMax)),
        ("next", Expressions.Int(step.OutputOffset)));
}
