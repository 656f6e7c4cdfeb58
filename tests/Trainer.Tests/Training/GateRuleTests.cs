using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Trainer.Data;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Training;

/// <summary>Channels opened without gates that learn: as many as a budget allows, and not one fewer.</summary>
[Collection(TorchTests.Name)]
public sealed class GateRuleTests
{
    private static readonly IReadOnlyList<TaskData> Tasks = TinyTasks.Make();

    public GateRuleTests() => torch.set_num_threads(1);

    [Theory]
    [InlineData(GateChoice.Random, CostMeasure.Parameters)]
    [InlineData(GateChoice.Random, CostMeasure.Flops)]
    [InlineData(GateChoice.Uniform, CostMeasure.Parameters)]
    [InlineData(GateChoice.Norms, CostMeasure.Flops)]
    public void A_budget_is_used_up_to_one_channel_and_never_exceeded(GateChoice choice, CostMeasure measure)
    {
        NetworkShape shape = TinyTasks.Shape(Tasks, alpha: 1, 8, 12);
        double all = AdapterCost.Of(shape, measure, Tasks[0].Labels.Count, [8, 12, 12]), none = AdapterCost.Of(shape, measure, Tasks[1].Labels.Count, [0, 0, 0]);
        for (int part = 0; part <= 10; part++)
        {
            double[] budgets = [none + ((all - none) * part / 10), none];
            var rule = new GateRule(choice, measure, budgets, Seed: part);
            using var session = new TrainingSession(shape, Tasks, TinyTasks.Options(2, lambda: 1e-3) with { AllOpen = true, Cost = measure }, new TrainingStart(Gates: rule));
            while (!session.Finished)
                session.RunStep();
            int[] open = [.. session.Network.OpenGates(0).Select(layer => layer.Count(isOpen => isOpen))];
            double cost = AdapterCost.Of(shape, measure, Tasks[0].Labels.Count, open);
            Assert.InRange(cost, none, budgets[0] + 1e-6);
            Assert.Equal(part == 0, open.Sum() == 0);
            Assert.Equal(part == 10, open.Sum() == 32);
            Assert.All(session.Network.OpenGates(1), layer => Assert.DoesNotContain(true, layer));

            // The last channel closed was one too many.
            double dearest = Enumerable.Range(0, 3).Where(i => open[i] < (i == 0 ? 8 : 12)).Select(i => AdapterCost.Of(shape, measure, Tasks[0].Labels.Count, [.. open.Select((n, j) => i == j ? n + 1 : n)])).DefaultIfEmpty(double.PositiveInfinity).Max();
            Assert.True(dearest > budgets[0], $"{dearest} of {budgets[0]}");
        }
    }

    [Fact]
    public void Uniform_is_the_same_share_of_every_layer_and_random_another_choice_with_every_seed()
    {
        NetworkShape shape = TinyTasks.Shape(Tasks, alpha: 1, 8, 12);
        double half = AdapterCost.Of(shape, CostMeasure.Parameters, Tasks[0].Labels.Count, [4, 6, 6]);
        bool[][] Open(GateChoice choice, int seed)
        {
            using var network = new MultiTaskNetwork(shape, seed: 1);
            new GateRule(choice, CostMeasure.Parameters, [half, half], seed).Apply(network);
            return network.OpenGates(0);
        }

        Assert.Equal([4, 6, 6], Open(GateChoice.Uniform, 1).Select(layer => layer.Count(isOpen => isOpen)));
        Assert.Equal(Open(GateChoice.Random, 1).SelectMany(layer => layer), Open(GateChoice.Random, 1).SelectMany(layer => layer));
        Assert.NotEqual(Open(GateChoice.Random, 1).SelectMany(layer => layer), Open(GateChoice.Random, 2).SelectMany(layer => layer));
    }

    [Fact]
    public void Norms_are_pulled_down_until_the_lock_and_the_largest_stay()
    {
        NetworkShape shape = TinyTasks.Shape(Tasks, alpha: 1, 8, 12);
        double half = AdapterCost.Of(shape, CostMeasure.Parameters, Tasks[0].Labels.Count, [4, 6, 6]);
        double Mean(double lambda)
        {
            TrainingOptions options = TinyTasks.Options(20, lambda, rate: 1e-2) with { AllOpen = true };
            using var session = new TrainingSession(shape, Tasks, options, new TrainingStart(Gates: new GateRule(GateChoice.Norms, CostMeasure.Parameters, [half, half], 1)));
            while (session.Step < options.LockStep)
                session.RunStep();
            float[][] scales = [.. session.Network.Adapters[0].Select(block => block.NormScale.data<float>().ToArray())];
            session.RunStep();
            bool[][] open = session.Network.OpenGates(0);
            float kept = scales.SelectMany((layer, i) => layer.Where((_, c) => open[i][c])).Min(Math.Abs), closed = scales.SelectMany((layer, i) => layer.Where((_, c) => !open[i][c])).Max(Math.Abs);
            Assert.True(kept >= closed, $"{kept} {closed}");
            return scales.SelectMany(layer => layer).Average(Math.Abs);
        }

        Assert.True(Mean(lambda: 30) < Mean(lambda: 1e-6) - 0.05);
    }

    [Fact]
    public void A_task_that_weighs_nothing_much_is_learnt_last()
    {
        double Loss(double weight)
        {
            using var session = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(1) with { TaskWeights = ValueArray.Of(1, weight) });
            return session.RunStep().Loss;
        }

        double one = Loss(1), two = Loss(2), three = Loss(3);
        Assert.Equal(two - one, three - two, 1e-4);
        Assert.True(two > one);
        using var plain = new TrainingSession(TinyTasks.Shape(Tasks), Tasks, TinyTasks.Options(1));
        Assert.Equal(plain.RunStep().Loss, one);
    }
}
