using System;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>A task's classifier over the shared and its adapter's embedding: logits, the softmax is the loss's.</summary>
internal sealed class TaskHead : nn.Module
{
    public TaskHead(int inputs, int classes, Generator generator)
        : base(nameof(TaskHead))
    {
        Weight = new Parameter(randn([classes, inputs], generator: generator) * Math.Sqrt(1.0 / inputs));
        Bias = new Parameter(zeros(classes));
        register_parameter("weight", Weight);
        register_parameter("bias", Bias);
    }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    public Tensor Logits(Tensor embedding, AffineMap map) => F.linear(embedding, map.FoldWeight(Weight), map.FoldBias(Weight, Bias));
}
