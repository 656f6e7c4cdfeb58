using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using AdapterCompiler.Testing.Counting;

namespace AdapterCompiler.Benchmarks.FrontEnds;

/// <summary>The generated class that hears, with windows of one group: every frame of a recording, in the order in which it comes.</summary>
internal sealed class HearingProgram
{
    private const int Frames = 2;

    private readonly Action<short[], int, int> push;
    private readonly Action<byte[], int, int, int, int, int> pushBytes;
    private readonly Action next, restart;
    private readonly Func<bool> ready;
    private readonly Func<int> room;
    private readonly byte[] window;

    private HearingProgram(Assembly loaded)
    {
        Type type = loaded.GetType("ModelSound", throwOnError: true)!;
        push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        pushBytes = type.GetMethod("Push", [typeof(byte[]), typeof(int), typeof(int), typeof(int), typeof(int), typeof(int)])!.CreateDelegate<Action<byte[], int, int, int, int, int>>();
        next = type.GetMethod("Next")!.CreateDelegate<Action>();
        restart = type.GetMethod("Restart")!.CreateDelegate<Action>();
        ready = type.GetProperty("Ready")!.GetMethod!.CreateDelegate<Func<bool>>();
        room = type.GetProperty("Room")!.GetMethod!.CreateDelegate<Func<int>>();
        window = (byte[])type.GetProperty("Codes")!.GetValue(null)!;
    }

    /// <summary>The program, and the same with counters.</summary>
    /// <param name="spec">Parameters.</param>
    /// <param name="input">Bands and bits.</param>
    /// <param name="kept">The setting <c>Samples</c>.</param>
    public static (HearingProgram Plain, HearingProgram Counted, CountedAssembly Counter) Create(IntegerMelSpec spec, InputSpec input, string kept)
    {
        ModelArtifact model = TinyModels.Create([2, 2, 2], ("task", "1 1 1")) with { Input = input with { Frames = Frames }, FrontEnd = spec };
        var options = new CompilationOptions("Model", "", "model.adapter", ValueArray<string>.Empty, "desktop") { Sound = "apart", Samples = kept };
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), PartSetting.Apply(options, PartSetting.Sound));
        ValueArray<EmittedFile> files = result.Diagnostics.Count == 0 ? result.Files : throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(each => each.Message)));
        var counter = new CountedAssembly(files);
        return (new HearingProgram(HostedModel.LoadAssembly(GeneratedAssembly.Compile(files, ClassLibrary.Desktop))), new HearingProgram(counter.Loaded), counter);
    }

    /// <summary>Codes of a recording's groups, pushed in chunks of random sizes.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="random">Of the sizes.</param>
    /// <param name="asBytes">As a microphone's driver has them.</param>
    public List<byte> Hear(short[] samples, Random random, bool asBytes)
    {
        var codes = new List<byte>();
        byte[] raw = asBytes ? MemoryMarshal.AsBytes<short>(samples).ToArray() : [];
        restart();
        for (int at = 0; at < samples.Length;)
        {
            int count = Math.Min(Math.Min(random.Next(1, 1_200), samples.Length - at), room());
            if (asBytes)
                pushBytes(raw, 2 * at, 2 * count, 16, 1, 0);
            else
                push(samples, at, count);
            at += count;
            if (!ready())
                continue;
            codes.AddRange(window);
            next();
        }

        return codes;
    }

    /// <summary>A recording in chunks as a driver gives them, as shorts, or as bytes of so many bits and channels.</summary>
    public void Stream(short[] samples, int bits, int channels, int gain)
    {
        int step = bits / 8 * channels, chunk = 160;
        byte[] raw = new byte[samples.Length * step];
        for (int i = 0; bits > 0 && i < samples.Length; i++)
            (raw[(i * step) + (bits / 8) - 2], raw[(i * step) + (bits / 8) - 1]) = ((byte)samples[i], (byte)(samples[i] >> 8));
        restart();
        for (int at = 0; at + chunk <= samples.Length; at += chunk)
        {
            if (bits == 0)
                push(samples, at, chunk);
            else
                pushBytes(raw, at * step, chunk * step, bits, channels, gain);
            if (ready())
                next();
        }
    }
}
