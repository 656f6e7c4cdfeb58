using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Cli.Scaffolding;

/// <summary>A program that hears a microphone: that of targets/nanoframework/Listen, with the model's names and tasks in it.</summary>
internal static class ListenerText
{
    /// <summary>What the project compiles with a real microphone, and without.</summary>
    public const string Choice = """

          <!-- dotnet build -p:Microphone=i2s: a microphone with an I2S bus on an ESP32, instead of tones that the program makes. -->
          <PropertyGroup Condition="'$(Microphone)' == 'i2s'">
            <DefineConstants>$(DefineConstants);I2S</DefineConstants>
          </PropertyGroup>

          <ItemGroup Condition="'$(Microphone)' == 'i2s'">
            <PackageReference Include="nanoFramework.Hardware.Esp32" Version="1.6.40" NoWarn="NU1701" />
            <PackageReference Include="nanoFramework.Runtime.Events" Version="1.11.37" NoWarn="NU1701" />
            <PackageReference Include="nanoFramework.System.Device.I2s" Version="1.0.28" NoWarn="NU1701" />
          </ItemGroup>

          <ItemGroup Condition="'$(Microphone)' != 'i2s'">
            <Compile Remove="I2sMicrophone.cs" />
          </ItemGroup>

        """;

    private const string Folder = "listen/", Namespace = "namespace Firmware", Class = "AudioModel";

    /// <summary>Its files by their names.</summary>
    public static IEnumerable<(string Name, string Text)> Of(ScaffoldPlan plan)
    {
        foreach (string name in (string[])["IMicrophone.cs", "I2sMicrophone.cs"])
            yield return (name, Adapted(plan, Resource(name)));
        yield return ("Listener.cs", WithTasks(Adapted(plan, Resource("Listener.cs")), plan.Parts[^1].Program!));
        yield return ("Program.cs", Program(plan));
    }

    private static string Adapted(ScaffoldPlan plan, string text) => text
        .Replace(Namespace, "namespace " + plan.Options.Namespace, StringComparison.Ordinal)
        .Replace(Class, plan.Options.ClassName, StringComparison.Ordinal)
        .Replace("SampleRate = 16000", "SampleRate = " + Rate(plan), StringComparison.Ordinal)
        .Replace("16,000 a second", Rate(plan) + " a second", StringComparison.Ordinal)
        // A stream drops no sample; decisions may be missed.
        .Replace(plan.Options.ClassName + ".Dropped", plan.Options.ClassName + (plan.Options.Streams ? ".Missed" : ".Dropped"), StringComparison.Ordinal)
        .Replace("samples dropped", plan.Options.Streams ? "decisions missed" : "samples dropped", StringComparison.Ordinal);

    private static string Rate(ScaffoldPlan plan) => plan.SampleRate.ToString(CultureInfo.InvariantCulture);

    // A line of the listener's for each task.
    private static string WithTasks(string text, CodedProgram program)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, line => line.Contains(".PitchLabel", StringComparison.Ordinal)), last = Array.FindLastIndex(lines, line => line.Contains("Label +", StringComparison.Ordinal));
        IEnumerable<string> tasks = program.Network.Tasks.Select((task, k) => lines[first]
            .Replace("pitch", task.Name, StringComparison.Ordinal)
            .Replace("PitchLabel", program.Names[k].Label, StringComparison.Ordinal)
            .Replace("PitchLogits", program.Names[k].Logits, StringComparison.Ordinal));
        return string.Join('\n', lines[..first].Concat(tasks).Concat(lines[(last + 1)..]));
    }

    private static string Program(ScaffoldPlan plan) => $$"""
        using System;

        namespace {{plan.Options.Namespace}}
        {
            /// <summary>Hears and writes what it heard; never returns.</summary>
            public static class Program
            {
                public static void Main()
                {
        #if I2S
                    Listener.Run(new I2sMicrophone(), 0);
        #else
                    Listener.Run(new Tones(), 0);
        #endif
                }
            }

            /// <summary>Sound without a microphone: tones that rise and begin anew, as quiet as speech at a metre.</summary>
            public sealed class Tones : IMicrophone
            {
                private int next;

                /// <inheritdoc/>
                public int WaitingSamples
                {
                    get { return int.MaxValue; }
                }

                /// <inheritdoc/>
                public void Read(byte[] buffer)
                {
                    for (int i = 0; i < buffer.Length; i += 2)
                    {
                        int sample = (next * (7 + (next / 9000 % 20)) % 211) - 105;
                        buffer[i] = (byte)sample;
                        buffer[i + 1] = (byte)(sample >> 8);
                        next++;
                    }
                }
            }
        }

        """;

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ListenerText).Assembly.GetManifestResourceStream(Folder + name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
