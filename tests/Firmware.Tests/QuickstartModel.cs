using System.IO;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The model that the firmware projects compile, compiled as they do.</summary>
internal static class QuickstartModel
{
    private static readonly string Text = File.ReadAllText(TargetFiles.Find("..", "..", "models", "quickstart.adapter"));

    /// <summary>As read.</summary>
    public static ModelArtifact Artifact { get; } = ModelReader.Read(Text).Model!;

    /// <summary>Names of its class.</summary>
    public static EmitOptions Names { get; } = new("QuickstartModel", "Firmware", "quickstart.adapter");

    /// <summary>Its files and program.</summary>
    public static CompilationResult Result { get; } = Compile();

    /// <summary>What it computes.</summary>
    public static Network Network => Result.Program!.Network;

    private static CompilationResult Compile()
    {
        CompilationResult result = ModelCompiler.Compile(
            Text, new CompilationOptions(Names.ClassName, Names.Namespace, Names.SourceName, ValueArray<string>.Empty, DeviceNames.Default, Optimize: "balanced"));
        Assert.Empty(result.Diagnostics);
        return result;
    }
}
