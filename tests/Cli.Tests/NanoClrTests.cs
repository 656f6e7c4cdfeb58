using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading.Tasks;
using AdapterCompiler.Artifact;
using AdapterCompiler.Cli.NanoClr;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>
/// The self-test on the virtual device, with shell scripts in place of nanoFramework's tools: they check the arguments as the real ones read them and write what the real ones write.
/// </summary>
[SuppressMessage("Interoperability", "CA1416:Validate platform compatibility", Justification = "Shell scripts need a system that has them; so do the build machines.")]
public sealed class NanoClrTests : IDisposable
{
    private const string AllPass = "for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do printf 'PASS %s\\r\\n' $n; done; printf 'self-test: 16 of 16 vectors equal, 12 ms a window\\r\\n'";

    // Arguments in the order that counts; the assembly becomes the program.
    private const string Convert = """
        [ "$1 $2 $4 $6 $8" = "-loadHints mscorlib -parse -compile false" ] || { echo "wrong arguments: $*" >&2; exit 64; }
        [ -s "$3" ] && [ -s "$5" ] || exit 65
        echo "nanoFramework MetadataProcessor Utility"
        cp "$5" "$7"
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Equal_vectors_pass_and_the_total_is_printed()
    {
        Assert.Equal(0, await Check(Device(AllPass)));
        Assert.Equal(("nanoclr: self-test: 16 of 16 vectors equal, 12 ms a window\n", ""), (output.ToString(), error.ToString()));
    }

    [Fact]
    public async Task A_vector_that_differs_is_printed()
    {
        string lines = AllPass.Replace(" 16; do", "; do", StringComparison.Ordinal).Replace("16 of 16", "15 of 16", StringComparison.Ordinal) + "; echo 'FAIL 16 bird: hash 5, expected 6, logits 1 2;'";
        Assert.Equal(1, await Check(Device(lines)));
        Assert.Contains("nanoclr: FAIL 16 bird: hash 5, expected 6, logits 1 2;\n", output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("adapterc: 15 of 16 vectors are equal: nanoFramework's interpreter computes otherwise.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo '    ++++ Exception System.IndexOutOfRangeException - 0x00000000 (1) ++++'", "the interpreter reports: ++++ Exception System.IndexOutOfRangeException")]
    [InlineData("echo 'Cannot find any entrypoint!'", "the interpreter reports: Cannot find any entrypoint!")]
    [InlineData("echo 'Error E9008: Unknown error'; exit 9", "the interpreter reports: Error E9008: Unknown error")]
    [InlineData("exit 3", "the virtual device ended with exit code 3.")]
    [InlineData("echo 'PASS 1'", "the self-test did not run to its end.")]
    public async Task What_the_virtual_device_says_is_passed_on(string script, string expected)
    {
        Assert.Equal(1, await Check(Device(script)));
        Assert.StartsWith("adapterc: " + expected, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo \"Unable to parse input assembly file '$5' - check if path and file exists.\" >&2; exit 1", "(exit code 1). It said: Unable to parse input assembly file")]
    [InlineData(Convert + "\necho 'Exception minimizing assembly: too long.' >&2", "(exit code 0). It said: Exception minimizing assembly: too long.")]
    [InlineData("exit 0", "(exit code 0). It said nothing of why.")]
    public async Task A_conversion_that_fails_is_told_even_with_exit_code_0(string script, string expected)
    {
        Assert.Equal(1, await Check(Device(AllPass), script));
        Assert.StartsWith("adapterc: the metadata processor did not convert the self-test " + expected, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task A_device_that_does_not_end_is_stopped()
    {
        Assert.Equal(1, await Check(Device("echo 'PASS 1'; exec sleep 600"), limit: TimeSpan.FromSeconds(2)));
        Assert.Contains("did not end within 2 s and was stopped.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_tools_come_with_their_remedy()
    {
        Assert.Equal(1, await Check(Path.Combine(folder, "nowhere", "nanoclr")));
        Assert.Contains("dotnet tool install -g nanoclr", error.ToString(), StringComparison.Ordinal);

        error.GetStringBuilder().Clear();
        string device = Device(AllPass);
        Assert.Equal(1, await Check(device, processor: null));
        Assert.Contains("nanoFramework.Tools.MetadataProcessor.CLI", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--metadata-processor PATH", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_or_a_bare_name_is_enough()
    {
        string device = Device(AllPass);
        Assert.Equal(device, VirtualDevice.Find(folder));
        Assert.Equal(device, VirtualDevice.Find(device));
        Assert.NotNull(VirtualDevice.Find("sh"));
        Assert.Null(VirtualDevice.Find("no-such-program-anywhere"));

        string processor = Path.Combine(folder, "content", "MetadataProcessor", "nanoFramework.Tools.MetadataProcessor.exe");
        Assert.Null(MetadataProcessor.Find(folder));
        Directory.CreateDirectory(Path.GetDirectoryName(processor)!);
        File.WriteAllText(processor, "");
        Assert.Equal(processor, MetadataProcessor.Find(folder));
    }

    [Fact]
    public void The_class_library_of_the_device_is_there() =>
        Assert.Equal("NFMRK1", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(DeviceProgram.MscorlibPe), 0, 6));

    // A stand-in for nanoclr: checks its arguments, then runs the lines given.
    private string Device(string lines) => Script("nanoclr", $$"""
        [ "$1 $2" = "run -a" ] && [ -s "$3" ] && [ -s "$4" ] && [ $# = 4 ] || { echo "wrong arguments: $*"; exit 64; }
        case "$3" in *mscorlib.pe) ;; *) exit 65;; esac
        printf '.NET nanoFramework nanoCLR CLI\r\n\r\nReady.\r\n'
        {{lines}}
        printf 'Done.\r\nExiting.\r\n'
        """);

    private string Script(string name, string lines)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + lines.Replace("\r\n", "\n", StringComparison.Ordinal) + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private Task<int> Check(string device, string? processor = Convert, TimeSpan? limit = null)
    {
        string model = Path.Combine(folder, "audio.adapter");
        File.WriteAllText(model, ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "1 10 11"))));
        var check = new NanoClrCheck
        {
            NanoClr = device,
            MetadataProcessorPath = processor is null ? null : Script("processor", processor),
            Limit = limit ?? TimeSpan.FromMinutes(2),
            Output = output,
            Error = error,
        };
        return check.Run(model, new CompilationOptions("AudioModel", "", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default));
    }
}
