using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Emit;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Programs;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>A kernel is a folder, a member of an enumeration and a line in the registry; whoever forgets one of them is told here.</summary>
public sealed class KernelRoomTests
{
    private const string Room = "Compiler/Kernels/";

    [Fact]
    public void Every_kind_is_registered_once_and_has_a_form_that_tests_force_and_a_row_in_the_documentation()
    {
        Assert.Equal(Enum.GetValues<KernelKind>().Order(), KernelRegistry.All.Select(kernel => kernel.Kind).Order());
        Assert.All(KernelRegistry.All, kernel => Assert.All(kernel.Forms, form => Assert.Equal(kernel.Kind, form.Value(1).Kind)));
        Assert.All(KernelRegistry.All, kernel => Assert.NotEmpty(kernel.Forms));
        string page = File.ReadAllText(Path.Combine(Sources.Root, "docs", "kernels.md"));
        Assert.All(KernelRegistry.All, kernel => Assert.Contains($"| {kernel.Kind} | {kernel.Summary} |\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Kinds_are_told_apart_in_the_kernels_folder_alone()
    {
        Assert.NotEmpty(Sources.Matches(@"\bKernelKind\."));
        Expect.None(Sources.Matches(@"\bKernelKind\b|\bis (not )?\w+Kernel\b|\bcase \w+Kernel\b", Room, "Compiler/Programs/LayerKernel.cs"));
        Expect.None(KindRules.Kernels(CompilerSources.All));
    }

    [Fact]
    public void However_a_kernel_is_asked_for_it_is_found() => Planted.AllFound(
        "Planning",
        "using System; using System.Collections.Generic; using System.Linq; using AdapterCompiler.Kernels; using AdapterCompiler.Programs; using static AdapterCompiler.Programs.KernelKind;",
        "static bool Same<T>(T a, T b) => Equals(a, b); bool Ask(LayerKernel kernel, KernelPlan plan, Model.Network network, Dictionary<LayerKernel, int> table) => {0};",
        KindRules.Kernels,
        "kernel.Kind == LayerKernel.Loop.Kind",
        "(int)kernel.Kind == 1",
        "kernel.Kind == Loop",
        "kernel.Kind.ToString() == \"Loop\"",
        "kernel is { Kind: 0 }",
        "kernel == LayerKernel.Loop",
        "kernel.Equals(LayerKernel.Loop)",
        "LayerKernel.Loop.Equals(kernel)",
        "kernel == new LayerKernel(default)",
        "kernel == LayerKernel.LaneLoop(kernel.Format!)",
        "kernel.ToText(false) == \"loop\"",
        "kernel.ToText(false).StartsWith(\"loop\", StringComparison.Ordinal) && kernel.ToText(false) is \"loop\"",
        "KernelRegistry.Of(kernel).GetType().Name == \"LoopKernel\"",
        "KernelRegistry.Of(kernel) is Kernels.Loops.LoopKernel",
        "KernelRegistry.Of(kernel) == KernelRegistry.All[0]",
        "KernelRegistry.Of(kernel).Summary == \"\"",
        "Kernels.LaneLoops.LaneLoopLayerCode.Group == 4",
        "nameof(Kernels.Loops.LoopKernel) == \"\"",
        "new[] { LayerKernel.Loop }.Contains(kernel)",
        "((Func<bool>)(() => { LayerKernel loop = LayerKernel.Loop; return loop == kernel; }))()",
        "Same(kernel, LayerKernel.Loop)",
        "table[LayerKernel.Loop] == 1",
        "kernel == LayerKernel.Loop with { Reason = \"\" }",
        "plan == KernelPlan.Loops(network)",
        "kernel.ToString().Contains(\"Loop\")",
        "kernel.ToText(false).Contains(\"loop\")",
        "kernel.ToText(false).Length == 4",
        "((Func<bool>)(() => { string text = kernel.ToText(false); return text == \"loop\"; }))()",
        "KernelRegistry.All.ToList().IndexOf(KernelRegistry.Of(kernel)) == 0",
        "((Func<bool>)(() => { object of = KernelRegistry.Of(kernel); return of.GetType().Name == \"LoopKernel\"; }))()");

    // The record that has a kind may make choices of one, and no more.
    [Fact]
    public void A_choice_does_not_say_of_itself_which_kernel_it_is() =>
        Assert.Single(KindRules.Kernels(CompilerSources.Rewritten("Programs/LayerKernel.cs", text => text.TrimEnd()[..^1] + "    public bool IsLoop => Kind == KernelKind.Loop;\n}\n")).Distinct());

    [Fact]
    public void Copied_sections_are_named_where_they_stand_and_in_the_registry_alone() => Expect.None(SectionNames.Outside(CompilerSources.All));

    [Theory]
    [InlineData("Emit", "\"ConvolveFour\"", "\"Halo,Pack\"", "\"call ConvolveFour;\"")]
    [InlineData("Kernels", "\"Halo\"", "$\"  Halo({1});\"")]
    [InlineData("Kernels/Lanes", "\"ConvolveFourOf4Bits\"")]
    [InlineData("Kernels/Loops", "\"ConvolveFour\"", "\"Halo(lanes, 0);\"", "$\"  Halo({1});\"", "\"Convolve\" + \"Four\"", "nameof(Lanes.LaneKernels.Halo)", "Lanes.LaneSections.Pack")]
    public void However_a_copied_section_is_named_it_is_found(string folder, params string[] names) =>
        Planted.AllFound(folder, "", "string Name() => {0};", SectionNames.Outside, names);

    [Fact]
    public void Every_marked_section_beside_the_kernels_is_registered_and_nothing_else_is()
    {
        string[] marked = [.. Directory.EnumerateFiles(Path.Combine(Sources.Root, "src", Room), "*Kernels.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("// <copied ", StringComparison.Ordinal))
            .Select(line => line["// <copied ".Length..^1])];
        Assert.NotEmpty(marked);
        Expect.None(marked.Except(KernelRegistry.Sections));
        Assert.Equal(KernelRegistry.Sections.Order(StringComparer.Ordinal), CopiedSections.All.Select(section => section.Name).Order(StringComparer.Ordinal));
        Assert.Equal(KernelRegistry.Sections.Distinct(), KernelRegistry.Sections);
        Assert.All(KernelRegistry.Sections, section => Assert.Contains("private static ", KernelSource.Of(section), StringComparison.Ordinal));
        // What a section calls stands after it, so that one pass finds all that a program needs.
        Assert.All(CopiedSections.All, section => Assert.All(section.Calls, call => Assert.True(Place(call) > Place(section.Name))));

        static int Place(string section) => Array.IndexOf([.. KernelRegistry.Sections], section);
    }
}
