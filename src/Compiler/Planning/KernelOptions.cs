using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Memory;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;
using AdapterCompiler.Schedule;

namespace AdapterCompiler.Planning;

/// <summary>The options of every layer of a network, measured on the code itself: its trees, assembled.</summary>
internal sealed class KernelOptions
{
    private readonly LaneProofs proofs;
    private readonly Dictionary<(int Layer, LayerKernel Kernel), KernelOption> measured = [];

    private KernelOptions(LaneProofs proofs)
    {
        this.proofs = proofs;
        Layers = proofs.Network.Layers.Select(_ => new List<KernelOption>()).ToArray();
        Heads = [];
    }

    /// <summary>Options by layer; loops first.</summary>
    public List<KernelOption>[] Layers { get; }

    /// <summary>Options of the heads; loops first.</summary>
    public List<KernelOption> Heads { get; }

    /// <summary>Measures every kernel on every layer that it suits.</summary>
    public static KernelOptions Of(LaneProofs proofs)
    {
        var options = new KernelOptions(proofs);
        foreach (LayerKernel kernel in KernelRegistry.All.SelectMany(kernel => kernel.Choices(proofs)))
            options.Add(options.Plan(kernel));
        for (int i = 0; i < options.Layers.Length; i++)
        {
            int layer = i;
            options.Layers[i].AddRange(KernelRegistry.All.SelectMany(kernel => kernel.Between(proofs.Network.Layers[layer], options.Layers[layer], between => options.Measure(layer, between))).ToArray());
        }

        return options;
    }

    /// <summary>What an option of a layer takes by code that is built for it, once.</summary>
    /// <param name="layer">From 0.</param>
    /// <param name="kernel">It suits the layer.</param>
    public KernelOption Measure(int layer, LayerKernel kernel)
    {
        if (!measured.TryGetValue((layer, kernel), out KernelOption? option))
            measured.Add((layer, kernel), option = Build(layer, kernel));
        return option;
    }

    private KernelOption Build(int layer, LayerKernel kernel)
    {
        ScheduledProgram scheduled = Scheduler.Of(proofs, "Model", Between(layer, kernel));
        PartProgram program = PartCutter.Whole(Placement.ForMeasuring(scheduled));
        return Measured(program, scheduled.Layers[layer], program.Layers[layer]);
    }

    // One kernel wherever it suits; a global convolution goes position by position.
    private KernelPlan Plan(LayerKernel kernel) => new(
        proofs.Network.Layers.Select(layer => !kernel.Suits(proofs, layer) || !IsWorth(layer, kernel) ? LayerKernel.Loop
            : !layer.Operator.WritesImage && kernel.Format is not null ? kernel with { Shape = LaneShape.Single }
            : kernel).ToValueArray(),
        kernel.SuitsHeads(proofs.Network) ? kernel : LayerKernel.Loop);

    private bool IsWorth(Layer layer, LayerKernel kernel) => KernelRegistry.Of(kernel).IsWorth(proofs, layer, kernel);

    private void Add(KernelPlan plan)
    {
        ScheduledProgram scheduled = Scheduler.Of(proofs, "Model", plan);
        PartProgram program = PartCutter.Whole(Placement.ForMeasuring(scheduled));
        for (int i = 0; i < program.Layers.Count; i++)
        {
            PartLayer layer = program.Layers[i];
            if (!layer.Kernel.Suits(proofs, layer.Layer))
                continue;
            if (Layers[i].Exists(option => option.Kernel == layer.Kernel))
                continue;
            Layers[i].Add(Measured(program, scheduled.Layers[i], layer));
        }

        if (program.Heads.Count > 0 && !Heads.Exists(option => option.Kernel == plan.Heads))
        {
            LayerCode code = ProgramCode.Heads(program);
            Heads.Add(Measured(plan.Heads, 1, code, LayerSizing.Of(program.Network.Tasks, plan.Heads, code)));
        }
    }

    // Between two that hold codes in the same form, as far as it suits them.
    private KernelPlan Between(int layer, LayerKernel kernel) => new(
        proofs.Network.Layers.Select((each, i) => i == layer ? kernel
            : Math.Abs(i - layer) == 1 && kernel.Format is { } format && LayerKernel.LaneLoop(format).Suits(proofs, each) ? LayerKernel.LaneLoop(format)
            : LayerKernel.Loop).ToValueArray(),
        LayerKernel.Loop);

    private static KernelOption Measured(PartProgram program, ScheduledLayer scheduled, PartLayer layer)
    {
        LayerCode code = ProgramCode.Layer(program, layer);
        return Measured(layer.Kernel, layer.Layer.Runs, code, LayerSizing.Of(scheduled, code));
    }

    private static KernelOption Measured(LayerKernel kernel, int runs, LayerCode code, LayerSize size) => new(
        kernel,
        runs * (code.Costs.Sum(cost => cost.Weighted) - LaneTransitions.Of(code)),
        code.Methods.Prepend(code.Entry).Sum(method => method.Figures.DeviceBytes),
        size.Tables.Sum(step => step.Sum()),
        code.Methods.Prepend(code.Entry).Sum(method => method.Figures.SignatureBytes),
        size);
}
