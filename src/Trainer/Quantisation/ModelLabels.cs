using System.Collections.Generic;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>What a model file says besides its integers.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Command">The command that trained it.</param>
/// <param name="FrontEnd">How its codes were made.</param>
/// <param name="Labels">Class names per task.</param>
internal sealed record ModelLabels(string Name, string Command, FrontEndSpec FrontEnd, IReadOnlyList<IReadOnlyList<string>> Labels);
