using AdapterCompiler.Trainer.Networks;

namespace AdapterCompiler.Trainer.Training;

/// <summary>What becomes of an encoder that is taken over.</summary>
public enum EncoderUse
{
    /// <summary>It stays as it is, its norms' statistics too: one pass of it serves every task.</summary>
    Frozen,

    /// <summary>Its norms learn, scales, shifts and statistics; its weights stay (model patches, Mudrakarta et al. 2019).</summary>
    Norms,

    /// <summary>All of it learns on: fine-tuning.</summary>
    Tuned,

    /// <summary>
    /// Its norms learn, and beside each 3 x 3 convolution a 1 x 1 convolution that begins at 0 (residual adapters in parallel, Rebuffi et al. 2018). The two read the same place: the 1 x 1
    /// convolution is the kernel's middle tap, learning on while the other eight stay.
    /// </summary>
    Residual,
}

/// <summary>What a run begins with other than fresh weights and gates that learn.</summary>
/// <param name="Encoder">A network whose shared encoder is taken over; or null.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Gates">Opens channels in the gates' place; or null.</param>
internal sealed record TrainingStart(MultiTaskNetwork? Encoder = null, EncoderUse Use = EncoderUse.Frozen, GateRule? Gates = null)
{
    /// <summary>What a checkpoint must have begun with: empty, or <c>, frozen encoder</c> …</summary>
    public string Identity => (Encoder is null ? "" : $", {Use.ToString().ToLowerInvariant()} encoder") + (Gates is null ? "" : $", gates by {Gates.Choice.ToString().ToLowerInvariant()}");
}
