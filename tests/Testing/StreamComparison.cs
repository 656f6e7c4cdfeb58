using System;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Testing;

/// <summary>
/// A generated class that runs on a stream, held to whole windows of it, logit for logit: every decision to the class that is generated for windows, and all of them, or every so many, to the interpreter.
/// </summary>
public sealed class StreamComparison
{
    private readonly Network network;
    private readonly IntegerMel? definition;
    private readonly HostedModel windows;
    private readonly int interpreted;
    private readonly Type type;
    private readonly Func<int, bool> run;
    private readonly int[][] logits;
    private readonly int hop;

    /// <summary>Compiles and loads the class.</summary>
    /// <param name="model">Without padding in time; with a front end where it is to hear.</param>
    /// <param name="hop">Frames from one decision to the next.</param>
    /// <param name="hears">It takes samples; else codes.</param>
    /// <param name="interpreted">Of so many decisions one is held to the interpreter too.</param>
    public StreamComparison(ModelArtifact model, int hop, bool hears, int interpreted = 1)
    {
        (this.hop, this.interpreted) = (hop, interpreted);
        var options = new CompilationOptions("Model", "", "model.adapter", ValueArray<string>.Empty, DeviceLimits.Desktop)
        {
            Streaming = "true",
            Sound = hears ? "here" : "",
            Hop = FormattableString.Invariant($"{hop}"),
        };
        CompilationResult result = ModelCompiler.Compile(ModelWriter.Write(model), options);
        if (result.Program is not { } program)
            throw new InvalidOperationException(string.Join("; ", result.Diagnostics.Select(each => each.Message)));
        CompilationOptions whole = options with { Streaming = "", Sound = "", Hop = "" };
        windows = HostedModel.Compile(ModelCompiler.Compile(ModelWriter.Write(model), whole), whole);
        network = program.Network;
        definition = hears ? new IntegerMel((IntegerMelSpec)model.FrontEnd, model.Input) : null;
        Assembly loaded = HostedModel.LoadAssembly(GeneratedAssembly.Compile(result.Files, ClassLibrary.Desktop));
        type = loaded.GetType("Model", throwOnError: true)!;
        run = type.GetMethod("Run", [typeof(int)])!.CreateDelegate<Func<int, bool>>();
        logits = [.. program.Names.Select(name => (int[])type.GetProperty(name.Logits)!.GetValue(null)!)];
    }

    /// <summary>Decisions that were compared.</summary>
    public int Decisions { get; private set; }

    /// <summary>Those that were held to the interpreter too.</summary>
    public int Interpreted { get; private set; }

    /// <summary>Those with another logit.</summary>
    public int Different { get; private set; }

    /// <summary>Decisions that the class says were due and not made.</summary>
    public int Missed => (int)type.GetProperty("Missed")!.GetValue(null)!;

    /// <summary>Pushes sound in chunks of random sizes, as a new stream.</summary>
    /// <param name="samples">16 kHz.</param>
    /// <param name="random">For the sizes.</param>
    /// <param name="progress">Told the share that is done; null for nobody.</param>
    public void Hear(short[] samples, Random random, Action<double>? progress = null)
    {
        byte[] codes = definition!.Codes(samples);
        var push = type.GetMethod("Push", [typeof(short[]), typeof(int), typeof(int)])!.CreateDelegate<Action<short[], int, int>>();
        type.GetMethod("Restart")!.Invoke(null, null);
        int made = 0, most = Math.Min(1_200, Math.Max(2, (network.Streaming!.Slack - 1) * Streaming.GroupFrames * definition.Spec.HopLength));
        for (int at = 0; at < samples.Length;)
        {
            // Shorter than a decision stays due.
            int count = Math.Min(random.Next(1, most), samples.Length - at);
            push(samples, at, count);
            at += count;
            if (!run(-1))
                continue;
            Compare(codes, made++);
            progress?.Invoke((double)at / samples.Length);
        }
    }

    /// <summary>Passes frames, as a new stream.</summary>
    /// <param name="codes">Frame after frame.</param>
    /// <param name="progress">Told the share that is done; null for nobody.</param>
    public void Take(byte[] codes, Action<double>? progress = null)
    {
        var advance = type.GetMethod("Advance")!.CreateDelegate<Action<byte[], int>>();
        type.GetMethod("Begin")!.Invoke(null, null);
        int group = Streaming.GroupFrames * network.Input.Bands, made = 0;
        for (int at = 0; at + group <= codes.Length; at += group)
        {
            advance(codes, at);
            if (!run(-1))
                continue;
            Compare(codes, made++);
            progress?.Invoke((double)at / codes.Length);
        }
    }

    private void Compare(byte[] codes, int decision)
    {
        int from = decision * hop * network.Input.Bands;
        byte[] window = codes[from..(from + (network.Input.Frames * network.Input.Bands))];
        bool same = windows.Run(window, -1) && logits.Select((found, task) => found.SequenceEqual(windows.Logits(task))).All(equal => equal);
        if (Decisions++ % interpreted == 0)
        {
            Interpreted++;
            same &= FixedPointInterpreter.Run(network, window).Logits.Zip(logits).All(task => task.First.SequenceEqual(task.Second));
        }

        Different += same ? 0 : 1;
    }
}
