using System;
using System.IO;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The model that the microphone project compiles, compiled as it does.</summary>
internal static class ListeningModel
{
    private static readonly string Text = File.ReadAllText(TargetFiles.Find("..", "..", "models", "listen.adapter"));

    /// <summary>As read.</summary>
    public static ModelArtifact Artifact { get; } = ModelReader.Read(Text).Model!;

    /// <summary>Frames from one decision to the next.</summary>
    public const int Hop = 96;

    /// <summary>Doublings of the microphone.</summary>
    public const int Gain = 4;

    /// <summary>Its files and program.</summary>
    public static CompilationResult Result { get; } = Compile();

    private static CompilationResult Compile()
    {
        CompilationResult result = ModelCompiler.Compile(
            Text, new CompilationOptions("AudioModel", "Firmware", "listen.adapter", ValueArray<string>.Empty, DeviceNames.Default) { Sound = "here", Samples = "bytes", Hop = "96", Gain = FormattableString.Invariant($"{Gain}") });
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
