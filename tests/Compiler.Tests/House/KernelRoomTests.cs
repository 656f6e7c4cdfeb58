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
        Assert.Empty(Sources.Matches(@"\bKernelKind\b|\bis (not )?\w+Kernel\b|\bcase \w+Kernel\b", Room, "Compiler/Programs/LayerKernel.cs"));
    }

    [Fact]
    public void Copied_sections_are_named_in_the_kernels_folder_and_by_the_face_that_calls_one_alone()
    {
        string names = string.Join('|', KernelRegistry.Sections);
        Assert.NotEmpty(Sources.Matches($"\"({names})\""));
        Assert.Empty(Sources.Matches($"\"({names})\"", Room));
    }

    [Fact]
    public void Every_marked_section_beside_the_kernels_is_registered_and_nothing_else_is()
    {
        string[] marked = [.. Directory.EnumerateFiles(Path.Combine(Sources.Root, "src", Room), "*Kernels.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("// <copied ", StringComparison.Ordinal))
            .Select(line => line["// <copied ".Length..^1])];
        Assert.NotEmpty(marked);
        Assert.Empty(marked.Except(KernelRegistry.Sections));
        Assert.Equal(KernelRegistry.Sections.Order(StringComparer.Ordinal), CopiedSections.All.Select(section => section.Name).Order(StringComparer.Ordinal));
        Assert.Equal(KernelRegistry.Sections.Distinct(), KernelRegistry.Sections);
        Assert.All(KernelRegistry.Sections, section => Assert.Contains("private static ", KernelSource.Of(section), StringComparison.Ordinal));
        // What a section calls stands after it, so that one pass finds all that a program needs.
        Assert.All(CopiedSections.All, section => Assert.All(section.Calls, call => Assert.True(Place(call) > Place(section.Name))));

        static int Place(string section) => Array.IndexOf([.. KernelRegistry.Sections], section);
    }
}
