using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Budgets;
using AdapterCompiler.Checking;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Hosting;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>
/// What the compiler predicts is what the assembly has. ADAPTER_BUDGETS=200 compares two hundred random networks and writes the
/// table docs/results/budgets.md; seeds are 0, 1, 2 …
/// </summary>
public sealed class BudgetTests
{
    private static readonly int Asked = int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_BUDGETS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;

    [Fact]
    public void Every_figure_of_random_networks_is_the_compiled_assemblys()
    {
        var rows = new List<BudgetRow>();
        foreach (GeneratedCase c in Enumerable.Range(0, Asked > 0 ? Asked : 30).Select(GeneratedCase.Create))
        {
            GeneratedAssembly device = GeneratedAssembly.Compile(c.Result.Files, ClassLibrary.NanoFramework);
            AssemblyBudget predicted = c.Result.Budget!, actual = MeasuredBudget.Of(device, "Model");
            AssertSame(predicted, actual);
            int ram = StaticArrayBytes(HostedModel.LoadAssembly(GeneratedAssembly.Compile(c.Result.Files, ClassLibrary.Desktop)).GetType(c.Options.Namespace + ".Model", throwOnError: true)!);
            Assert.Equal(ram, predicted.RamBytes);
            int debug = IlSize.Of(GeneratedAssembly.Compile(c.Result.Files, ClassLibrary.NanoFramework, optimise: false)).IlBytes;
            Assert.InRange(debug, predicted.IlBytes, predicted.IlBytes * 3 / 2);
            rows.Add(new BudgetRow(c.Seed, predicted, actual with { RamBytes = ram }, debug));
        }

        if (Asked > 0)
            BudgetTable.Write(rows);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(130)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(258)]
    [InlineData(600)]
    public void Every_number_of_labels_is_predicted(int labels)
    {
        CompilationResult result = Compile(WithLabels(labels, "label "));
        Assert.Empty(result.Diagnostics);
        AssertSame(result.Budget!, MeasuredBudget.Of(GeneratedAssembly.Compile(result.Files, ClassLibrary.NanoFramework), "AudioModel"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_table_with_few_numbers_that_are_not_zero_is_predicted(int notZero)
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));
        int left = notZero;
        model = model with
        {
            Shared = model.Shared.Select(layer => layer with { Channels = layer.Channels.Select(c => c with { Shift = left-- > 0 ? 3 : 0 }).ToValueArray() }).ToValueArray(),
            Tasks = model.Tasks.Select(task => task with
            {
                Layers = task.Layers.Select(layer => layer with { Channels = layer.Channels.Select(c => c with { Shift = 0 }).ToValueArray() }).ToValueArray(),
            }).ToValueArray(),
        };
        CompilationResult result = Compile(model);
        Assert.Empty(result.Diagnostics);
        AssertSame(result.Budget!, MeasuredBudget.Of(GeneratedAssembly.Compile(result.Files, ClassLibrary.NanoFramework), "AudioModel"));
    }

    [Fact]
    public void Too_many_labels_are_IL_and_strings_over_budget()
    {
        Diagnostic[] found = [.. Compile(WithLabels(4096, new string('x', 100))).Diagnostics];
        Assert.Contains(found, diagnostic => diagnostic.Rule.Id == "ADC043" && diagnostic.Message.Contains("shorten the labels", StringComparison.Ordinal));

        string[] tasks = [.. Enumerable.Range(0, 3).Select(k => "task-" + (char)('a' + k))];
        ModelArtifact three = WithLabels(4096, "", tasks);
        found = [.. Compile(three).Diagnostics];
        Diagnostic il = Assert.Single(found, diagnostic => diagnostic.Rule.Id == "ADC041");
        Assert.Equal(new TextPosition(1, 1, 1), il.Position);
        Assert.Contains("bytes of IL, one assembly holds 65,535. ", il.Message, StringComparison.Ordinal);
        Assert.NotNull(Compile(three, DeviceLimits.Desktop).Program);
    }

    [Fact]
    public void Memory_that_a_device_has_not_is_an_error_that_names_devices_that_have_it()
    {
        // Read once for all devices: its kernels are measured once.
        var paper = ModelInput.Read(ModelWriter.Write(PaperModel.Create()), Options(DeviceNames.Default));
        Diagnostic ram = Assert.Single(Mistakes(DeviceNames.Default), diagnostic => diagnostic.Rule.Id == "ADC047");
        Assert.Contains("the managed heap of esp32 has at most 133,120. Choose fewer Tasks, retrain with fewer channels, or choose a device with more memory: esp32-psram,", ram.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Mistakes("esp32-psram"), diagnostic => diagnostic.Rule.Id == "ADC047");
        Assert.DoesNotContain(Mistakes("stm32h7"), diagnostic => diagnostic.Rule.Id == "ADC047");

        ValueArray<Diagnostic> Mistakes(string device) => ModelCompiler.CompileParts(paper, Options(device))[0].Diagnostics;
    }

