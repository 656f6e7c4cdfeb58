using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Budgets;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Programs;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>Every limit from both sides: what just fits passes, one more is the limit's own error with its figures.</summary>
public sealed class LimitTests
{
    private static readonly MethodCost Method = new("Layer1", 100, 80, 2, 3, 4, 50, 6);
    private static readonly AssemblyBudget Small = new(ValueArray.Of(Method), 10, 10, 10, 5, 10);

    /// <summary>Names, ids and limits as the device has them, less what is left to the program around the model.</summary>
    public static TheoryData<string, string, int> Limits => new()
    {
        { "IL of a method", "ADC041", 65_535 },
        { "IL of two methods", "ADC041", 65_535 },
        { "arrays", "ADC042", 61_440 },
        { "signatures", "ADC042", 61_440 },
        { "strings", "ADC043", 60_579 },
        { "methods", "ADC044", 255 },
        { "fields", "ADC044", 255 },
        { "locals", "ADC045", 255 },
        { "arguments", "ADC045", 255 },
        { "stack", "ADC045", 255 },
        { "branch", "ADC045", 32_767 },
        { "array", "ADC050", 786_400 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_is_kept_exactly(string what, string id, int limit)
    {
        Assert.True(BudgetDiagnostics.Fits(With(what, limit)));
        AssemblyBudget over = With(what, limit + 1);
        Assert.False(BudgetDiagnostics.Fits(over));
        Diagnostic error = Assert.Single(BudgetDiagnostics.Overruns(over, "AudioModel", () => "Do this."));
        Assert.Equal(id, error.Rule.Id);
        Assert.Contains((limit + 1).ToString("#,0", CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Contains("holds " + limit.ToString("#,0", CultureInfo.InvariantCulture) + ".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_fill_the_string_table_to_the_last_byte()
    {
        // One plan: another one has fewer names.
        static CompilationResult Loops(int longer) => Compile(WithLabels(longer), network => [KernelPlan.Loops(network)]);
        int used = Loops(0).Budget!.StringBytes, left = 60_579 - used;
        Assert.InRange(left, 1, 350 * 50);
        CompilationResult full = Loops(left);
        Assert.Empty(full.Diagnostics);
        Assert.Equal(60_579, full.Budget!.StringBytes);
        Assert.Equal("ADC043", Assert.Single(Loops(left + 1).Diagnostics).Rule.Id);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, false)]
    public void Activations_fill_one_array_to_the_last_byte(int channels, bool fits)
    {
        // 500 x 393 positions of 4 channels, and the global convolution's channels beside them.
        CompilationResult result = Compile(Wide(1000, 786, 4, channels), network => [KernelPlan.Loops(network)], "stm32f7");
        if (fits)
        {
            Assert.NotNull(result.Program);
            Assert.Equal(786_400, result.Budget!.Arrays.Single(array => array.Name == "arena").Bytes);
            return;
        }

        Diagnostic error = Assert.Single(result.Diagnostics);
        Assert.Equal("ADC050", error.Rule.Id);
        Assert.StartsWith("AudioModel.arena needs 786,401 bytes, one array of the device holds 786,400. ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("speed")]
    [InlineData("balanced")]
    [InlineData("size")]
    public void The_planner_takes_kernels_whose_images_go_into_one_array(string goal)
    {
        // In four lanes the images of an input of 512 x 512 take more than one array may.
        ModelArtifact model = Wide(512, 512, 8, 6);
        CompilationResult result = Compile(model, null, "esp32-psram", goal);
        Assert.Empty(result.Diagnostics);
        Assert.All(result.Budget!.Arrays, array => Assert.InRange(array.Bytes, 1, 786_400));
        Assert.Contains(Compile(model, null, "desktop", "speed").Budget!.Arrays, array => array.Bytes > 786_400);
    }

    [Fact]
    public void A_window_that_is_no_array_of_the_device_is_an_error_whatever_the_kernels()
    {
        Diagnostic[] found = [.. Compile(Wide(1024, 1024, 1, 1), null, "stm32f7").Diagnostics];
        Assert.Contains(found, error => error.Rule.Id == "ADC050" && error.Message.StartsWith("AudioModel.codes needs 1,048,576 bytes", StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_whose_places_are_no_32_bit_numbers_are_an_error_even_for_the_desktop()
    {
        Diagnostic error = Assert.Single(Compile(Wide(1024, 1024, 257, 1), null, "desktop").Diagnostics);
        Assert.Equal("ADC050", error.Rule.Id);
        Assert.StartsWith("AudioModel, layer 1, needs 67,371,008 bytes, ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Compile(Wide(1024, 1024, 256, 1), network => [KernelPlan.Loops(network)], "desktop").Diagnostics);
    }

    [Fact]
    public void Memory_is_used_to_the_last_byte()
    {
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));
        int ram = Compile(model, network => [KernelPlan.Loops(network)]).Budget!.RamBytes;
        Assert.NotNull(Compile(model, network => [KernelPlan.Loops(network)], maxRam: ram).Program);
        Assert.Equal("ADC047", Assert.Single(Compile(model, network => [KernelPlan.Loops(network)], maxRam: ram - 1).Diagnostics).Rule.Id);
    }

    [Theory]
    [InlineData(48, "", "the model has fewer channels")]
    [InlineData(49, "", "with at most 48 parts")]
    [InlineData(1, "48", null)]
    [InlineData(1, "49", "it is a number of assemblies from 1 to 48")]
    [InlineData(1, "0", "it is a number of assemblies from 1 to 48")]
    [InlineData(2, "2", null)]
    [InlineData(3, "2", "MaxParts allows 2")]
    public void As_many_parts_as_a_device_loads_beside_the_firmware(int parts, string maxParts, string? message)
    {
        Diagnostic[] found = [.. ModelCompiler.Compile(
            ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"))),
            Options() with { Parts = parts, MaxParts = maxParts }).Diagnostics];
        if (message is null)
            Assert.Empty(found);
        else
            Assert.Contains(message, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    private static AssemblyBudget With(string what, int figure) => what switch
    {
        "IL of a method" => Small with { Methods = ValueArray.Of(Method with { DeviceIlBytes = figure }) },
        "IL of two methods" => Small with { Methods = ValueArray.Of(Method with { DeviceIlBytes = 40_000 }, Method with { DeviceIlBytes = figure - 40_000 }) },
        // Four tables with a length of two bytes each.
        "arrays" => Small with { ArrayBytes = figure - 8 - Small.SignatureBytes },
        "signatures" => Small with { SignatureBytes = figure - 8 - Small.ArrayBytes },
        "strings" => Small with { StringBytes = figure },
        "methods" => Small with { Methods = Enumerable.Repeat(Method, figure).ToValueArray() },
        "fields" => Small with { StaticFields = figure },
        "locals" => Small with { Methods = ValueArray.Of(Method, Method with { Locals = figure }) },
        "arguments" => Small with { Methods = ValueArray.Of(Method, Method with { Arguments = figure }) },
        "stack" => Small with { Methods = ValueArray.Of(Method, Method with { Stack = figure }) },
        "branch" => Small with { Methods = ValueArray.Of(Method, Method with { BranchDistance = figure }) },
        _ => Small with { Arrays = ValueArray.Of(new ArrayCost("codes", 10), new ArrayCost("lanes", figure)) },
    };

    private static CompilationOptions Options() => new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, "esp32");

    private static CompilationResult Compile(
        ModelArtifact model, Func<AdapterCompiler.Model.Network, KernelPlan[]>? plans = null, string device = "esp32", string goal = "speed", int maxRam = 0)
    {
        CompilationOptions options = Options() with { Device = device, Optimize = goal, MaxRam = maxRam == 0 ? "" : maxRam.ToString(CultureInfo.InvariantCulture) };
        return plans is null ? ModelCompiler.Compile(ModelWriter.Write(model), options) : ModelCompiler.Compile(ModelWriter.Write(model), options, plans);
    }

    // 350 labels of 150 characters, the first of them longer by some characters in all.
    private static ModelArtifact WithLabels(int longer)
    {
        const int labels = 350, length = 150, most = 200;
        ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "0 00 00"));
        return model with
        {
            Tasks = model.Tasks.Select(task => task with
            {
                Labels = Enumerable.Range(0, labels).Select(i => i.ToString("000", CultureInfo.InvariantCulture).PadRight(length + Math.Clamp(longer - (i * (most - length)), 0, most - length), 'x')).ToValueArray(),
                Head = task.Head with { Classes = Enumerable.Repeat(task.Head.Classes[0], labels).ToValueArray() },
            }).ToValueArray(),
        };
    }

    // No adapter has a channel.
    private static ModelArtifact Wide(int frames, int bands, int channels, int globalChannels)
    {
        LaneTask task = new([1, 1, 1], [[false], [false], [false]], 2);
        return LaneModels.Create(3, frames, bands, [channels, globalChannels, 2], [task], 4, 7, 0);
    }
}
