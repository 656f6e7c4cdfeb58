using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Lowering;
using AdapterCompiler.Lowering.Budgets;

namespace AdapterCompiler.Compilation;

/// <summary>What a firmware project asks for.</summary>
/// <param name="ClassName">Name of the generated class.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="SourceName">The model file's name without folders, for header and messages.</param>
/// <param name="Tasks">Tasks to compile; empty = all.</param>
/// <param name="Device">Device whose limits count; "desktop" lifts them.</param>
/// <param name="Part">Which part of the model, from 1. Parts have the class names of <see cref="Lowering.Parts.ProgramPart"/>.</param>
/// <param name="Parts">Into how many parts, each a project, the model is cut.</param>
/// <param name="PartText">What a project wrote where it is no part such as 2/3, to be reported; else null.</param>
public sealed record CompilationOptions(
    string ClassName, string Namespace, string SourceName, ValueArray<string> Tasks, string Device, int Part = 1, int Parts = 1, string? PartText = null);

/// <summary>Files, or why there are none. Values compare, so that incremental builds can cache them.</summary>
/// <param name="Files">Empty where there are diagnostics.</param>
/// <param name="Diagnostics">
/// Mistakes in the model file, and, with ids below ADC010 and no position, in the settings.
/// </param>
/// <param name="Program">What the files print, for reports; null where there are diagnostics.</param>
/// <param name="Budget">What the program needs of its assembly; null where there are diagnostics.</param>
public sealed record CompilationResult(
    ValueArray<EmittedFile> Files, ValueArray<Diagnostic> Diagnostics, LoweredProgram? Program, AssemblyBudget? Budget = null);
