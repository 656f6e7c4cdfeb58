using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>
/// A layer's float weights, norms folded in, ready to be rounded. "Per code": multiplied by the real value of one input code. Gates are taken as open
/// (a fractional one folds as a scale), so that a closed channel's weights are kept and its digit alone decides.
/// </summary>
/// <param name="Weights">Per code, float64, [outputs, inputs, 3, 3] or [outputs, inputs]; shared inputs first.</param>
/// <param name="Bias">The bias with every shared input's norm shift, [outputs].</param>
/// <param name="Offsets">What each own input's norm shift adds, [outputs, own inputs].</param>
internal sealed record FoldedWeights(Tensor Weights, Tensor Bias, Tensor Offsets)
{
    /// <summary>Folds; gradients pass where they are wanted.</summary>
    /// <exception cref="NotFiniteException">Something folded is not finite.</exception>
    /// <param name="weight">As trained.</param>
    /// <param name="bias">As trained.</param>
    /// <param name="shared">Norm of the shared inputs.</param>
    /// <param name="own">Norm of the own inputs, gates open; or null.</param>
    /// <param name="codeScale">Real ReLU output of one input code, per input, float64.</param>
    public static FoldedWeights Of(Tensor weight, Tensor bias, AffineMap shared, AffineMap? own, Tensor codeScale)
    {
        using CollectorPause.Pause pause = CollectorPause.Begin();
        using DisposeScope scope = NewDisposeScope();
        Tensor w = weight.to_type(ScalarType.Float64);
        AffineMap map = own is null ? shared : AffineMap.Concat([shared, own]);
        Tensor scale = map.Scale.to_type(ScalarType.Float64) * codeScale;
        Tensor perCode = w * scale.reshape(w.dim() == 2 ? [1, -1] : [1, -1, 1, 1]);

        Tensor shifts = (w.dim() == 2 ? w : w.sum([2, 3])) * map.Shift.to_type(ScalarType.Float64).reshape(1, -1);
        long sharedInputs = shared.Scale.numel(), inputs = map.Scale.numel();
        Tensor total = bias.to_type(ScalarType.Float64) + shifts.narrow(1, 0, sharedInputs).sum(1);
        Tensor offsets = shifts.narrow(1, sharedInputs, inputs - sharedInputs).contiguous();
        // Where gradients pass, a training step looks at its loss and its gradients instead.
        if (!is_grad_enabled())
        {
            Finite.Require(perCode, "a folded weight");
            Finite.Require(total, "a folded bias");
            if (inputs > sharedInputs)
                Finite.Require(offsets, "a folded offset");
        }

        return new FoldedWeights(perCode.MoveToOuterDisposeScope(), total.MoveToOuterDisposeScope(), offsets.MoveToOuterDisposeScope());
    }
}
