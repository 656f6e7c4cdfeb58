using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Emit;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Tests.SelfTest;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The microphone program on the desktop, with a microphone made of numbers: what it prints is what the interpreter says of the same samples.</summary>
[Collection(ConsoleProgram.Collection)]
public sealed class ListenerTests
{
    private const int Decisions = 3;

    // Tones that change, at the level of a microphone; the same formula in the program below.
    private const string Microphone = """
        namespace Firmware
        {
            public sealed class Tones : IMicrophone
            {
                private int next;

                public int WaitingSamples { get { return 1000000000; } }

                public void Read(byte[] buffer)
                {
                    for (int i = 0; i < buffer.Length; i += 2)
                    {
                        int sample = Sample(next++);
                        buffer[i] = (byte)sample;
                        buffer[i + 1] = (byte)(sample >> 8);
                    }
                }

                public static int Sample(int i)
                {
                    return (i * (7 + (i / 9000)) % 211) - 105 + (i * 7919 % 13);
                }

                public static void Listen()
                {
                    Listener.Run(new Tones(), 3);
                }
            }
        }
        """;

    [Fact]
    public void The_labels_are_the_interpreters_on_the_same_samples()
    {
        EmittedFile[] files =
        [
            .. ListeningModel.Result.Files, TargetFiles.Source("Listen", "IMicrophone.cs"), TargetFiles.Source("Listen", "Listener.cs"),
            new EmittedFile("Tones.cs", Microphone),
        ];
        string[] lines = ConsoleProgram.Run(files, "Firmware.Tones", "Listen");

        // Twice a quarter of a second is skipped, in whole reads of 256 samples.
        const int skipped = 2 * 4096;
        ModelArtifact model = ListeningModel.Artifact;
        var spec = (IntegerMelSpec)model.FrontEnd;
        var definition = new IntegerMel(spec with { Floor = spec.Floor - (ListeningModel.Gain * spec.CodesPerOctave) }, model.Input);
        short[] samples = [.. Enumerable.Range(skipped, 4 * 16_000).Select(i => (short)((i * (7 + (i / 9000)) % 211) - 105 + (i * 7919 % 13)))];
        byte[] codes = definition.Codes(samples);
        Network network = NetworkBuilder.Build(model, ValueArray<string>.Empty);
        int bands = model.Input.Bands, window = model.Input.Frames * bands;
        Assert.Equal(Decisions, lines.Length);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Decisions; i++)
        {
            Inference inference = FixedPointInterpreter.Run(network, codes[(i * ListeningModel.Hop * bands)..((i * ListeningModel.Hop * bands) + window)]);
            string expected = string.Join("  ", network.Tasks.Select((task, k) =>
            {
                int[] sorted = [.. inference.Logits[k].OrderDescending()];
                return $"{task.Name}: \"{task.Labels[inference.Class(k)]}\" +{(sorted[0] - sorted[1]).ToString(CultureInfo.InvariantCulture)}";
            }));
            Assert.Contains(" s  " + expected + "  real-time factor ", lines[i], StringComparison.Ordinal);
            Assert.DoesNotContain("dropped", lines[i], StringComparison.Ordinal);
            labels.Add(expected);
        }

        Assert.Equal(Decisions, labels.Count);
    }
}
