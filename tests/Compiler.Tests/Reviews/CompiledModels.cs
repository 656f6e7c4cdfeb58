using System;
using System.Collections.Generic;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.Tests.Reviews;

/// <summary>Models as a project builds them, each compiled once for all rules: what one rule starts from, another arrives at.</summary>
public sealed class CompiledModels
{
    private readonly Dictionary<string, CompilationResult> results = new(StringComparer.Ordinal);

    /// <summary>A model's files.</summary>
    public CompilationResult Of(ModelArtifact model)
    {
        string text = ModelWriter.Write(model), hash = ModelSeal.HashOf(text);
        if (!results.TryGetValue(hash, out CompilationResult? result))
        {
            result = ModelCompiler.Compile(text, new CompilationOptions("AudioModel", "Firmware", "audio.adapter", ValueArray<string>.Empty, DeviceNames.Default));
            Assert.Empty(result.Diagnostics);
            results.Add(hash, result);
        }

        return result;
    }
}
