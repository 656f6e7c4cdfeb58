using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>
/// Adam (Kingma and Ba 2015) with the usual constants. Written out because a checkpoint must hold its moments and TorchSharp's optimiser keeps
/// them to itself.
/// </summary>
internal sealed class AdamOptimiser : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly (string Name, Parameter Parameter, Tensor Mean, Tensor Variance)[] states;

    /// <summary>An optimiser that has made no update yet.</summary>
    /// <param name="parameters">What is trained, named.</param>
    public AdamOptimiser(IEnumerable<(string Name, Parameter Parameter)> parameters) => states = parameters
        .Select(p => (p.Name, p.Parameter, zeros_like(p.Parameter).DetachFromDisposeScope(), zeros_like(p.Parameter).DetachFromDisposeScope()))
        .ToArray();

    /// <summary>Moments, for a checkpoint.</summary>
    public IEnumerable<(string Name, Tensor Values)> State =>
        states.SelectMany(s => new[] { (s.Name + ".adam_mean", s.Mean), (s.Name + ".adam_variance", s.Variance) });

    /// <summary>Mean square of a parameter's gradient over the last steps, as far as it is known; not unbiased.</summary>
    public Tensor Variance(Parameter parameter) => states.Single(s => ReferenceEquals(s.Parameter, parameter)).Variance;

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGradients()
    {
        foreach ((_, Parameter parameter, _, _) in states)
            parameter.grad?.zero_();
    }

    /// <summary>Takes away the momentum of some channels, and takes their gradients to be as large as the other channels'.</summary>
    /// <param name="parameter">One that is trained, [channels, …].</param>
    /// <param name="channels">True for those, [channels].</param>
    public void Forget(Parameter parameter, Tensor channels)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (_, _, Tensor mean, Tensor variance) = states.Single(s => ReferenceEquals(s.Parameter, parameter));
        mean[channels] = zeros(1);
        if (channels.all().item<bool>())
            variance[channels] = zeros(1);
        else
            variance[channels] = variance[channels.logical_not()].mean();
    }

    /// <summary>Takes note of gradients' squares without an update.</summary>
    public void Look()
    {
        using IDisposable noGradient = no_grad();
        foreach ((_, Parameter parameter, _, Tensor variance) in states)
        {
            if (parameter.grad is { } gradient)
                variance.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        }
    }

    /// <summary>One update.</summary>
    /// <param name="step">Updates made before this one.</param>
    /// <param name="rate">Learning rate of a named parameter; 0 leaves it and its moments alone.</param>
    public void Step(int step, Func<string, double> rate)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double unbias1 = 1 - Math.Pow(Beta1, step + 1), unbias2 = Math.Sqrt(1 - Math.Pow(Beta2, step + 1));
        foreach ((string name, Parameter parameter, Tensor mean, Tensor variance) in states)
        {
            double learningRate = rate(name);
            if (learningRate == 0 || parameter.grad is not { } gradient)
                continue;
            mean.lerp_(gradient, 1 - Beta1);
            variance.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
            Tensor divisor = variance.sqrt().div_(unbias2).add_(Epsilon);
            parameter.addcdiv_(mean, divisor, -learningRate / unbias1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, _, Tensor mean, Tensor variance) in states)
        {
            mean.Dispose();
            variance.Dispose();
        }
    }
}
