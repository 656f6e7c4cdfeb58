using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Copied;
using AdapterCompiler.Testing.Counting;
using AdapterCompiler.Tests.Budgets;
using Mono.Cecil;
using VerifyXunit;
using Xunit;

namespace AdapterCompiler.Tests.Kernels;

/// <summary>
/// What the compiler says of the copied kernels is what the C# compiler makes of them for the device. With ACCEPT_SNAPSHOTS=true, but never in CI, the *.il file beside a
/// kernel's source is written anew where it differs.
/// </summary>
[UsesVerify]
public sealed class CopiedKernelTests
{
    private static readonly GeneratedAssembly Device = GeneratedAssembly.Compile([KernelClass.File], ClassLibrary.NanoFramework);

    [Fact]
    public void Figures_beside_each_kernel_are_those_of_the_kernel_compiled_for_the_device()
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(new MemoryStream(Device.Image));
        MethodDefinition[] methods = [.. assembly.MainModule.GetType(KernelClass.Name).Methods];
        var figures = MeasuredBudget.Of(Device, KernelClass.Name).Methods.ToDictionary(method => method.Name, StringComparer.Ordinal);
        var sectionOf = KernelRegistry.Sections
            .SelectMany(section => methods.Where(method => Declares(KernelSource.Of(section), method.Name)).Select(method => (Method: method.Name, Section: section)))
            .ToDictionary(pair => pair.Method, pair => pair.Section, StringComparer.Ordinal);
        Assert.Equal(sectionOf.Keys.Order(StringComparer.Ordinal), methods.Select(method => method.Name).Order(StringComparer.Ordinal));
        ILookup<string, MethodDefinition> bySection = methods.ToLookup(method => sectionOf[method.Name], StringComparer.Ordinal);
        var different = new List<string>();
        foreach (IGrouping<string, string> file in KernelRegistry.Sections.GroupBy(KernelSource.FileOf, StringComparer.Ordinal))
        {
            IEnumerable<CopiedSection> sections = file.Select(section => new CopiedSection(
                section,
                KernelRegistry.Sections.Intersect(bySection[section].SelectMany(Calls).Select(name => sectionOf[name])).Except([section]).ToValueArray(),
                bySection[section].Select(method => new CopiedMethod(figures[method.Name], IlBlocks.Of(method).Select(Text).ToValueArray())).ToValueArray()));
            Compare(Path.ChangeExtension(file.Key, CopiedSections.Extension), string.Join('\n', CopiedSections.Write(sections)) + "\n", different);
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public Task Text_of_every_kernel() => Verifier.Verify(KernelClass.File.Text, extension: "cs");

    [Fact]
    public void Device_has_what_the_kernels_need() => Assert.Empty(DeviceCheck.Findings(Device));

    private static bool Declares(string text, string method) =>
        text.Split('\n').Any(line => line.StartsWith("private static ", StringComparison.Ordinal) && line.Contains(" " + method + "(", StringComparison.Ordinal));

    private static IEnumerable<string> Calls(MethodDefinition method) => method.Body.Instructions
        .Select(instruction => instruction.Operand)
        .OfType<MethodDefinition>()
        .Select(called => called.Name);

    // Instructions of a block, each kind once with its count.
    private static string Text(IlBlock block) => string.Join(' ', block.Steps
        .GroupBy(step => step.Text, StringComparer.Ordinal)
        .OrderBy(steps => steps.Key, StringComparer.Ordinal)
        .Select(steps => string.Create(CultureInfo.InvariantCulture, $"{steps.Count()} {steps.Key}")));

    private static void Compare(string file, string compiled, List<string> different)
    {
        using Stream? resource = typeof(CopiedSections).Assembly.GetManifestResourceStream(file);
        string committed = resource is null ? "" : new StreamReader(resource).ReadToEnd();
        if (committed == compiled)
            return;
        bool accepts = Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "true" && Environment.GetEnvironmentVariable("CI") is null;
        if (accepts)
        {
            string source = Directory.EnumerateFiles(Path.Combine(Repository(), "src", "Compiler"), Path.ChangeExtension(file, ".cs"), SearchOption.AllDirectories).Single();
            File.WriteAllText(Path.ChangeExtension(source, CopiedSections.Extension), compiled);
        }

        different.Add($"{file} differs{(accepts ? " and was written anew: build again" : "")}; compiled:\n{compiled}");
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
