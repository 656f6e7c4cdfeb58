using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Quantisation;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Training;

[Collection(TorchTests.Name)]
public sealed class DeadChannelTests : System.IDisposable
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    private static readonly string[] Planted = ["shared 1.3", "shared 2.2", "task 0 1.1", "task 1 3.0"];

    /// <summary>Gates lock before step 14; dead channels are looked for before steps 5, 10 and 14.</summary>
    private static readonly TrainingOptions Options = TinyTasks.Options(20, lambda: 0.01);

    private readonly string folder = Directory.CreateTempSubdirectory("adapter-dead").FullName;

    public DeadChannelTests() => set_num_threads(1);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void They_are_looked_for_until_the_gates_are_locked()
    {
        Assert.Equal([5, 10, 14], Enumerable.Range(0, 20).Where(Options.LooksForDeadChannels));
        Assert.Equal(10, Enumerable.Range(0, 300).Count((Options with { Steps = 300 }).LooksForDeadChannels));
    }

    [Fact]
    public void Silent_and_constant_channels_are_counted_closed_ones_are_not()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        Assert.Equal(0, DeadChannels.Of(session.Network, Tasks).Count);
        Kill(session.Network.Shared[3], 2);
        Kill(session.Network.Adapters[0][3], 1);
        Silence(session.Network.Adapters[1][3], 0, bias: 2);
        Kill(session.Network.Adapters[1][3], 1);
        CloseGate(session.Network.Adapters[1][3], 1);

        DeadChannels dead = DeadChannels.Of(session.Network, Tasks);
        Assert.Equal(3, dead.Count);
        Assert.True(dead.Of(NetworkWalk.SharedEncoder, 4)[2] && dead.Of(0, 4)[1] && dead.Of(1, 4)[0]);
    }

    /// <summary>A dead channel shifts what the layers above read, and silences some of theirs: those count as well, and no other.</summary>
    [Fact]
    public void A_channel_is_dead_just_when_no_training_slice_moves_it()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        Kill(session.Network.Shared[1], 2);
        Kill(session.Network.Adapters[0][0], 1);
        Kill(session.Network.Adapters[1][2], 0);
        Silence(session.Network.Shared[0], 3, bias: 2);

        string[] still = Still(session.Network);
        Assert.All(Planted, channel => Assert.Contains(channel, still));
        DeadChannels dead = DeadChannels.Of(session.Network, Tasks);
        Assert.Equal<IEnumerable<string>>(still, [.. Named("shared", dead.Shared), .. Named("task 0", dead.Adapters[0]), .. Named("task 1", dead.Adapters[1])]);
    }

    [Fact]
    public void One_slice_that_makes_a_channel_speak_is_enough()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        Silence(session.Network.Shared[0], 0, bias: 0);
        using (no_grad())
            session.Network.Shared[0].Weight[0].fill_(1f);

        // Fires where all codes around are 127: on one slice alone, the last one that is looked at.
        InputStatistics input = InputStatistics.Of(Tasks);
        using (no_grad())
            session.Network.Shared[0].Bias[0].fill_((float)(-9 * (126.5 - input.Mean) / input.Deviation));
        Assert.Equal(1, DeadChannels.Of(session.Network, Tasks).Count);
        byte[] bright = [.. Enumerable.Repeat((byte)127, 256)];
        TaskData loud = Tasks[1] with { Train = new SliceSet([.. Tasks[1].Train.Codes.SkipLast(1), bright], Tasks[1].Train.Classes) };
        Assert.Equal(0, DeadChannels.Of(session.Network, [Tasks[0], loud]).Count);
    }

    [Fact]
    public void A_model_files_dead_channels_are_those_whose_code_never_changes()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        Assert.Equal(0, DeadChannels.Of(Export(session.Network), Tasks).Count);
        Kill(session.Network.Shared[1], 2);
        Kill(session.Network.Adapters[0][1], 0);
        Kill(session.Network.Adapters[1][1], 0);
        CloseGate(session.Network.Adapters[1][1], 0);
        DeadChannels dead = DeadChannels.Of(Export(session.Network), Tasks);
        Assert.Equal(2, dead.Count);
        Assert.True(dead.Of(NetworkWalk.SharedEncoder, 2)[2] && dead.Of(0, 2)[0]);
    }

    /// <summary>A dead channel's running variance goes to 0 and its norm's scale to 316: no weight is used, yet the largest decides the others' resolution.</summary>
    [Fact]
    public void The_living_keep_their_resolution_beside_a_dead_one()
    {
        using DisposeScope scope = NewDisposeScope();
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        foreach (EncoderBlock block in session.Network.Shared)
        {
            Kill(block, 0);
            using System.IDisposable noGradient = no_grad();
            block.RunningVariance[0].zero_();

            // As one that has run away: large weights make a code of it large, too.
            block.Weight[0].mul_(100f);
            block.Bias[0].fill_(-1e5f);
        }

        ModelArtifact model = Export(session.Network);
        session.Network.eval();
        Tensor images = BatchSource.Images(Tasks[0].Test.Codes, TinyTasks.Input);
        Tensor real = session.Network.Forward(images, [new BatchSlice(0, 0, images.shape[0])])[0].to_type(ScalarType.Float64);
        double unit = double.Parse(model.Tasks[0].Head.Scale, System.Globalization.CultureInfo.InvariantCulture);
        Tensor quantised = IntegerForward.Run(model, images.to_type(ScalarType.Float64), [0]).Logits[0]! * unit;
        double error = (quantised - real).pow(2).mean().sqrt().item<double>() / real.std().item<double>();
        Assert.True(error < 0.12, $"root mean square error {error:F4} of the logits' spread");
    }

    [Fact]
    public void Training_revives_them()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        for (int channel = 0; channel < 4; channel++)
            Kill(session.Network.Shared[3], channel);
        Kill(session.Network.Adapters[1][3], 1);
        Assert.Equal(5, DeadChannels.Of(session.Network, Tasks).Count);
        while (!session.Finished)
            session.RunStep();
        Assert.Equal(5, session.Revived);
        Assert.Equal(0, DeadChannels.Of(session.Network, Tasks).Count);
    }

    [Fact]
    public void A_first_layer_that_says_nothing_leaves_the_layers_above_nothing_to_say_and_all_are_revived()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        for (int channel = 0; channel < 4; channel++)
            Kill(session.Network.Shared[0], channel);
        Assert.All(DeadChannels.Of(session.Network, Tasks).Shared.SelectMany(layer => layer), Assert.True);
        while (!session.Finished)
            session.RunStep();
        Assert.Equal(0, DeadChannels.Of(session.Network, Tasks).Count);
    }

    [Fact]
    public void Revival_leaves_the_living_alone()
    {
        using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        while (session.Step < 4)
            session.RunStep();
        Kill(session.Network.Shared[1], 2);
        using var optimiser = new AdamOptimiser(session.Network.named_parameters().Select(p => (p.name, p.parameter)));
        Dictionary<string, float[]> before = State(session.Network);
        Assert.Equal(1, Revival.Run(session.Network, Tasks, optimiser, seed: 1, step: 4));

        Dictionary<string, float[]> after = State(session.Network);
        int each = before["shared_2.weight"].Length / 6;
        foreach ((string name, float[] values) in before)
        {
            int width = name == "shared_2.weight" ? each : 1;
            bool revived = name.StartsWith("shared_2.", System.StringComparison.Ordinal);
            for (int i = 0; i < values.Length; i++)
            {
                if (!revived || i / width != 2)
                    Assert.Equal(values[i], after[name][i]);
            }
        }

        Assert.NotEqual(before["shared_2.weight"], after["shared_2.weight"]);
        Assert.True(after["shared_2.running_variance"][2] > 1e-3);
    }

    [Fact]
    public void A_run_that_revives_and_is_resumed_equals_an_uninterrupted_one()
    {
        string path = Path.Combine(folder, "checkpoint");
        using var whole = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
        Kill(whole.Network.Shared[1], 2);
        while (whole.Step < 3)
            whole.RunStep();
        whole.Save(path, "run");
        while (whole.Step < 7)
            whole.RunStep();
        Assert.Equal(1, whole.Revived);
        string revived = Path.Combine(folder, "revived");
        whole.Save(revived, "run");
        while (!whole.Finished)
            whole.RunStep();

        foreach (string checkpoint in new[] { path, revived })
        {
            using var resumed = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, Options);
            resumed.Load(checkpoint, "run");
            while (!resumed.Finished)
                resumed.RunStep();
            Assert.Equal(whole.Revived, resumed.Revived);
            Dictionary<string, float[]> expected = State(whole.Network), found = State(resumed.Network);
            Assert.All(expected, pair => Assert.Equal(pair.Value, found[pair.Key]));
        }
    }

    private static ModelArtifact Export(MultiTaskNetwork network)
    {
        network.Slope = Gates.LastSlope;
        var quantiser = new Quantiser(network, QuantisationOptions.Default);
        return quantiser.Export(
            quantiser.Calibrate([.. Tasks.Select(t => t.Train)]), quantiser.TrainedGates(), new ModelLabels("tiny", "test", TinyTasks.FrontEnd, [.. Tasks.Select(t => t.Labels)]));
    }

    /// <summary>Channels whose output is the same at every position of every training slice, by the plain trace of one task after the other.</summary>
    private static string[] Still(MultiTaskNetwork network)
    {
        using DisposeScope scope = NewDisposeScope();
        using System.IDisposable noGradient = no_grad();
        network.eval();
        ForwardTrace[] traces = [.. Tasks.Select((task, k) => network.Trace(
            BatchSource.Images([.. task.Train.Codes], TinyTasks.Input), [new BatchSlice(k, 0, task.Train.Codes.Count)]))];
        network.train();
        return [
            .. Named("shared", [.. traces[0].Shared.Select((layer, l) => Unmoved(cat([layer, traces[1].Shared[l]])))]),
            .. Named("task 0", [.. traces[0].Adapters[0].Select(Unmoved)]),
            .. Named("task 1", [.. traces[1].Adapters[0].Select(Unmoved)]),
        ];
    }

    private static bool[] Unmoved(Tensor outputs) => [.. Enumerable.Range(0, (int)outputs.shape[1]).Select(c => outputs.select(1, c).max().item<float>() == outputs.select(1, c).min().item<float>())];

    private static IEnumerable<string> Named(string encoder, bool[][] layers) =>
        layers.SelectMany((layer, l) => layer.Select((dead, c) => dead ? $"{encoder} {l + 1}.{c}" : string.Empty)).Where(name => name.Length > 0);

    private static Dictionary<string, float[]> State(MultiTaskNetwork network) => TensorArchive.Copy(
        network.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Concat(network.named_buffers().Select(b => (b.name, b.buffer))));

    /// <summary>
    /// Negative weights for inputs that are centred, and a bias that no input makes up for. The running mean follows, as it does in training: otherwise the norm
    /// makes a shift of it that silences channels of the layers above as well.
    /// </summary>
    private static void Kill(EncoderBlock block, int channel)
    {
        using System.IDisposable noGradient = no_grad();
        block.Weight[channel].abs_().neg_();
        block.Bias[channel].fill_(-1000f);
        block.RunningMean[channel].zero_();
    }

    private static void Silence(EncoderBlock block, int channel, float bias)
    {
        using System.IDisposable noGradient = no_grad();
        block.Weight[channel].zero_();
        block.Bias[channel].fill_(bias);
        block.RunningMean[channel].fill_(bias);
    }

    private static void CloseGate(EncoderBlock block, int channel)
    {
        using System.IDisposable noGradient = no_grad();
        block.Gate![channel].fill_(-1f);
    }
}
