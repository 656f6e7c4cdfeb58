using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Tests.SelfTest;
using AdapterCompiler.Trainer.Data.BuiltIn;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>docs/getting-started.md, from a microphone: its item compiles the model that it names, its lines compile for the device, and say of a recording what the interpreter says.</summary>
[Collection(ConsoleProgram.Collection)]
public sealed partial class MicrophoneSectionTests
{
    private static readonly string Section = Between(File.ReadAllText(TargetFiles.Find("..", "..", "docs", "getting-started.md")).ReplaceLineEndings("\n"), "### From a microphone\n", "\n## ");
    private static readonly XElement Item = XElement.Parse(Block("xml"));
    private static readonly string ModelText = File.ReadAllText(TargetFiles.Find("..", "..", Item.Attribute("Include")!.Value.Replace("Models/", "models/", StringComparison.Ordinal)));
    private static readonly CompilationResult Compiled = Compile();

    [Fact]
    public void Its_lines_compile_for_the_device() => Assert.Equal(["mscorlib"], ReferencePackages.Compile([.. Compiled.Files, Program([])]));

    [Fact]
    public void Its_lines_say_of_a_recording_what_the_interpreter_says()
    {
        // One slice of each task, as quiet as a microphone gives it, end to end; the last read may be short of samples, a window begins every 96 frames.
        ModelArtifact model = ModelReader.Read(ModelText).Model!;
        var spec = (IntegerMelSpec)model.FrontEnd;
        int gain = Number("Gain"), hop = Number("Hop");
        short[] samples = [.. Enumerable.Range(0, 6).SelectMany(i => IntegerMelFrontEnd.Rounded(BuiltInCorpus.Samples(1, i % 3, BuiltInSplit.Test, i))).Select(sample => (short)(sample >> gain))];
        string[] said = ConsoleProgram.Run([.. Compiled.Files, Program(samples)], "Firmware.Page");

        Network network = NetworkBuilder.Build(model, ValueArray<string>.Empty);
        byte[] codes = new IntegerMel(spec with { Floor = spec.Floor - (gain * spec.CodesPerOctave) }, model.Input).Codes(samples[..(samples.Length / 256 * 256)]);
        int bands = model.Input.Bands, window = model.Input.Frames * bands;
        int pitch = network.Tasks.Select(task => task.Name).ToList().IndexOf("pitch");
        string[] expected = [.. Enumerable.Range(0, ((codes.Length - window) / (hop * bands)) + 1)
            .Select(i => network.Tasks[pitch].Labels[FixedPointInterpreter.Run(network, codes.AsSpan(i * hop * bands, window).ToArray()).Class(pitch)])];
        Assert.Equal(expected, said);
        Assert.True(said.Distinct(StringComparer.Ordinal).Count() > 1);
    }

    [Fact]
    public void The_line_that_it_shows_is_the_microphone_programs()
    {
        string line = Block("");
        Match[] decisions = Decision().Matches(line).ToArray();
        Network network = NetworkBuilder.Build(ModelReader.Read(ModelText).Model!, ValueArray<string>.Empty);
        Assert.Equal(network.Tasks.Select(task => task.Name), decisions.Select(decision => decision.Groups["task"].Value));
        Assert.All(network.Tasks.Zip(decisions), pair => Assert.Contains(pair.Second.Groups["label"].Value, pair.First.Labels));
        Assert.Matches("^[0-9]+\\.[0-9]{2} s#  real-time factor [0-9]+\\.[0-9]{2}$", line[..decisions[0].Index] + "#" + line[(decisions[^1].Index + decisions[^1].Length)..]);
        string listener = TargetFiles.Source("Listen", "Listener.cs").Text;
        Assert.All(network.Tasks, task => Assert.Contains($"  {task.Name}: \\\"\"", listener, StringComparison.Ordinal));
        Assert.Contains("\"  real-time factor \"", listener, StringComparison.Ordinal);
    }

    private static CompilationResult Compile()
    {
        var options = new CompilationOptions(Value("ClassName"), "Firmware", Path.GetFileName(Value("Include")), ValueArray<string>.Empty, Value("Device"))
        {
            Sound = Value("Sound"),
            Samples = Value("Samples"),
            Hop = Value("Hop"),
            Gain = Value("Gain"),
        };
        Assert.Equal(["ClassName", "Device", "Gain", "Hop", "Include", "Samples", "Sound"], Item.Attributes().Select(attribute => attribute.Name.LocalName).Order(StringComparer.Ordinal));
        CompilationResult result = ModelCompiler.Compile(ModelText, options);
        Assert.Empty(result.Diagnostics);
        return result;
    }

    // The page's lines in a loop, with a recording where its microphone is.
    private static EmittedFile Program(short[] samples)
    {
        string lines = string.Join('\n', Block("csharp").Split('\n').Select(line => "                " + line));
        return new EmittedFile("Page.cs", $$"""
            using System;

            namespace Firmware
            {
                public static class Page
                {
                    public static void Main()
                    {
                        var microphone = new Recording();
                        byte[] raw = new byte[512];
                        while (microphone.Left >= raw.Length)
                        {
            {{lines}}
                        }
                    }
                }

                public sealed class Recording
                {
                    private readonly byte[] sound = Convert.FromBase64String("{{Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(samples))}}");
                    private int next;

                    public int Left { get { return sound.Length - next; } }

                    public void Read(byte[] buffer)
                    {
                        Array.Copy(sound, next, buffer, 0, buffer.Length);
                        next += buffer.Length;
                    }
                }
            }
            """);
    }

    private static string Value(string name) => Item.Attribute(name)!.Value;

    private static int Number(string name) => int.Parse(Value(name), System.Globalization.CultureInfo.InvariantCulture);

    // The one block of a language.
    private static string Block(string language)
    {
        string[] parts = Section.Split("```");
        return Assert.Single(Enumerable.Range(0, parts.Length / 2).Select(i => parts[(2 * i) + 1]), part => part.StartsWith(language + "\n", StringComparison.Ordinal))[(language.Length + 1)..].TrimEnd('\n');
    }

    private static string Between(string text, string from, string to)
    {
        string rest = text[(text.IndexOf(from, StringComparison.Ordinal) + from.Length)..];
        return rest[..rest.IndexOf(to, StringComparison.Ordinal)];
    }

    [GeneratedRegex("  (?<task>[a-z]+): \"(?<label>[^\"]+)\" \\+[0-9]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Decision();
}
