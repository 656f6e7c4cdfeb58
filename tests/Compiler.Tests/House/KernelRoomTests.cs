using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Emit;
using AdapterCompiler.Lowering.Kernels;
using AdapterCompiler.Lowering.Kernels.Copied;
using AdapterCompiler.Lowering.Planning;
using Xunit;

namespace AdapterCompiler.Tests.House;

/// <summary>A kernel is a folder, a member of an enumeration and a line in the registry; whoever forgets one of them is told here.</summary>
public sealed class KernelRoomTests
{
    private static readonly string Compiler = Path.Combine(Repository(), "src", "Compiler");

    [Fact]
    public void Every_kind_is_registered_once_and_has_a_form_that_tests_force_and_a_row_in_the_documentation()
    {
        Assert.Equal(Enum.GetValues<KernelKind>().Order(), KernelRegistry.All.Select(kernel => kernel.Kind).Order());
        Assert.All(KernelRegistry.All, kernel => Assert.All(kernel.Forms, form => Assert.Equal(kernel.Kind, form.Value(1).Kind)));
        Assert.All(KernelRegistry.All, kernel => Assert.NotEmpty(kernel.Forms));
        string page = File.ReadAllText(Path.Combine(Repository(), "docs", "kernels.md"));
        Assert.All(KernelRegistry.All, kernel => Assert.Contains($"| {kernel.Kind} | {kernel.Summary} |\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Kinds_are_told_apart_in_the_kernels_folder_alone()
    {
        string kernels = Path.Combine(Compiler, "Lowering", "Kernels") + Path.DirectorySeparatorChar;
        string[] elsewhere = [.. Sources().Where(file => !file.StartsWith(kernels, StringComparison.Ordinal) && File.ReadAllText(file).Contains(nameof(KernelKind), StringComparison.Ordinal))];
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void A_kernels_copied_sections_are_named_in_its_folder_and_by_what_calls_them_alone()
    {
        string[] allowed = ["Kernels", "Faces"];
        IEnumerable<string> named = from file in Sources()
                                    where !allowed.Contains(Path.GetRelativePath(Path.Combine(Compiler, "Lowering"), file).Split(Path.DirectorySeparatorChar)[0], StringComparer.Ordinal)
                                    let text = File.ReadAllText(file)
                                    from section in KernelRegistry.Sections
                                    where text.Contains('"' + section + '"', StringComparison.Ordinal)
                                    select $"{section} in {Path.GetRelativePath(Compiler, file)}";
        Assert.Empty(named);
    }

    [Fact]
    public void Every_marked_section_beside_the_kernels_is_registered_and_nothing_else_is()
    {
        string[] marked = [.. Directory.EnumerateFiles(Path.Combine(Compiler, "Lowering", "Kernels"), "*Kernels.cs", SearchOption.AllDirectories)
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

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Compiler, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(Compiler, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
