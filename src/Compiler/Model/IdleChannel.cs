namespace AdapterCompiler.Model;

/// <summary>Why a channel that the model file holds and a gate leaves open does no work.</summary>
public enum IdleReason
{
    /// <summary>Its code is 0 at every position for every input: removed.</summary>
    AlwaysZero,

    /// <summary>Its code is the same for every input, and every reader took it into its bias: removed.</summary>
    Folded,

    /// <summary>Its code is the same for every input, but a 3x3 convolution reads it beside the padding, which is code 0: kept.</summary>
    Constant,

    /// <summary>Every weight on it is 0, or belongs to a channel that was removed itself: removed.</summary>
    Unread,
}

/// <summary>A channel that does no work: training lost it.</summary>
/// <param name="Layer">Layer from 1.</param>
/// <param name="Task">Index of the adapter's task; null in the shared encoder.</param>
/// <param name="Number">Its position in the model file, from 1.</param>
/// <param name="Reason">What was proven of it.</param>
public sealed record IdleChannel(int Layer, int? Task, int Number, IdleReason Reason);
