using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Training;

/// <summary>
/// Gates open where a task needs them. Both tasks read the same images with an encoder that stays as it was drawn: one asks how bright they are, which the encoder's channels tell,
/// the other which way stripes lie, in a frozen encoder that averages each pixel with its neighbours and so tells nothing of stripes that thin.
/// </summary>
[Collection(TorchTests.Name)]
public sealed class GateAllocationTests
{
    private static readonly InputSpec Input = new(Frames: 16, Bands: 16, Bits: 7);

    public GateAllocationTests() => torch.set_num_threads(1);

    [Fact]
    public void A_task_that_the_encoder_solves_closes_its_gates_and_one_that_it_cannot_solve_opens_some()
    {
        IReadOnlyList<TaskData> tasks = [Make("easy", isEasy: true), Make("hard", isEasy: false)];
        var shape = new NetworkShape(Input, ValueArray.Of(4, 6), 1, ValueArray.Of(new TaskShape("easy", 2), new TaskShape("hard", 2)));
        using var encoder = new MultiTaskNetwork(shape, seed: 2);
        FiringStart.Prepare(encoder, tasks);
        Blur(encoder);

        int[][] layers = new int[2][];
        double[] accuracies;
        using (var session = new TrainingSession(shape, tasks, new TrainingOptions(150, 16, Seed: 3, Lambda: 3, CostMeasure.Parameters, 1e-2, Augment: false), new TrainingStart(encoder)))
        {
            while (!session.Finished)
                session.RunStep();
            session.UseBest();
            for (int k = 0; k < 2; k++)
                layers[k] = [.. session.Network.OpenGates(k).Select(layer => layer.Count(isOpen => isOpen))];
            accuracies = Evaluator.Accuracies(session.Network, [.. tasks.Select(task => task.Test)]);
        }

        string found = $"open channels, layer by layer: easy {string.Join(' ', layers[0])}, hard {string.Join(' ', layers[1])}";

        // Channels of the embedding cost next to nothing and lower the loss a little; those that see the image are what the tasks differ in.
        Assert.True(layers[0][0] == 0 && layers[0][1] == 0, found);
        Assert.True(layers[1][0] > 0 && layers[1][1] > 0, found);
        Assert.All(accuracies, accuracy => Assert.True(accuracy > 0.85, $"{accuracies[0]:F2}, {accuracies[1]:F2}"));
    }

    // Every channel of layer 1 sees the mean of its 3 x 3 neighbourhood alone, and those above what is left of it.
    private static void Blur(MultiTaskNetwork network)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        network.Shared[0].Weight.copy_(network.Shared[0].Weight.abs().mean(new long[] { 2, 3 }, keepdim: true).expand_as(network.Shared[0].Weight));
    }

    private static TaskData Make(string name, bool isEasy)
    {
        return new TaskData(name, isEasy ? ["quiet", "loud"] : ["across", "down"], Set(1, 96), Set(2, 48), Set(3, 48));

        SliceSet Set(int split, int count)
        {
            var codes = new List<byte[]>();
            var classes = new List<int>();
            for (int i = 0; i < count; i++)
            {
                var random = new SeededRandom(split, isEasy ? 1 : 2, i);
                int loud = random.Next(2), way = random.Next(2), phase = random.Next(3);
                codes.Add([.. Enumerable.Range(0, Input.Frames * Input.Bands).Select(p =>
                {
                    int row = p / Input.Bands, band = p % Input.Bands;

                    // Stripes of period 3: a mean over 3 x 3 pixels is the same everywhere.
                    bool isLit = ((way == 0 ? row : band) + phase) % 3 == 0, isLoud = loud == 1;
                    return (byte)(10 + random.Next(6) + (isLit ? 60 : 0) + (isLoud ? 40 : 0));
                })]);
                classes.Add(isEasy ? loud : way);
            }

            return new SliceSet(codes, classes);
        }
    }
}
