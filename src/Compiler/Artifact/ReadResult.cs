using AdapterCompiler.Diagnostics;

namespace AdapterCompiler.Artifact;

/// <summary>A model, or why there is none. Values compare, so that incremental builds can cache them.</summary>
/// <param name="Model">Null exactly where there are diagnostics.</param>
/// <param name="Diagnostics">In the order of the file, at most 20.</param>
public sealed record ReadResult(ModelArtifact? Model, ValueArray<Diagnostic> Diagnostics);