    [Fact]
    public void The_limits_figures_are_never_below_what_the_check_of_the_assembly_finds()
    {
        foreach (GeneratedCase c in Enumerable.Range(500, 20).Select(GeneratedCase.Create))
        {
            CheckReport report = AssemblyCheck.Run(GeneratedAssembly.Compile(c.Result.Files, ClassLibrary.NanoFramework).Image, "Generated.dll", new CheckOptions());
            var actual = report.Measurements.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
            AssemblyBudget predicted = c.Result.Budget!;
            Assert.Equal((actual["ilBytes"], actual["fileIlBytes"]), (predicted.DeviceIlBytes, predicted.IlBytes));
            Assert.Equal((actual["locals"], actual["arguments"], actual["stack"]), (predicted.Methods.Max(m => m.Locals), predicted.Methods.Max(m => m.Arguments), predicted.Methods.Max(m => m.Stack)));
            Assert.InRange(predicted.DataBytes - actual["arrayBytes"] - actual["signatureBytes"], 0, 200 + (40 * c.Network.Tasks.Count));
            // The rest is the class library's members in use and the compiler's types of constant data; the limit leaves 4 KB for such.
            Assert.InRange(actual["stringBytes"] - predicted.StringBytes, 0, 1_024);
        }
    }

    [Fact]
    public void Each_limit_of_a_class_and_a_method_has_its_error()
    {
        var method = new MethodCost("Layer1", 100, 80, 2, 3, 4, 50, 6);
        AssemblyBudget fits = new(ValueArray.Of(method), 10, 10, 10, 5, 10);
        Assert.True(BudgetDiagnostics.Fits(fits));
        Assert.Equal("ADC044", Id(fits with { StaticFields = 256 }));
        Assert.Equal("ADC044", Id(fits with { Methods = Enumerable.Repeat(method, 256).ToValueArray() }));
        Assert.Equal("ADC045", Id(fits with { Methods = ValueArray.Of(method with { Locals = 256 }) }));
        Assert.Equal("ADC045", Id(fits with { Methods = ValueArray.Of(method with { Arguments = 256 }) }));
        Assert.Equal("ADC045", Id(fits with { Methods = ValueArray.Of(method with { Stack = 256 }) }));
        Assert.Equal("ADC045", Id(fits with { Methods = ValueArray.Of(method with { BranchDistance = 32_768 }) }));
        Assert.Equal("ADC041", Id(fits with { Methods = ValueArray.Of(method with { DeviceIlBytes = 65_536 }) }));
        Assert.Equal("ADC042", Id(fits with { ArrayBytes = 61_423 }));
        Assert.True(BudgetDiagnostics.Fits(fits with { ArrayBytes = 61_422 }));
    }

    private static string Id(AssemblyBudget budget) => Assert.Single(BudgetDiagnostics.Overruns(budget, "AudioModel", () => "Do this.")).Rule.Id;

    internal static void AssertSame(AssemblyBudget predicted, AssemblyBudget actual)
    {
        string[] expected = Lines(actual, actual), found = Lines(predicted, actual);
        Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), "compiled:\n" + string.Join("\n", expected.Except(found)) + "\npredicted:\n" + string.Join("\n", found.Except(expected)));
        Assert.Equal(
            (actual.IlBytes, actual.DeviceIlBytes, actual.ArrayBytes, actual.SignatureBytes, actual.StringBytes, actual.StaticFields),
            (predicted.IlBytes, predicted.DeviceIlBytes, predicted.ArrayBytes, predicted.SignatureBytes, predicted.StringBytes, predicted.StaticFields));
    }

    internal static int StaticArrayBytes(Type type) => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => !field.IsLiteral)
        .Sum(field => field.GetValue(null) is string[] labels
            ? labels.Length * PartProgram.BytesPerLabel
            : System.Buffer.ByteLength((Array)field.GetValue(null)!));

    // One line a method; the stack is compared where the assembly says it.
    private static string[] Lines(AssemblyBudget budget, AssemblyBudget actual)
    {
        var stacks = actual.Methods.ToDictionary(method => method.Name, method => method.Stack, StringComparer.Ordinal);
        return [.. budget.Methods.OrderBy(method => method.Name, StringComparer.Ordinal).Select(method =>
            (stacks.GetValueOrDefault(method.Name) == 0 ? method with { Stack = 0 } : method).ToString())];
    }

    private static CompilationResult Compile(ModelArtifact model, string device = DeviceNames.Default) => ModelCompiler.Compile(ModelWriter.Write(model), Options(device));

    private static CompilationOptions Options(string device) => new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, device);

    private static ModelArtifact WithLabels(int labels, string prefix, params string[] tasks)
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], [.. (tasks.Length == 0 ? ["keyword"] : tasks).Select(name => (name, "0 00 00"))]);
        return model with
        {
            Tasks = model.Tasks.Select(task => task with
            {
                Labels = Enumerable.Range(0, labels).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture)).ToValueArray(),
                Head = task.Head with { Classes = Enumerable.Repeat(task.Head.Classes[0], labels).ToValueArray() },
            }).ToValueArray(),
        };
    }
}
