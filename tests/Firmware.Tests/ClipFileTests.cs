using System;
using System.IO;
using System.Linq;
using AdapterCompiler.Emit;
using AdapterCompiler.Interpreter;
using AdapterCompiler.SelfTest;
using AdapterCompiler.Tests.SelfTest;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The clips in targets/nanoframework/Classify and what a board prints of them. One class: it captures the console.</summary>
[Collection(ConsoleProgram.Collection)]
public sealed class ClipFileTests
{
    private static readonly string File = TargetFiles.Find("Classify", "QuickstartModel.Clips.g.cs");

    [Fact]
    public void The_clips_belong_to_the_model()
    {
        string expected = ClipEmitter.Emit(QuickstartModel.Network, QuickstartModel.Names, CorpusClips.All()).Text;
        if (string.Equals(Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS"), "true", StringComparison.OrdinalIgnoreCase))
            System.IO.File.WriteAllText(File, expected);
        bool same = System.IO.File.Exists(File) && System.IO.File.ReadAllText(File).Replace("\r\n", "\n", StringComparison.Ordinal) == expected;
        Assert.True(same, "models/quickstart.adapter has changed since its clips were made. Make them again: ACCEPT_SNAPSHOTS=true dotnet test tests/Firmware.Tests");
    }

    [Fact]
    public void The_firmware_prints_the_interpreters_labels()
    {
        EmittedFile[] files = [.. QuickstartModel.Result.Files, TargetFiles.Source("Classify", "ClipClassifier.cs"), TargetFiles.Source("Classify", "QuickstartModel.Clips.g.cs")];
        string[] lines = ConsoleProgram.Run(files, "Firmware.ClipClassifier", "Run");

        Clip[] clips = [.. CorpusClips.All()];
        Assert.Equal(clips.Length, lines.Length);
        foreach ((string line, int i) in lines.Select((line, i) => (line, i)))
        {
            Inference inference = FixedPointInterpreter.Run(QuickstartModel.Network, ClipEmitter.Restored(QuickstartModel.Network, clips[i]));
            string labels = string.Join("  ", QuickstartModel.Network.Tasks.Select((task, k) => $"{task.Name}: \"{task.Labels[inference.Class(k)]}\""));
            Assert.StartsWith($"clip {i + 1}  {labels}  ", line, StringComparison.Ordinal);
            Assert.EndsWith(" ms", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_self_test_of_the_build_passes()
    {
        EmittedFile[] files = [.. Directory.GetFiles(TargetFiles.Find("SelfTest", "obj", "selftest"), "*.cs")
            .Select(path => new EmittedFile(Path.GetFileName(path), System.IO.File.ReadAllText(path)))];
        Assert.Equal(["QuickstartModel.SelfTest.g.cs", "QuickstartModel.Weights.g.cs", "QuickstartModel.g.cs"], files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("self-test: 16 of 16 vectors equal", ConsoleProgram.Run(files, "Firmware.QuickstartModelSelfTest")[^1], StringComparison.Ordinal);
    }
}
