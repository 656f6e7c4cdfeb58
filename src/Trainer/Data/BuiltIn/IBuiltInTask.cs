using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>One task of the built-in corpus.</summary>
internal interface IBuiltInTask
{
    /// <summary>Lower-case name.</summary>
    string Name { get; }

    /// <summary>Class names in ordinal order.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>Chooses how a slice of a class will sound.</summary>
    SliceParameters Draw(int cls, ParameterDraw draw);
}
