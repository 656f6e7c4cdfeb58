using System.Collections.Generic;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>What is computed in one go: an output, or those that share a long.</summary>
internal interface IDenseBlock
{
    /// <summary>Type of the variables that hold the inputs.</summary>
    IlType InputType { get; }

    /// <summary>Long constants that inputs are multiplied by, once for each use.</summary>
    IEnumerable<long> Factors { get; }

    /// <summary>The block's code.</summary>
    IEnumerable<Statement> Statements(DenseWriter writer);
}
