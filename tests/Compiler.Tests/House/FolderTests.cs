using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>The house is one line: a folder of src/Compiler uses only folders above it in docs/architecture.md, which lists them in this order.</summary>
public class FolderTests
{
    private static readonly string[] Order =
    [
        "Values", "Text", "Diagnostics", "Targets", "Arithmetic", "Operators", "Artifact", "Model", "Interpreter", "Trees", "Backends", "FrontEnds", "Programs", "Kernels",
        "Memory", "Schedule", "Planning", "Budgets", "Emit", "Boards", "Compilation", "Reports", "SelfTest",
    ];

    // What IL refers to: types of values that no source names, too.
    [Fact]
    public void No_folder_uses_one_below_it()
    {
        (string From, string To, string Example)[] arrows = [.. FolderArrows.InIl()];
        Assert.True(arrows.Length > 90, $"only {arrows.Length} arrows were found");
        Expect.None(arrows.Where(arrow => Place(arrow.To) >= Place(arrow.From)).Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Example}"));
    }

    // What sources name: constants, nameof, attributes and constraints leave no trace in IL.
    [Fact]
    public void No_source_names_a_folder_below_its_own()
    {
        Expect.None(Upwards(CompilerSources.All));
    }

    [Fact]
    public void An_arrow_upwards_is_found_however_it_is_written() => Planted.AllFound(
        "Targets",
        "class MarkAttribute(System.Type of) : System.Attribute { }",
        "void Use() {{ {0} }}",
        Upwards,
        "string name = nameof(Compilation.ModelCompiler);",
        "int value = (int)Planning.Optimize.Size;",
        "var goal = AdapterCompiler.Planning.Optimize.Size;",
        "var goal = global::AdapterCompiler.Planning.Optimize.Size;",
        "int parts = Compilation.PartSetting.Most;",
        "System.Type type = typeof(Emit.CSharpEmitter);",
        "void Local<T>() where T : Programs.BlockStep { }",
        "[Mark(typeof(Reports.Report))] void Local() { }",
        "object of = default(ValueArray<Kernels.Copied.KernelTally>);");

    [Theory]
    [InlineData("using AdapterCompiler.Planning;")]
    [InlineData("using static AdapterCompiler.Planning.Optimize;")]
    [InlineData("using Wish = AdapterCompiler.Planning.Optimize;")]
    public void An_import_of_a_folder_below_is_found(string import) => Assert.NotEmpty(Upwards(CompilerSources.Planted("Targets/Planted.cs", import + " namespace AdapterCompiler.Targets; class Planted;")));

    // Inside a folder: its sub-folders, and the files that lie beside them, use each other in one direction.
    [Fact]
    public void Neither_do_folders_within_a_folder_go_in_circles()
    {
        string[] order = [.. RoomOrder.InIl(out IReadOnlyList<string> circles)];
        Expect.None(circles);
        Assert.True(order.Length > 25, $"only {order.Length} rooms were found");
        Expect.None(RoomOrder.Backwards(CompilerSources.All, order));
    }

    [Theory]
    [InlineData("Kernels/Lanes", "const int Group = LaneLoops.LaneLoopLayerCode.Group;")]
    [InlineData("Kernels/Loops", "string kernel = nameof(KernelRegistry);")]
    [InlineData("Artifact/Reading", "string kernel = nameof(ModelReader);")]
    [InlineData("FrontEnds/Transform", "void Local<T>() where T : IntegerMel { }")]
    public void A_circle_within_a_folder_is_found(string folder, string member)
    {
        string source = $"namespace AdapterCompiler.{folder.Replace('/', '.')}; class Planted {{ {member} }}";
        Assert.NotEmpty(RoomOrder.Backwards(CompilerSources.Planted(folder + "/Planted.cs", source), [.. RoomOrder.InIl(out _)]));
    }

    [Fact]
    public void Folders_namespaces_and_the_page_agree()
    {
        string compiler = Path.Combine(Sources.Root, "src", "Compiler");
        string[] folders = [.. Directory.GetDirectories(compiler).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj"))];
        Assert.Equal(Order.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        // A file beside the folders would belong to none of them, and carry arrows upwards.
        Assert.Empty(Directory.GetFiles(compiler, "*.cs"));
        foreach ((string path, string[] lines) in Sources.All.Where(file => file.Path.StartsWith("Compiler/", StringComparison.Ordinal)))
        {
            string folder = Path.GetDirectoryName(path)!.Replace('\\', '/'), declared = Assert.Single(lines, line => line.StartsWith("namespace ", StringComparison.Ordinal));
            // What every folder has without naming it.
            string expected = folder == "Compiler/Values" ? FolderArrows.Root : FolderArrows.Root + folder["Compiler".Length..].Replace('/', '.');
            Assert.True(declared == $"namespace {expected};", $"{path} declares {declared}");
        }

        string[] page = [.. File.ReadLines(Path.Combine(Sources.Root, "docs", "architecture.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1].TrimEnd('/'))];
        Assert.Equal(Order, page.Select(name => name.Split('/')[0]).Where(Order.Contains));
    }

    private static int Place(string folder) => Array.IndexOf(Order, folder);

    // Whatever is used of a folder is reached by the name of a type, or of the folder.
    private static string[] Upwards(CompilerSources sources) =>
    [
        .. from use in sources.Uses((name, file) => CompilerSources.MayBeType(name) && CompilerSources.Types[name.Identifier.Text].Select(TopOf).Append(name.Identifier.Text).Any(folder => Place(folder) > Place(TopOf(file))))
           let to = use.Symbol is INamespaceSymbol space ? FolderOf(space) : CompilerSources.FileOf(use.Symbol) is { } declared ? TopOf(declared) : null
           where to is not null && Place(to) > Place(TopOf(use.File))
           select $"{use.Place} uses {to}",
    ];

    private static string TopOf(string file) => file.Split('/')[0];

    private static string? FolderOf(INamespaceSymbol space) => space.ToDisplayString().Split('.') is [FolderArrows.Root, var folder, ..] ? folder : null;
}
