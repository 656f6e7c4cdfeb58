using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Audio;
using AdapterCompiler.Compilation;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Quantisation;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Data;

/// <summary>From recordings in a folder to labels twice: as the trainer evaluates a model on them, and as firmware hears them. The labels are the same.</summary>
[Collection(TorchTests.Name)]
public sealed class DeviceDecisionTests
{
    private static readonly ModelArtifact Model = TinyModels.Create([3, 4, 4], ("pets", "11 101 11")) with { Input = FrontEnd.DefaultInput, FrontEnd = FrontEnd.Integer };

    [Theory]
    [InlineData(96)]
    [InlineData(48)]
    public void Chunks_of_a_WAV_file_give_the_labels_of_the_trainers_slices(int hop)
    {
        using RecordingFolder recordings = RecordingFolder.Complete();
        string[] files = [recordings.Tone("pets/test/cat/b.wav", 2.5), recordings.Tone("pets/test/dog/b.wav", 4.1)];
        File.Delete(recordings.At("pets/test/cat/a.wav"));
        File.Delete(recordings.At("pets/test/dog/a.wav"));
        FolderCorpusResult corpus = FolderCorpus.Load(recordings.Root, Model.FrontEnd, Model.Input, FolderOptions.Default with { EvaluationHopFrames = hop, AllowsAlike = true });
        SliceSet slices = Assert.Single(corpus.Tasks).Test;
        string[] trained = [.. IntegerForward.Classify(Model, 0, slices.Codes).Select(each => Model.Tasks[0].Labels[each])];

        (List<string> labels, List<byte[]> windows) = Heard(files, hop);
        Assert.True(trained.Length >= 5);
        Assert.Equal(slices.Codes, windows);
        Assert.Equal(trained, labels);
    }

    // As firmware does it: the bytes that a driver would give, in chunks, and a label whenever a decision is due.
    private static (List<string> Labels, List<byte[]> Windows) Heard(IEnumerable<string> files, int hop)
    {
        var options = new CompilationOptions("Model", "", "tiny.adapter", ValueArray<string>.Empty, "esp32") { Sound = "here", Hop = FormattableString.Invariant($"{hop}") };
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(Model), options);
        Assert.Empty(result.Diagnostics);
        Assembly loaded = HostedModel.LoadAssembly(GeneratedAssembly.Compile(result.Files, ClassLibrary.Desktop));
        Type model = loaded.GetType("Model", throwOnError: true)!;
        var push = model.GetMethod("Push", [typeof(byte[]), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int)])!.CreateDelegate<Action<byte[], int, int, int, int, int>>();
        var run = model.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        var label = model.GetProperty("PetsLabel")!.GetMethod!.CreateDelegate<Func<string>>();
        var restart = model.GetMethod("Restart")!.CreateDelegate<Action>();
        byte[] codes = (byte[])loaded.GetType("ModelSound", throwOnError: true)!.GetProperty("Codes")!.GetValue(null)!;

        var labels = new List<string>();
        var windows = new List<byte[]>();
        var random = new Random(3);
        foreach (byte[] wave in files.Select(File.ReadAllBytes))
        {
            const int header = 44;
            restart();
            for (int at = header; at < wave.Length;)
            {
                int count = Math.Min(2 * random.Next(1, 600), wave.Length - at);
                push(wave, at, count, 16, 1, 0);
                at += count;
                byte[] window = [.. codes];
                if (!run(1))
                    continue;
                windows.Add(window);
                labels.Add(label());
            }
        }

        return (labels, windows);
    }
}
