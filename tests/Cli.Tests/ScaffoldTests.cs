using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using AdapterCompiler.Tests.SelfTest;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary><c>adapterc scaffold</c>: what it writes builds as it stands, with the real generator and the real class library.</summary>
[Collection(CommandLine.Collection)]
public sealed class ScaffoldTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("scaffold").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Three_parts_and_the_class_that_hears_build_as_a_solution_and_refer_to_nanoFrameworks_mscorlib_only()
    {
        CommandResult result = CommandLine.Run("scaffold", Listening(), "--parts", "3", "-o", Out, "--namespace", "Sounds", "--tasks", "bird,keyword", "--sound", "apart", "--samples", "bytes", "--hop", "8", "--gain", "4");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(
            [".gitattributes", "AudioModel.sln", "AudioModel/AudioModel.csproj", "AudioModel/Properties/AssemblyInfo.cs", "AudioModelDemo/AudioModelDemo.csproj",
                "AudioModelDemo/I2sMicrophone.cs", "AudioModelDemo/IMicrophone.cs", "AudioModelDemo/Listener.cs", "AudioModelDemo/Program.cs",
                "AudioModelPart1/AudioModelPart1.csproj", "AudioModelPart1/Properties/AssemblyInfo.cs", "AudioModelPart2/AudioModelPart2.csproj", "AudioModelPart2/Properties/AssemblyInfo.cs",
                "AudioModelSound/AudioModelSound.csproj", "AudioModelSound/Properties/AssemblyInfo.cs", "Directory.Build.props", "README.md", "models/audio.adapter"],
            Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Out, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        UseGeneratorOfThisBuild("<PropertyGroup><EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles><CompilerGeneratedFilesOutputPath>obj/generated</CompilerGeneratedFilesOutputPath></PropertyGroup>");

        ProcessResult build = ProcessResult.OfBuild(Out, null, "AudioModel.sln");
        Assert.True(build.Code == 0, build.Text);
        Assert.True(build.Output.Contains("0 Warning(s)", StringComparison.Ordinal), build.Text);
        Assert.Equal(["mscorlib"], References("AudioModelPart1", "dll"));
        Assert.Equal(["AudioModelPart1", "mscorlib"], References("AudioModelPart2", "dll"));
        Assert.Equal(["mscorlib"], References("AudioModelSound", "dll"));
        Assert.Equal(["AudioModelPart1", "AudioModelPart2", "AudioModelSound", "mscorlib"], References("AudioModel", "dll"));
        Assert.Equal(["AudioModel", "mscorlib"], References("AudioModelDemo", "exe"));

        // The page's commands write what the build made.
        string[] commands = [.. File.ReadAllLines(Path.Combine(Out, "README.md")).Where(line => line.StartsWith("adapterc emit ", StringComparison.Ordinal))];
        Assert.Equal(4, commands.Length);
        foreach (string command in commands)
        {
            string[] words = command.Replace(" models/", $" {Out}/models/", StringComparison.Ordinal).Replace(" -o ", $" -o {Out}/", StringComparison.Ordinal).Split(' ');
            CommandResult emit = CommandLine.Run(words[1..]);
            Assert.Equal((0, ""), (emit.Code, emit.Error));
            string project = Path.GetFileName(words[^1]);
            string generated = Path.Combine(Out, project, "obj", "generated", "AdapterCompiler.Generators", "AdapterCompiler.Generators.AdapterModelGenerator");
            Assert.Equal(Texts(generated), Texts(words[^1]));
        }

        static (string, string)[] Texts(string folder) =>
            [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_streams_program_decides(bool hears)
    {
        string model = Path.Combine(folder, "audio.adapter");
        InputSpec input = new(16, 16, 7);
        File.WriteAllText(model, ModelWriter.Write(UnpaddedModels.Of(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11")), 0) with { Input = input, FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28) }));
        CommandResult result = CommandLine.Run(["scaffold", model, "--streaming", "-o", Out, "--hop", "8", .. hears ? ["--sound", "here"] : Array.Empty<string>()]);
        Assert.Equal((0, ""), (result.Code, result.Error));
        string item = File.ReadAllLines(Path.Combine(Out, "AudioModel", "AudioModel.csproj")).Single(line => line.Contains("<AdapterModel ", StringComparison.Ordinal));
        Assert.EndsWith($" Device=\"esp32\"{(hears ? " Sound=\"here\"" : "")} Streaming=\"true\" Hop=\"8\" />", item, StringComparison.Ordinal);
        Assert.Contains($" --device esp32{(hears ? " --sound here" : "")} --streaming --hop 8 -o emitted/AudioModel\n", File.ReadAllText(Path.Combine(Out, "README.md")), StringComparison.Ordinal);

        CompilationResult compiled = ModelCompiler.Compile(File.ReadAllText(model), new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, "esp32") with { Streaming = "true", Hop = "8", Sound = hears ? "here" : "" });
        EmittedFile[] files = [.. compiled.Files, .. Directory.GetFiles(Path.Combine(Out, "AudioModelDemo"), "*.cs").Where(file => !file.EndsWith("I2sMicrophone.cs", StringComparison.Ordinal)).Select(file => new EmittedFile(Path.GetFileName(file), File.ReadAllText(file)))];
        Assert.NotEmpty(GeneratedAssembly.Compile(files, ClassLibrary.NanoFramework).Image);
        string[] said = hears
            ? ConsoleProgram.Run([.. files, new EmittedFile("Start.cs", "public static class Start { public static void Main() { Firmware.Listener.Run(new Firmware.Tones(), 2); } }")], "Start")
            : ConsoleProgram.Run(files, "Firmware.Program");
        Assert.Equal(2, said.Length);
        Assert.Matches(hears ? "^[0-9.]+ s  keyword: \".+\" .*real-time factor [0-9.]+$" : "^keyword: ", said[0]);
        if (hears)
            Assert.Contains("AudioModel.Missed.ToString() + \" decisions missed\"", File.ReadAllText(Path.Combine(Out, "AudioModelDemo", "Listener.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_is_one_project()
    {
        CommandResult parts = CommandLine.Run("scaffold", Listening(), "--streaming", "--parts", "2", "-o", Out), padded = CommandLine.Run("scaffold", Listening(), "--streaming", "-o", Out);
        Assert.Equal((1, 1), (parts.Code, padded.Code));
        Assert.Contains("a stream runs in one assembly", parts.Error, StringComparison.Ordinal);
        Assert.Contains("train it with --streaming", padded.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void The_program_that_passes_codes_compiles_for_the_device()
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "-o", Out);
        Assert.Equal((0, ""), (result.Code, result.Error));
        CompilationResult model = ModelCompiler.Compile(File.ReadAllText(Model()), new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, "esp32"));
        GeneratedAssembly program = GeneratedAssembly.Compile([.. model.Files, new EmittedFile("Program.cs", File.ReadAllText(Path.Combine(Out, "AudioModelDemo", "Program.cs")))], ClassLibrary.NanoFramework);
        Assert.NotEmpty(program.Image);
    }

    [Fact]
    public void Git_is_told_what_to_fold()
    {
        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "-o", Out).Code);
        Assert.Equal(0, ProcessResult.Of("git", Out, null, "init", "-q").Code);
        ProcessResult told = ProcessResult.Of("git", Out, null, "check-attr", "diff", "linguist-generated", "--", "Firmware/AudioModel.Weights.g.cs", "Firmware/AudioModel.g.cs", "models/audio.adapter");
        Assert.Equal(
            ["Firmware/AudioModel.Weights.g.cs: diff: unset", "Firmware/AudioModel.Weights.g.cs: linguist-generated: set", "Firmware/AudioModel.g.cs: diff: unspecified", "Firmware/AudioModel.g.cs: linguist-generated: set", "models/audio.adapter: diff: unspecified", "models/audio.adapter: linguist-generated: set"],
            told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void As_few_parts_as_fit_unless_told_otherwise()
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "-o", Out);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.False(Directory.Exists(Path.Combine(Out, "AudioModelPart1")));
        string project = File.ReadAllText(Path.Combine(Out, "AudioModel", "AudioModel.csproj"));
        Assert.Contains("<AdapterModel Include=\"../models/audio.adapter\" ClassName=\"AudioModel\" Namespace=\"Firmware\" Device=\"esp32\" />", project, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", project, StringComparison.Ordinal);
    }

    [Fact]
    public void The_projects_have_the_settings_of_the_command()
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "--parts", "2", "-o", Out, "--optimize", "size", "--max-ram", "4K", "--max-parts", "3", "--program-room", "2K");
        Assert.Equal((0, ""), (result.Code, result.Error));
        foreach ((string project, int part) in new[] { ("AudioModelPart1", 1), ("AudioModel", 2) })
        {
            string text = File.ReadAllText(Path.Combine(Out, project, project + ".csproj"));
            Assert.Contains($" Device=\"esp32\" Part=\"{part}/2\" Optimize=\"size\" MaxRam=\"4K\" MaxParts=\"3\" ProgramRoom=\"2K\" />", text, StringComparison.Ordinal);
        }

        CommandResult plain = CommandLine.Run("scaffold", Model(), "--optimize", "speed", "-o", Out, "--force");
        Assert.Equal((0, ""), (plain.Code, plain.Error));
        string item = File.ReadAllLines(Path.Combine(Out, "AudioModel", "AudioModel.csproj")).Single(line => line.Contains("<AdapterModel ", StringComparison.Ordinal));
        Assert.EndsWith(" Device=\"esp32\" />", item, StringComparison.Ordinal);
    }

    [Fact]
    public void The_microphone_program_is_the_firmwares_with_the_models_names()
    {
        Assert.Equal(0, CommandLine.Run("scaffold", Listening(), "-o", Out, "--class", "AudioModel", "--sound", "here", "--samples", "bytes").Code);
        string item = File.ReadAllLines(Path.Combine(Out, "AudioModel", "AudioModel.csproj")).Single(line => line.Contains("<AdapterModel ", StringComparison.Ordinal));
        Assert.EndsWith(" Device=\"esp32\" Sound=\"here\" Samples=\"bytes\" />", item, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Out, "AudioModelSound")));
        string firmware = Path.Combine(Metadata("Generators"), "..", "..", "targets", "nanoframework", "Listen");
        foreach (string file in (string[])["IMicrophone.cs", "I2sMicrophone.cs", "Listener.cs"])
        {
            string[] own = File.ReadAllLines(Path.Combine(firmware, file)), written = File.ReadAllLines(Path.Combine(Out, "AudioModelDemo", file));
            Assert.Equal(own.Where(line => !line.Contains("Logits", StringComparison.Ordinal) && !line.Contains("16,000", StringComparison.Ordinal)), written.Where(line => !line.Contains("Logits", StringComparison.Ordinal) && !line.Contains("16000 a second", StringComparison.Ordinal)));
            if (file == "Listener.cs")
                Assert.Equal(["KeywordLabel", "BirdLabel"], written.Where(line => line.Contains("Lead(AudioModel.", StringComparison.Ordinal)).Select(line => line[(line.IndexOf("AudioModel.", StringComparison.Ordinal) + 11)..line.IndexOf(" + \"\\\" +\"", StringComparison.Ordinal)]));
        }
    }

    /// <summary>One version of a package in all that this project gives away.</summary>
    [Fact]
    public void The_microphones_packages_are_the_firmwares()
    {
        Assert.Equal(0, CommandLine.Run("scaffold", Listening(), "-o", Out, "--class", "AudioModel", "--sound", "here").Code);
        Dictionary<string, string> firmware = Versions(Path.Combine(Metadata("Generators"), "..", "..", "targets", "nanoframework", "Listen", "sdk", "Listen.csproj")), written = Versions(Path.Combine(Out, "AudioModelDemo", "AudioModelDemo.csproj"));
        Assert.Equal(3, written.Count);
        Assert.All(written, package => Assert.Equal(firmware[package.Key], package.Value));

        static Dictionary<string, string> Versions(string project) =>
            XDocument.Load(project).Descendants("PackageReference").ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
    }

    [Fact]
    public void What_cannot_hear_is_no_microphone_program()
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "-o", Out, "--sound", "apart");
        Assert.Equal(1, result.Code);
        Assert.Contains("trained on a float front end", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void More_parts_than_allowed_are_refused()
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "--parts", "3", "--max-parts", "2", "-o", Out);
        Assert.Equal(1, result.Code);
        Assert.Contains("error ADC002: --part 1/3 is not valid: --max-parts allows 2.", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public void The_page_says_why_there_are_parts()
    {
        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "--parts", "2", "-o", Out).Code);
        string page = File.ReadAllText(Path.Combine(Out, "README.md"));
        Assert.Contains("It is cut into 2 parts, an assembly each. One assembly would hold it too ('adapterc scaffold --parts 1'), and a window would then take ", page, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "-o", Out, "--force").Code);
        Assert.Contains("The model fits one assembly, `AudioModel`.", File.ReadAllText(Path.Combine(Out, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_one_assembly_cannot_hold_has_its_reason_on_the_page()
    {
        string model = Path.Combine(folder, "wide.adapter");
        File.WriteAllText(model, ModelWriter.Write(LaneModels.Create(3, 8, 8, [64, 256, 16], [2], weightBits: 8, activationBits: 7, zeros: 0)));
        Assert.Equal(0, CommandLine.Run("scaffold", model, "-o", Out, "--device", "esp32-psram").Code);
        string page = File.ReadAllText(Path.Combine(Out, "README.md"));
        Assert.True(page.Contains("an assembly each. One assembly does not hold it: WideModel needs ", StringComparison.Ordinal), page);
    }

    [Fact]
    public void The_same_command_writes_the_same_bytes()
    {
        string second = Path.Combine(folder, "second");
        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "--parts", "2", "-o", Out).Code);
        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "--parts", "2", "-o", second).Code);
        string[] files = [.. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)];
        Assert.Equal(11, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetRelativePath(Out, file)))));
    }

    [Fact]
    public void Files_that_are_there_stay_unless_forced()
    {
        Directory.CreateDirectory(Out);
        string readme = Path.Combine(Out, "README.md");
        File.WriteAllText(readme, "mine");
        CommandResult refused = CommandLine.Run("scaffold", Model(), "-o", Out);
        Assert.Equal(1, refused.Code);
        Assert.Contains("has README.md already. Nothing was written. Choose another folder, or --force", refused.Error, StringComparison.Ordinal);
        Assert.Equal([readme], Directory.EnumerateFileSystemEntries(Out));
        Assert.Equal("mine", File.ReadAllText(readme));

        Assert.Equal(0, CommandLine.Run("scaffold", Model(), "-o", Out, "--force").Code);
        Assert.StartsWith("# AudioModel\n", File.ReadAllText(readme), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("three", 2, "--parts is 'three', a number from 1 or 'auto' is expected")]
    [InlineData("0", 2, "--parts is '0'")]
    [InlineData("40", 1, "the model has fewer channels and classes than that many parts")]
    [InlineData("49", 1, "with at most 48 parts")]
    public void A_wrong_number_of_parts_is_a_message(string parts, int code, string expected)
    {
        CommandResult result = CommandLine.Run("scaffold", Model(), "--parts", parts, "-o", Out);
        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    private string Out => Path.Combine(folder, "out");

    private string Model()
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"))));
        return path;
    }

    // The same, which hears 16 frames of 16 bands.
    private string Listening()
    {
        string path = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(path, ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11")) with { Input = new InputSpec(16, 16, 7), FrontEnd = new IntegerMelSpec(16_000, 400, 160, 60, 7800, 10, 28) }));
        return path;
    }

    // The package's own files from the source tree, in place of the package: those have tests of their own.
    private void UseGeneratorOfThisBuild(string more)
    {
        string generators = Metadata("Generators");
        File.WriteAllText(Path.Combine(Out, "Directory.Build.targets"), $"""
            <Project>
              {more}
              <ItemGroup>
                <PackageReference Remove="AdapterCompiler" />
                <Analyzer Include="{Metadata("GeneratorsDll")}" />
              </ItemGroup>
              <Import Project="{generators}build/AdapterCompiler.props" />
              <Import Project="{generators}build/AdapterCompiler.targets" />
            </Project>
            """);
    }

    private IEnumerable<string> References(string project, string extension) =>
        AssemblyImage.References(Path.Combine(Out, project, "bin", "Release", "netnano1.0", project + "." + extension)).Select(reference => reference.Name);

    private static string Metadata(string key) =>
        typeof(ScaffoldTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;
}
