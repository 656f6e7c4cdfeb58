using System;
using System.IO;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>The commands as a user types them.</summary>
[Collection(CommandLine.Collection)]
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
    private readonly ModelArtifact model = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Emit_writes_the_compilers_bytes()
    {
        string path = Write(model);
        CommandResult result = Run("emit", path, "--class", "AudioModel", "--namespace", "Firmware", "--tasks", "bird", "-o", folder);

        Assert.Equal((0, ""), (result.Code, result.Error));
        var options = new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray.Of("bird"), DeviceNames.Default);
        foreach (EmittedFile file in ModelCompiler.Compile(ModelWriter.Write(model), options).Files)
            Assert.Equal(file.Text, File.ReadAllText(Path.Combine(folder, file.Name)));
    }

    [Fact]
    public void A_missing_model_has_no_place_in_a_file()
    {
        CommandResult result = Run("emit", Path.Combine(folder, "nosuch.adapter"));
        Assert.Equal(1, result.Code);
        Assert.StartsWith("adapterc: error ADC001: The model file cannot be read: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_a_model_without_the_interpreter_names_the_option()
    {
        CommandResult result = Run("check", Write(model));
        Assert.Equal(1, result.Code);
        Assert.Contains("--nanoclr PATH", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Emit_names_the_class_after_the_file()
    {
        Assert.Equal(0, Run("emit", Write(model), "-o", folder).Code);
        Assert.Contains("class AudioModel", File.ReadAllText(Path.Combine(folder, "AudioModel.g.cs")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("artifact", "adapter-model 1")]
    [InlineData("network", "network tiny  input 8 x 4, 7 bit")]
    [InlineData("lowered", "program tiny  ram ")]
    public void Inspect_prints_each_stage(string stage, string start)
    {
        CommandResult result = Run("inspect", Write(model), "--stage", stage);
        Assert.Equal(0, result.Code);
        Assert.StartsWith(start, result.Output, StringComparison.Ordinal);
    }

    // A user who writes the model's files has half of what is needed.
    [Fact]
    public void Emit_says_what_writes_the_class_that_hears()
    {
        ModelArtifact heard = model with { Input = new InputSpec(8, 16, 7), FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28) };
        const string told = "AudioModelSound, the class that hears, belongs to a project of its own: the same command with --part sound writes it.";
        string Output(params string[] options)
        {
            CommandResult result = Run(["emit", Write(heard), "-o", folder, .. options]);
            Assert.Equal((0, ""), (result.Code, result.Error));
            return result.Output;
        }

        Assert.EndsWith(told + "\n", Output("--sound", "apart"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "AudioModelSound.g.cs")));
        Assert.DoesNotContain(told, Output("--sound", "apart", "--part", "1/2") + Output("--sound", "here") + Output(), StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "AudioModelSound.g.cs"));
        Assert.Contains(told, Output("--sound", "apart", "--part", "2/2"), StringComparison.Ordinal);
        Assert.EndsWith(
            "the same command with --part sound, without --self-test, --clip and --with-class, writes it.\n", Output("--sound", "apart", "--self-test", "--with-class"), StringComparison.Ordinal);
        Assert.DoesNotContain(told, Output("--sound", "apart", "--part", "sound"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "AudioModelSound.g.cs")));
    }

    [Fact]
    public void A_part_is_emitted_and_inspected_alone()
    {
        Assert.Equal(0, Run("emit", Write(model), "--part", "1/2", "-o", folder).Code);
        Assert.Contains("class AudioModelPart1", File.ReadAllText(Path.Combine(folder, "AudioModelPart1.g.cs")), StringComparison.Ordinal);
        CommandResult inspected = Run("inspect", Write(model), "--part", "2/2");
        Assert.Equal(0, inspected.Code);
        Assert.Contains("\npart 2 of 2\n", inspected.Output, StringComparison.Ordinal);
        CommandResult wrong = Run("emit", Write(model), "--part", "two", "-o", folder);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("--part two is not valid: a part is written as number/count such as 2/3", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Seal_accepts_an_edited_mask_and_refuses_a_broken_file()
    {
        string path = Write(model);
        string edited = File.ReadAllText(path).Replace("gates 10\n", "gates 11\n", StringComparison.Ordinal);
        File.WriteAllText(path, edited);
        CommandResult unsealed = Run("emit", path, "-o", folder);
        Assert.Equal(1, unsealed.Code);
        Assert.Contains("adapterc seal", unsealed.Error, StringComparison.Ordinal);

        Assert.Equal(0, Run("seal", path).Code);
        Assert.Equal(0, Run("emit", path, "-o", folder).Code);

        string broken = File.ReadAllText(path).Replace("gates 11\n", "gates 1\n", StringComparison.Ordinal);
        File.WriteAllText(path, broken);
        CommandResult refused = Run("seal", path);
        Assert.Equal(1, refused.Code);
        Assert.Contains("error ADC012", refused.Error, StringComparison.Ordinal);
        Assert.Equal(broken, File.ReadAllText(path));
    }

    [Fact]
    public void Check_passes_generated_code_and_finds_a_planted_allocation()
    {
        var options = new CompilationOptions("AudioModel", "", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default);
        string clean = Path.Combine(folder, "clean.dll"), planted = Path.Combine(folder, "planted.dll");
        File.WriteAllBytes(clean, GeneratedAssembly.Compile(ModelCompiler.Compile(ModelWriter.Write(model), options).Files, ClassLibrary.NanoFramework).Image);
        File.WriteAllBytes(planted, GeneratedAssembly.Compile([new EmittedFile("P.cs", "public static class P { public static int[] M(int n) { return new int[n]; } public static int N(string s) { return System.Convert.ToInt32(s); } }")], ClassLibrary.NanoFramework).Image);

        CommandResult good = Run("check", clean, "--device", "esp32", "--no-allocation", "AudioModel.*", "--no-float", "*");
        Assert.Equal((0, ""), (good.Code, good.Error));
        Assert.EndsWith("clean.dll: clean\n", good.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("check", planted).Code);

        CommandResult bad = Run("check", planted, "--no-allocation", "P.M", "P.*");
        Assert.Equal(1, bad.Code);
        Assert.Contains("error NFC050: P.M(int)+IL_0001: new int[] allocates.", bad.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("check", planted, "--no-allocation", "P.M", "--ignore", "NFC050").Code);
        Assert.Equal(0, Run("check", planted, "--no-allocation", "P.N").Code);
        Assert.Equal(1, Run("check", planted, "--no-allocation", "P.N", "--fail-on", "warning").Code);
        Assert.StartsWith("{\n  \"schema\": \"adapterc-check/1\",", Run("check", planted, "--json").Output, StringComparison.Ordinal);

        string sarif = Path.Combine(folder, "check.sarif");
        Assert.Equal((1, bad.Output), (Run("check", planted, "--no-allocation", "P.M", "P.*", "--sarif", sarif) is var scanned ? scanned.Code : -1, scanned.Output));
        Assert.Contains("\"version\": \"2.1.0\"", File.ReadAllText(sarif), StringComparison.Ordinal);
        CommandResult unwritable = Run("check", planted, "--sarif", folder);
        Assert.Equal(1, unwritable.Code);
        Assert.StartsWith($"adapterc: {folder} cannot be written: ", unwritable.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check missing.dll", 1, "error NFC001: Could not find file")]
    [InlineData("check", 2, "adapterc: see adapterc check --help")]
    [InlineData("check app.dll --device esp23", 2, "esp32")]
    [InlineData("check app.dll --device desktop", 2, "esp32")]
    [InlineData("check app.dll --ignore NFC999", 2, "NFC001")]
    public void Check_tells_wrong_files_from_wrong_usage(string line, int code, string expected)
    {
        CommandResult result = Run(line.Split(' '));
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emit", "missing.adapter", "ADC001", 1)]
    [InlineData("run", "missing.adapter a.wav", "ADC001", 1)]
    [InlineData("seal", "missing.adapter", "ADC001", 1)]
    [InlineData("emit", "", "adapterc: see adapterc emit --help", 2)]
    [InlineData("compile", "audio.adapter", "adapterc: see adapterc --help", 2)]
    public void Mistakes_are_messages(string command, string arguments, string expected, int code)
    {
        CommandResult result = Run([command, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tasks", "brid", 1, "error ADC003: 'brid' is not a task of audio.adapter. Did you mean 'bird'?")]
    [InlineData("--class", "class", 2, "adapterc: error ADC002: --class class is not valid")]
    [InlineData("--device", "esp23", 2, "adapterc: error ADC002: --device esp23 is not valid: no such device is known; Did you mean 'esp32'?")]
    public void Wrong_settings_name_the_remedy(string option, string value, int code, string expected)
    {
        CommandResult result = Run("emit", Write(model), option, value, "-o", folder);
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private string Write(ModelArtifact artifact)
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(artifact));
        return path;
    }

    private static CommandResult Run(params string[] args) => CommandLine.Run(args);
}
