using System.Collections.Generic;

namespace AdapterCompiler.Trainer.Quantisation;

/// <summary>Everything that calibration decided. With it and the weights the model file follows, whatever the gates are.</summary>
/// <param name="Shared">Per layer.</param>
/// <param name="Adapters">Per task and layer.</param>
/// <param name="Heads">Per task: its weight scale and integers.</param>
internal sealed record Calibration(IReadOnlyList<LayerScales> Shared, IReadOnlyList<IReadOnlyList<LayerScales>> Adapters, IReadOnlyList<HeadScale> Heads);
