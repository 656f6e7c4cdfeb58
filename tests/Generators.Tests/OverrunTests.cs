extern alias generators;

using System;
using System.Linq;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;
using Microsoft.CodeAnalysis;
using Xunit;
using generators::AdapterCompiler.Generators;
using CompilationOptions = AdapterCompiler.Compilation.CompilationOptions;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Models that fit alone and not together: the device's limits count per assembly.</summary>
public sealed class OverrunTests
{
    private const string First = "/firmware/Models/first.adapter";
    private const string Second = "/firmware/Models/second.adapter";

    // Loops: weights in tables.
    private static readonly (string, string) Size = ("Optimize", "size");

    private static readonly TestProject Together = TestProject.Empty
        .ProjectFile("<Project>\n  <AdapterModel Include=\"Models/first.adapter\" />\n  <AdapterModel Include=\"Models/second.adapter\" />\n</Project>")
        .Model(First, Models.Large, Size)
        .Model(Second, Models.Large, Size);

    [Fact]
    public void Each_fits_alone()
    {
        Assert.Empty(TestProject.Empty.Model(First, Models.Large, Size).Run().Diagnostics);
        Assert.Empty(TestProject.Empty.Model(Second, Models.Large, Size).Run().Diagnostics);
    }

    [Fact]
    public void The_item_that_passes_the_limit_is_named_with_sum_limit_and_remedy()
    {
        int sum = Tables("FirstModel") + Tables("SecondModel");
        Diagnostic diagnostic = Assert.Single(Together.Run().Diagnostics);
        Assert.Equal(
            $"/firmware/firmware.csproj(3,3): error ADC048: The models of this project need {TextTable.Number(sum)} bytes of tables and signatures together, one assembly holds {TextTable.Number(AssemblyLimits.DataBytes)}: " +
            "SecondModel passes it. Put one of the models into a project of its own, choose Optimize=\"balanced\", or fewer Tasks.",
            diagnostic.ToString());
    }

    [Fact]
    public void The_desktop_has_no_limit() => Assert.Empty(Together.Model(Second, Models.Large, Size, ("Device", "desktop")).Run().Diagnostics);

    [Fact]
    public void An_item_that_emits_nothing_takes_nothing()
    {
        Diagnostic diagnostic = Assert.Single(Together.Model(Second, Models.Large, Size, ("ClassName", "FirstModel")).Run().Diagnostics);
        Assert.Equal("ADC004", diagnostic.Id);
        diagnostic = Assert.Single(Together.Model(Second, Models.Large, Size, ("Tasks", "bird")).Run().Diagnostics);
        Assert.Equal("ADC003", diagnostic.Id);
    }

    [Fact]
    public void Each_limit_is_reported_once_where_it_is_passed()
    {
        (int il, int data, int strings) = (AssemblyLimits.IlBytes, AssemblyLimits.DataBytes, AssemblyLimits.StringBytes);
        Assert.Empty(Find(new(il - 1, data, 0), new(1, 0, strings)));
        Assert.Equal(["1 IL"], Find(new(il, 0, 0), new(1, 0, 0), new(1, 0, 0)));
        Assert.Equal(["2 tables and signatures"], Find(new(0, 1, 0), new(0, data - 1, 0), new(0, 1, 0)));
        Assert.Equal(["2 IL", "1 labels and names"], Find(new(il, 0, 1), new(0, 0, strings), new(1, 0, 0)));
    }

    // Number of the item, and what there is too much of.
    private static string[] Find(params AssemblyShare[] shares) => [.. Overrun
        .Find(shares.Select((share, i) => new ModelShare(new ModelIdentity(FormattableString.Invariant($"{i}"), FormattableString.Invariant($"M{i}")), share)), generators::AdapterCompiler.ValueArray<Clash>.Empty)
        .Select(overrun => overrun.Identity.Path + " " + overrun.Diagnostic.Arguments[2])];

    private static int Tables(string name) => ModelCompiler
        .Compile(Models.Large, new CompilationOptions(name, "Firmware", "large.adapter", ValueArray<string>.Empty, "esp32", Optimize: "size")).Budget!.DataBytes;
}
