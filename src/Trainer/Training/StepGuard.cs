using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Runtime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Watches one step between its backward pass and its update, when nothing but the norms' running statistics has changed yet: loss, gradients and statistics must be finite. Weights and gates
/// then are after the update too, since Adam divides finite moments by at least its epsilon. Three Torch calls a step, whatever the network's size.
/// </summary>
internal sealed class StepGuard : IDisposable
{
    private readonly (string Name, Parameter Values)[] parameters;
    private readonly (string Name, Tensor Values)[] statistics;
    private Tensor before;

    public StepGuard(MultiTaskNetwork network)
    {
        parameters = [.. network.named_parameters().Select(p => (p.name, p.parameter))];
        statistics = [.. network.named_buffers().Where(b => b.name.Contains("running", StringComparison.Ordinal)).Select(b => (b.name, b.buffer))];
        before = Statistics();
    }

    /// <summary>Remembers the statistics as they are.</summary>
    /// <param name="step">Step about to be done, from 1.</param>
    public void Begin(int step)
    {
        before.Dispose();
        before = Statistics();
        if (Faults.Step("gate", step))
            Spoil(parameters.First(p => p.Name.EndsWith("gate", StringComparison.Ordinal)).Values);
    }

    /// <summary>Looks at a step's loss and gradients.</summary>
    /// <exception cref="NotFiniteException">One is not finite; the statistics are put back, so that the state is the last step's again.</exception>
    public void Check(int step, double loss)
    {
        if (Faults.Step("loss", step))
            loss = double.NaN;
        if (Faults.Step("gradient", step))
            Spoil(parameters[0].Values.grad!);
        if (Faults.Step("statistic", step))
            Spoil(statistics[0].Values);
        using Tensor after = Statistics();
        bool steady = double.IsFinite(after.sum().item<float>());

        // No gradient is longer than infinity: nothing is clipped, the length of all of them together comes back.
        double length = nn.utils.clip_grad_norm_(parameters.Select(p => p.Values), double.PositiveInfinity);
        if (steady && double.IsFinite(loss) && double.IsFinite(length))
            return;
        string what = NotFinite(parameters.Select(p => (p.Name, (Tensor)p.Values)))
            ?? NotFinite(statistics)
            ?? (double.IsFinite(loss) ? "the gradient" : string.Create(CultureInfo.InvariantCulture, $"the loss ({loss})"));
        Restore();
        throw new NotFiniteException(string.Create(CultureInfo.InvariantCulture, $"step {step}: {what} is not finite"));
    }

    /// <inheritdoc/>
    public void Dispose() => before.Dispose();

    private Tensor Statistics()
    {
        using IDisposable noGradient = no_grad();
        return cat([.. statistics.Select(s => s.Values)]).DetachFromDisposeScope();
    }

    private void Restore()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long start = 0;
        foreach ((_, Tensor values) in statistics)
        {
            values.copy_(before.narrow(0, start, values.numel()));
            start += values.numel();
        }
    }

    private static string? NotFinite(IEnumerable<(string Name, Tensor Values)> named) =>
        named.FirstOrDefault(n => !Finite.All(n.Values)) is { Name: { } name } ? name : null;

    private static void Spoil(Tensor values)
    {
        using IDisposable noGradient = no_grad();
        values.fill_(float.NaN);
    }
}
