using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Compilation;

/// <summary>Parts of different builds are an error of the C# compiler that says what is wrong; parts of one build refer to one another.</summary>
public sealed class MixedPartsTests
{
    private static readonly string Text = ModelWriter.Write(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11")));

    // One weight of one channel, of the last layer.
    private static readonly string Retrained = ModelWriter.Write(Change(TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("music-speech", "1 10 11"))));

    private static readonly CompilationOptions Asked = new("AudioModel", "Firmware", "tiny.adapter", ValueArray<string>.Empty, "esp32", 1, 3);

    [Theory]
    [InlineData("other model")]
    [InlineData("other goal")]
    [InlineData("other tasks")]
    [InlineData("other number of parts")]
    public void Parts_that_do_not_belong_together_do_not_compile(string difference)
    {
        ValueArray<CompilationResult> parts = ModelCompiler.CompileParts(Text, Asked);
        ValueArray<CompilationResult> others = difference switch
        {
            "other model" => ModelCompiler.CompileParts(Retrained, Asked),
            "other goal" => ModelCompiler.CompileParts(Text, Asked with { Optimize = "size" }),
            "other tasks" => ModelCompiler.CompileParts(Text, Asked with { Tasks = ValueArray.Of("keyword") }),
            _ => ModelCompiler.CompileParts(Text, Asked with { Parts = 4 }),
        };
        Assert.All(parts.Concat(others), part => Assert.Empty(part.Diagnostics));
        for (int foreign = 0; foreign < 3; foreign++)
        {
            // Of the four parts the first two are classes of the same names.
            if (difference == "other number of parts" && foreign == 2)
                continue;
            IEnumerable<ValueArray<EmittedFile>> mixed = parts.Select((part, p) => p == foreign ? others[p].Files : part.Files);
            var error = Assert.Throws<InvalidOperationException>(() => GeneratedAssembly.CompileParts(mixed, ClassLibrary.NanoFramework));
            Assert.Contains("error CS0117: 'AudioModelPart", error.Message, StringComparison.Ordinal);
            Assert.Contains("does not contain a definition for 'BuiltFromTheSameModelAndSettings_", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, GeneratedAssembly.CompileParts(parts.Select(part => part.Files), ClassLibrary.NanoFramework).Count);
    }

    [Fact]
    public void Settings_that_change_no_code_keep_the_mark()
    {
        string[] marks = [.. new[] { Asked, Asked with { Device = "esp32-psram" }, Asked with { MaxRam = "90K" }, Asked with { ProgramRoom = "0" }, Asked with { SourceName = "copy.adapter" } }
            .Select(options => Mark(ModelCompiler.Compile(Text, options with { Part = 2 })))];
        Assert.Single(marks.Distinct());
        Assert.Matches("^[0-9A-F]{8}$", marks[0]);
        Assert.NotEqual(marks[0], Mark(ModelCompiler.Compile(Retrained, Asked with { Part = 2 })));
    }

    [Fact]
    public void The_part_that_a_project_asks_for_is_the_one_that_all_together_give()
    {
        ValueArray<CompilationResult> all = ModelCompiler.CompileParts(Text, Asked);
        for (int part = 1; part <= 3; part++)
            Assert.Equal(all[part - 1].Files, ModelCompiler.Compile(Text, Asked with { Part = part }).Files);
    }

    [Fact]
    public void A_model_in_one_part_has_no_mark() =>
        Assert.DoesNotContain("BuiltFrom", ModelCompiler.Compile(Text, Asked with { Parts = 1 }).Files[0].Text, StringComparison.Ordinal);

    private static ModelArtifact Change(ModelArtifact model)
    {
        LayerArtifact last = model.Shared[^1];
        ChannelArtifact channel = last.Channels[^1] with { Bias = last.Channels[^1].Bias + 1 };
        return model with { Shared = model.Shared.Take(model.Shared.Count - 1).Append(last with { Channels = last.Channels.Take(last.Channels.Count - 1).Append(channel).ToValueArray() }).ToValueArray() };
    }

    private static string Mark(CompilationResult part)
    {
        string text = part.Files[0].Text, before = "AudioModelPart1.BuiltFromTheSameModelAndSettings_";
        return text.Substring(text.IndexOf(before, StringComparison.Ordinal) + before.Length, 8);
    }
}
