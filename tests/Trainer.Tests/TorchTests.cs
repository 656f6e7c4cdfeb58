using Xunit;

namespace AdapterCompiler.Trainer.Tests;

/// <summary>Tests that run Torch: one at a time and beside nothing that allocates, see Networks/CollectorPause.cs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchTests
{
    public const string Name = "Torch";
}
