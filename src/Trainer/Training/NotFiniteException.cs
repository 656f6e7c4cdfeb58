using System;

namespace AdapterCompiler.Trainer.Training;

/// <summary>A number that is none, or infinite, where a network's numbers are needed. Nothing made from it may be kept.</summary>
internal sealed class NotFiniteException : Exception
{
    /// <summary>Something.</summary>
    public NotFiniteException()
        : this("a value is not finite")
    {
    }

    /// <summary>Something named.</summary>
    /// <param name="message">What is not finite, a sentence without its full stop.</param>
    public NotFiniteException(string message)
        : base(message)
    {
    }

    /// <summary>Something named, and what found it.</summary>
    public NotFiniteException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
