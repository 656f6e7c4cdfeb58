using System;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Budgets;
using AdapterCompiler.Checking;
using AdapterCompiler.Compilation;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Hosting;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using AdapterCompiler.Tests.Budgets;
using Xunit;
using Xunit.Abstractions;

namespace AdapterCompiler.Tests.Planning;

/// <summary>
/// What <c>ProgramRoom</c> asks for is left, to the byte, by the part that firmware calls, and nothing is preferred beyond it. ADAPTER_ROOMS=200 tries two hundred random
/// networks; seeds are 0, 1, 2 …
/// </summary>
public sealed class ProgramRoomTests(ITestOutputHelper output)
{
    private const int Most = AssemblyLimits.IlBytes;

    // Bytes by which plans differ from what their layers take apart.
    private const int Off = 64;

    private static readonly CompilationOptions Options = new("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default);

    private static readonly ModelArtifact Tiny = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));

    private static int Networks => int.TryParse(Environment.GetEnvironmentVariable("ADAPTER_ROOMS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 12;

    [Fact]
    public void A_room_is_kept_to_the_last_byte()
    {
        int il = Loops(null).Budget!.DeviceIlBytes;
        CompilationResult fits = Loops(Most - il);
        Assert.Equal(Loops(null).Files, fits.Files);
        Diagnostic error = Assert.Single(Loops(Most - il + 1).Diagnostics);
        Assert.Equal(("ADC052", new TextPosition(1, 1, 1)), (error.Rule.Id, error.Position));
        Assert.Equal(
            FormattableString.Invariant($"AudioModel needs {il:#,0} bytes of IL, with ProgramRoom=\"{Most - il + 1}\" one assembly holds {il - 1:#,0}: 1 too many. Cut it into 2 parts (Part=\"1/2\"; 'adapterc scaffold' writes the projects), ")
                + FormattableString.Invariant($"lower ProgramRoom to {Most - il} or less, choose fewer Tasks, or retrain narrower or sparser."),
            error.Message);

        static CompilationResult Loops(int? room) => ModelCompiler.Compile(ModelWriter.Write(Tiny), With(Options, room), network => [KernelPlan.Loops(network)]);
    }

    [Fact]
    public void Random_networks_leave_what_they_are_asked_for_or_say_what_they_can()
    {
        int kept = 0, refused = 0;
        for (int seed = 0; seed < Networks; seed++)
        {
            string text = ModelWriter.Write(LaneModels.Create(seed));
            int fast = ModelCompiler.Compile(text, Options).Budget!.DeviceIlBytes, small = ModelCompiler.Compile(text, Options with { Optimize = "size" }).Budget!.DeviceIlBytes;
            var random = new Random(seed);
            foreach (int left in new[] { fast, fast - 1, random.Next(small * 9 / 10, Math.Max(small, fast) + 1), small * 4 / 5 })
            {
                CompilationOptions options = With(Options, Most - left) with { Optimize = CompilationOptions.Goals.Keys.ElementAt(random.Next(CompilationOptions.Goals.Count)) };
                CompilationResult result = ModelCompiler.Compile(text, options);
                if (result.Program is null)
                {
                    refused++;
                    Diagnostic error = Assert.Single(result.Diagnostics);
                    Assert.Equal("ADC052", error.Rule.Id);
                    int could = Said(error, "ower ProgramRoom to ");
                    Assert.True(could < Most - left, $"seed {seed}: {error.Message}");
                    result = ModelCompiler.Compile(text, With(options, could));
                    Assert.True(result.Diagnostics.Count == 0, $"seed {seed}, room {could}");
                    // Other plans may take a little less than the two smallest, which were tried.
                    Assert.InRange(Most - could - result.Budget!.DeviceIlBytes, 0, Off);
                    Assert.Equal("ADC052", Assert.Single(ModelCompiler.Compile(text, With(options, could + Off + 1)).Diagnostics).Rule.Id);
                }
                else
                {
                    kept++;
                    Assert.InRange(result.Budget!.DeviceIlBytes, 1, left);
                }

                BudgetTests.AssertSame(result.Budget!, MeasuredBudget.Of(GeneratedAssembly.Compile(result.Files, ClassLibrary.NanoFramework), "AudioModel"));
            }
        }

        output.WriteLine(FormattableString.Invariant($"{kept} rooms kept, {refused} refused"));
        Assert.True(kept >= 2 * Networks, $"only {kept} rooms were kept");
        Assert.True(refused >= Networks / 2, $"only {refused} rooms were refused");
    }

    [Fact]
    public void A_room_that_is_named_is_a_limit_and_no_preference()
    {
        // Of the fastest plan that one assembly holds, a quarter faster or not.
        var input = ModelInput.Read(ModelWriter.Write(LaneModels.Create(1, 96, 64, [6, 12, 24, 48, 96, 96], [1], weightBits: 4, activationBits: 7, zeros: 0.7)), Options);
        (int Il, long Weighted) unsaid = Built(null), none = Built(0), program = Built(4_096), half = Built(Most / 2);
        Assert.InRange(none.Il, 0, Most);
        Assert.InRange(program.Il, 0, Most - 4_096);
        Assert.InRange(half.Il, 0, Most / 2);
        // With a preference this network leaves more than is asked for.
        Assert.InRange(unsaid.Il, 0, Most - AssemblyLimits.IlOfProgram);
        Assert.InRange(none.Il, Most - 4_096, Most);
        Assert.Equal([none.Weighted, program.Weighted, unsaid.Weighted, half.Weighted], new[] { none, program, unsaid, half }.Select(each => each.Weighted).Order());
        Assert.True(none.Weighted < program.Weighted && program.Weighted < unsaid.Weighted, $"{none}, {program}, {unsaid}");

        (int Il, long Weighted) Built(int? room)
        {
            ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(input, With(Options, room));
            return (parts[0].Budget!.DeviceIlBytes, ProgramCost.Of(parts[0].Program!).Of());
        }
    }

    [Theory]
    [InlineData(2, 30_000)]
    [InlineData(3, 50_000)]
    public void Of_several_parts_the_last_one_leaves_it(int count, int room)
    {
        var input = ModelInput.Read(ModelWriter.Write(LaneModels.Create(1, 96, 64, [6, 12, 24, 48, 96, 96], [1], weightBits: 4, activationBits: 7, zeros: 0.5)), Options);
        ValueArray<CompilationResult> unsaid = ModelCompiler.CompileParts(input, Options with { Parts = count }), parts = ModelCompiler.CompileParts(input, With(Options, room) with { Parts = count });
        Assert.Equal(unsaid.Select(part => part.Files), ModelCompiler.CompileParts(input, With(Options, 0) with { Parts = count }).Select(part => part.Files));
        Assert.Equal(count, parts.Count(part => part.Program is not null));
        Assert.InRange(unsaid[count - 1].Budget!.DeviceIlBytes, Most - room + 1, Most);
        Assert.InRange(parts[count - 1].Budget!.DeviceIlBytes, 1, Most - room);
        // The others are filled for it.
        Assert.All(parts.Take(count - 1), part => Assert.InRange(part.Budget!.DeviceIlBytes, Most * 4 / 5, Most));
        BudgetTests.AssertSame(parts[count - 1].Budget!, MeasuredBudget.Of(GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.NanoFramework)[count - 1], "AudioModel"));
    }

    [Theory]
    [InlineData("speed", "4096", Limit.Code, 10, Limit.Code, 20, true)]
    [InlineData("speed", "4096", Limit.Code, 20, Limit.Code, 10, false)]
    [InlineData("size", "4096", Limit.Code, 10, Limit.Code, 20, true)]
    [InlineData("size", "4096", Limit.Code, 20, Limit.Code, 10, false)]
    [InlineData("speed", "4096", Limit.Memory, 20, Limit.Code, 10, true)]
    [InlineData("size", "4096", Limit.Memory, 10, Limit.Code, 20, false)]
    [InlineData("speed", "", Limit.Code, 20, Limit.Code, 10, true)]
    [InlineData("size", "", Limit.Code, 10, Limit.Code, 20, false)]
    internal void The_refusal_that_is_told(string goal, string room, Limit later, int passedLater, Limit earlier, int passedEarlier, bool isLater)
    {
        CompilationOptions options = Options with { Optimize = goal, ProgramRoom = room };
        Assert.Equal(isLater, PlanTrial.SaysMore(options, new Overrun(later, passedLater), new Overrun(earlier, passedEarlier)));
    }

    [Fact]
    public void More_parts_are_said_where_one_leaves_too_little()
    {
        string text = ModelWriter.Write(LaneModels.Create(1, 32, 32, [6, 12, 24, 48, 48], [1], weightBits: 4, activationBits: 7, zeros: 0.5));
        CompilationOptions options = With(Options, 64_000);
        Diagnostic error = Assert.Single(ModelCompiler.Compile(text, options).Diagnostics);
        Assert.Equal("ADC052", error.Rule.Id);
        int enough = Said(error, "Cut it into ");
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(text, options with { Parts = enough });
        Assert.All(parts, part => Assert.Empty(part.Diagnostics));
        Assert.InRange(parts[enough - 1].Budget!.DeviceIlBytes, 1, Most - 64_000);
        Assert.Equal(enough, ModelCompiler.PartsNeeded(text, options));

        // Not even the members that firmware calls.
        Diagnostic few = Assert.Single(ModelCompiler.CompileParts(text, With(Options, Most) with { Parts = 2 })[0].Diagnostics);
        Assert.Equal("ADC046", few.Rule.Id);
        Assert.Matches("^AudioModel does not fit 2 parts with ProgramRoom=\"65535\": the fullest would be 1[0-9]{2} % of an assembly\\. No number of parts would do: lower ProgramRoom, choose fewer Tasks, ", few.Message);
    }

    [Fact]
    public void What_hears_in_the_same_assembly_counts_and_can_go_elsewhere()
    {
        ModelArtifact model = TinyModels.Create([3, 4, 4], ("first", "11 101 11")) with { Input = new InputSpec(8, 16, 7), FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28) };
        CompilationOptions options = Options with { Sound = "here", Hop = "4", Optimize = "size" };
        Diagnostic error = Assert.Single(Compile(Most).Diagnostics);
        Assert.Contains(". Write Sound=\"apart\", which gives the class that hears a project of its own, lower ProgramRoom to ", error.Message, StringComparison.Ordinal);
        int could = Said(error, "ower ProgramRoom to ");
        CompilationResult fits = Compile(could);
        Assert.Equal(Most - could, fits.Budget!.DeviceIlBytes);
        Assert.Equal(Most - could, DeviceIl(GeneratedAssembly.Compile(fits.Files, ClassLibrary.NanoFramework)));
        Assert.Equal("ADC052", Assert.Single(Compile(could + 1).Diagnostics).Rule.Id);
        options = options with { Sound = "apart" };
        Assert.Empty(Compile(could + 1).Diagnostics);
        // The class that hears is no assembly that calls the model.
        Assert.Empty(ModelCompiler.Compile(ModelWriter.Write(model), PartSetting.Apply(With(options, Most), PartSetting.Sound)).Diagnostics);

        CompilationResult Compile(int room) => ModelCompiler.Compile(ModelWriter.Write(model), With(options, room));
    }

    [Fact]
    public void A_stream_is_told_of_no_parts()
    {
        string text = ModelWriter.Write(UnpaddedModels.Of(LaneModels.Create(1, 32, 16, [4, 6, 6], [1], 4, 7, 0.5), 0));
        CompilationOptions options = Options with { Streaming = "true" };
        Diagnostic error = Assert.Single(ModelCompiler.Compile(text, With(options, Most)).Diagnostics);
        Assert.Contains(" too many. Lower ProgramRoom to ", error.Message, StringComparison.Ordinal);
        CompilationResult fits = ModelCompiler.Compile(text, With(options, Said(error, "ower ProgramRoom to ")));
        Assert.Empty(fits.Diagnostics);
    }

    [Theory]
    [InlineData("4K", 4_096)]
    [InlineData("4k", 4_096)]
    [InlineData("20000", 20_000)]
    [InlineData("0", 0)]
    [InlineData("0K", 0)]
    [InlineData("65535", 65_535)]
    [InlineData("", null)]
    public void Bytes_and_kilobytes_are_read(string text, int? bytes) => Assert.Equal(bytes, (Options with { ProgramRoom = text }).ProgramRoomBytes);

    [Theory]
    [InlineData("-1")]
    [InlineData("70K")]
    [InlineData("64K")]
    [InlineData("65536")]
    [InlineData("abc")]
    [InlineData("K")]
    [InlineData("4 K")]
    [InlineData("99999999999K")]
    public void What_is_no_room_is_an_error(string text)
    {
        Diagnostic error = Assert.Single(ModelCompiler.MistakesOf(Options with { ProgramRoom = text }));
        Assert.Equal("ADC002", error.Rule.Id);
        Assert.StartsWith($"ProgramRoom=\"{text}\" is not valid: it is a number of bytes such as 4000, or of kilobytes such as 4K, of the 65535 that an assembly holds.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_the_desktop_there_is_no_limit() =>
        Assert.Empty(ModelCompiler.Compile(ModelWriter.Write(Tiny), With(Options, Most) with { Device = DeviceLimits.Desktop }).Diagnostics);

    private static CompilationOptions With(CompilationOptions options, int? room) => options with { ProgramRoom = room?.ToString(CultureInfo.InvariantCulture) ?? "" };

    // The number that follows.
    private static int Said(Diagnostic error, string before)
    {
        int start = error.Message.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, error.Message);
        return int.Parse(error.Message[(start + before.Length)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    // IL of all classes of an assembly, as converted.
    private static int DeviceIl(GeneratedAssembly assembly) =>
        (int)AssemblyCheck.Run(assembly.Image, "Generated.dll", new CheckOptions()).Measurements.Single(each => each.Key == "ilBytes").Value;
}
