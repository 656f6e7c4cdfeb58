using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Kernels.Dense;
using AdapterCompiler.Kernels.Detection;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Kernels.LaneLoops;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Kernels.Lists;
using AdapterCompiler.Kernels.Loops;
using AdapterCompiler.Kernels.Multiples;
using AdapterCompiler.Kernels.PositionLanes;
using AdapterCompiler.Kernels.Sound;
using AdapterCompiler.Kernels.Streams;
using AdapterCompiler.Model;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>Every kernel. A new one is a folder beside this file, a member of <see cref="KernelKind"/> and a line here.</summary>
internal static class KernelRegistry
{
    /// <summary>Of two that cost the same the planner takes the first.</summary>
    public static IReadOnlyList<IKernel> All { get; } =
    [
        new LoopKernel(),
        new FullyConnectedKernel(KernelKind.Sums, DenseKernel.Sums, "sums", "fully connected: one load and one addition a weight, zeros cost nothing; for sparse weights"),
        new FullyConnectedKernel(KernelKind.OutputLanes, DenseKernel.OutputLanes, "output lanes", "fully connected: weights of several outputs in one constant; for dense weights"),
        new PositionLanesKernel(),
        new LaneLoopKernel(),
        new ListKernel(),
        new MultiplesKernel(),
    ];

    /// <summary>Copied sections in the order of the generated file.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [.. LaneSections.Begin, .. ListKernel.AllSections, .. MultiplesKernel.AllSections, .. LaneLoopKernel.AllSections, .. LaneSections.End, .. LoopKernel.Layers, FaceCode.ArgMax, .. LoopKernel.Shared, LaneSections.MoveUp, LaneSections.GreatestRows, .. StreamFace.Sections, DetectionFace.Section, .. SoundCode.Sections];

    /// <summary>Sections whose text is made of others'.</summary>
    public static IReadOnlyList<CopiedVariant> Variants { get; } = LaneLoopKernel.Variants;

    /// <summary>The kernel of a plan's choice.</summary>
    public static IKernel Of(LayerKernel choice) => All.FirstOrDefault(kernel => kernel.Kind == choice.Kind) ?? throw new InvalidOperationException($"no kernel is registered for {choice.Kind}");

    /// <summary>Some of a program's kernels keep multiples of inputs, and their places in a table.</summary>
    public static bool HasMultiples(IEnumerable<LayerKernel> kernels) => kernels.Any(kernel => Of(kernel).HasWideRows);

    /// <summary>Names of all copied methods, and of what a class has that hears: no other member of a generated class may share them.</summary>
    public static IEnumerable<string> MethodNames => Sections.Select(CopiedSections.Section).SelectMany(section => section.Methods).Select(method => method.Figures.Name).Concat(SoundFace.Members).Concat(StreamFace.Members);

    /// <summary>Copied methods that a part of a program may hold, whatever it computes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kernels">Of layers and heads.</param>
    /// <param name="sizes">Of their code.</param>
    /// <param name="isLast">With the public face.</param>
    public static IEnumerable<CopiedMethod> MayCopy(Network network, IReadOnlyList<LayerKernel> kernels, IEnumerable<LayerSize> sizes, bool isLast) => Copied(
        network,
        [.. sizes.SelectMany(size => size.Sections), .. kernels.SelectMany(kernel => Of(kernel).Sections(kernel)), .. LaneTransitions.Sections(network, [.. kernels.Take(network.Layers.Count)])],
        isLast).SelectMany(section => section.Methods);

    /// <summary>Copied sections that a program calls: the emitter copies these and no others, the budgets count them.</summary>
    public static IEnumerable<CopiedSection> Copied(CodedProgram program) =>
        Copied(program.Network, program.Code.SelectMany(code => code.Kernels).Select(run => run.Section), program.Part.IsLast);

    /// <summary>The same of a program that is not built.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sections">What its layers and heads call.</param>
    /// <param name="isLast">With the public face.</param>
    public static IEnumerable<CopiedSection> Copied(Network network, IEnumerable<string> sections, bool isLast)
    {
        var called = new HashSet<string>(sections, StringComparer.Ordinal);
        if (isLast)
            called.Add(FaceCode.ArgMax);
        if (isLast && network.Tasks.Any(task => task.Detection is not null))
            called.Add(DetectionFace.Section);
        if (network.Streaming is not null)
            called.UnionWith([LaneSections.MoveUp, .. StreamFace.Sections]);
        // A section stands before those that it calls.
        foreach (CopiedSection section in Sections.Where(called.Contains).Select(CopiedSections.Section))
        {
            called.UnionWith(section.Calls);
            yield return section;
        }
    }
}
