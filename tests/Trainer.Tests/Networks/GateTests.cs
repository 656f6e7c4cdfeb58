using System;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using Xunit;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class GateTests
{
    [Fact]
    public void Sigma_is_the_clipped_relu_of_equation_3()
    {
        using Tensor variables = tensor([-1f, -0.25f, 0f, 0.1f, 0.25f, 1f]);
        Assert.Equal([0f, 0f, 0.5f, 0.7f, 1f, 1f], Gates.Sigma(variables, 2).data<float>().Select(v => float.Round(v, 5)));
        Assert.Equal([0f, 0f, 0.5f, 1f, 1f, 1f], Gates.Sigma(variables, 40).data<float>().ToArray());
    }

    [Fact]
    public void The_slope_rises_from_first_to_last()
    {
        Assert.Equal(Gates.FirstSlope, Gates.Slope(0));
        Assert.Equal(Gates.LastSlope, Gates.Slope(1), 9);
        Assert.Equal(Gates.LastSlope, Gates.Slope(5), 9);
        Assert.True(Gates.Slope(0.5) > Gates.Slope(0.4));
    }

    [Fact]
    public void A_saturated_gate_has_no_gradient()
    {
        using Tensor variables = tensor([-1f, 0.1f, 1f], requires_grad: true);
        Gates.Sigma(variables, 2).sum().backward();
        Assert.Equal([0f, 2f, 0f], variables.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Locking_rounds_at_one_half_and_holds_at_every_slope()
    {
        using Tensor locked = Gates.Lock(tensor([-0.01f, 0f, 0.01f]));
        foreach (double slope in new[] { Gates.FirstSlope, 7, Gates.LastSlope })
            Assert.Equal([0f, 1f, 1f], Gates.Sigma(locked, slope).data<float>().ToArray());
    }

    /// <summary>Adam moves a variable by its rate, whichever way it is pulled.</summary>
    [Theory]
    [InlineData(500, 3e-3, null)]
    [InlineData(2000, 6e-3, 1e-3)]
    [InlineData(8000, 6e-3, 1e-3)]
    public void A_steady_pull_closes_a_gate_before_half_of_the_schedule(int steps, double rate, double? gateRate)
    {
        var options = new TrainingOptions(steps, 16, Seed: 1, Lambda: 1, CostMeasure.Parameters, rate, GateRate: gateRate);
        Assert.InRange(FirstClosed(options, _ => -1), 1, options.LockStep / 2);
        Assert.Equal(0, options.RateOfGates(options.LockStep));
        Assert.Equal(0, (options with { Lambda = 0 }).RateOfGates(0));
    }

    [Fact]
    public void In_thousands_of_steps_noise_closes_few_gates_at_the_papers_rate_and_many_at_the_usual_one()
    {
        var options = new TrainingOptions(2000, 16, Seed: 1, Lambda: 1, CostMeasure.Parameters, 6e-3, GateRate: TrainingOptions.PaperLearningRate);
        Assert.InRange(ClosedByNoise(options), 0, 20);
        Assert.InRange(ClosedByNoise(options with { GateRate = null }), 60, 140);
    }

    // Of 200 gates that are pulled up or down by chance.
    private static int ClosedByNoise(TrainingOptions options)
    {
        var random = new SeededRandom(1, 0);
        return Enumerable.Range(0, 200).Count(_ => FirstClosed(options, _ => random.Next(2) == 0 ? -1 : 1) < options.LockStep);
    }

    // The step at which sigma is 0, from where nothing pulls it any more; the number of steps where that is never.
    private static int FirstClosed(TrainingOptions options, Func<int, int> pull)
    {
        double variable = Gates.Start;
        for (int step = 0; step < options.LockStep; step++)
        {
            double sigma = (variable * Gates.Slope((double)step / options.LockStep)) + 0.5;
            if (sigma <= 0)
                return step;
            if (sigma < 1)
                variable += pull(step) * options.RateOfGates(step);
        }

        return options.LockStep;
    }
}
