using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using AdapterCompiler.Budgets;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Emit;
using AdapterCompiler.Planning;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Compilation;

/// <summary>What a firmware project asks for.</summary>
/// <param name="ClassName">Name of the generated class.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="SourceName">The model file's name without folders, for header and messages.</param>
/// <param name="Tasks">Tasks to compile; empty = all.</param>
/// <param name="Device">Device whose limits count; "desktop" lifts them.</param>
/// <param name="Part">Which part of the model, from 1. Parts have the class names of <see cref="PartIdentity"/>.</param>
/// <param name="Parts">Into how many parts, each a project, the model is cut.</param>
/// <param name="PartText">What a project wrote where it is no part such as 2/3, to be reported; else null.</param>
/// <param name="Optimize">What kernels are chosen for: one of <see cref="Goals"/>.</param>
/// <param name="MaxRam">Most bytes of RAM that the model may take, "40000" or "40K"; empty for the device's heap.</param>
/// <param name="MaxParts">Most parts that it may be cut into; empty for any number.</param>
public sealed record CompilationOptions(
    string ClassName, string Namespace, string SourceName, ValueArray<string> Tasks, string Device, int Part = 1, int Parts = 1, string? PartText = null,
    string Optimize = "speed", string MaxRam = "", string MaxParts = "")
{
    private const int Kilobyte = 1_024;

    /// <summary>
    /// "here": samples are pushed, and the class that hears is made beside the model's; "apart": in a project of its own, <c>Part="sound"</c>. Empty: the firmware passes codes.
    /// </summary>
    public string Sound { get; init; } = "";

    /// <summary>"true": the class takes frames as they come and computes each row once. Empty or "false": it decides on whole windows.</summary>
    public string Streaming { get; init; } = "";

    /// <summary>The class runs on a stream.</summary>
    public bool Streams => Streaming == "true";

    /// <summary>Frames from one decision to the next, an even number; empty for half a window.</summary>
    public string Hop { get; init; } = "";

    /// <summary>Doublings of what a microphone gives, 0 to 12; empty for 0.</summary>
    public string Gain { get; init; } = "";

    /// <summary>What firmware pushes: "shorts" or "bytes", for which samples are kept otherwise; empty for shorts.</summary>
    public string Samples { get; init; } = "";

    /// <summary>The class that hears is asked for, and nothing of the network.</summary>
    public bool IsSoundPart { get; init; }

    /// <summary>Samples are pushed.</summary>
    public bool Hears => Sound.Length > 0 || IsSoundPart;

    /// <summary>The class that hears is in a project of its own.</summary>
    public bool HearsApart => Sound == SoundSetting.Apart;

    /// <summary>The class that hears is in the model's own assembly.</summary>
    public bool HearsHere => Hears && !HearsApart;

    /// <summary>
    /// IL that the program beside the model takes, "4000" or "4K"; "0" for a model that has its assembly for itself. Empty: <see cref="Targets.AssemblyLimits.IlOfProgram"/> is
    /// left where that costs less than a quarter.
    /// </summary>
    public string ProgramRoom { get; init; } = "";

    /// <summary>Bytes of RAM that the class that hears takes of what the model may take.</summary>
    internal int HearingRam { get; init; }

    /// <summary>What a model may be optimized for.</summary>
    public static IReadOnlyDictionary<string, Optimize> Goals { get; } = new ReadOnlyDictionary<string, Optimize>(new SortedDictionary<string, Optimize>(System.StringComparer.Ordinal)
    {
        ["balanced"] = Planning.Optimize.Balanced,
        ["size"] = Planning.Optimize.Size,
        ["speed"] = Planning.Optimize.Speed,
    });

    /// <summary><see cref="Optimize"/>, once it is known to be valid.</summary>
    public Optimize Goal => Goals.TryGetValue(Optimize, out Optimize goal) ? goal : Planning.Optimize.Speed;

    /// <summary><see cref="MaxRam"/> in bytes; 0 where it is no number.</summary>
    public int MaxRamBytes => Bytes(MaxRam) ?? 0;

    /// <summary><see cref="ProgramRoom"/> in bytes; null where it is not given or no number that an assembly could leave.</summary>
    public int? ProgramRoomBytes => Bytes(ProgramRoom) is { } bytes and <= Targets.AssemblyLimits.IlBytes ? bytes : null;

    /// <summary>IL bytes that the last part leaves to the program in any case.</summary>
    internal int KeptRoom => ProgramRoomBytes ?? 0;

    /// <summary><see cref="MaxParts"/>; 0 where it is no number.</summary>
    public int MostParts => Read(MaxParts) ?? 0;

    private static int? Bytes(string amount) => amount.EndsWith("K", System.StringComparison.OrdinalIgnoreCase)
        ? Read(amount.Substring(0, amount.Length - 1)) is <= int.MaxValue / Kilobyte and int kilobytes ? kilobytes * Kilobyte : null
        : Read(amount);

    private static int? Read(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}

/// <summary>Files, or why there are none. Values compare, so that incremental builds can cache them.</summary>
/// <param name="Files">Empty where there are diagnostics.</param>
/// <param name="Diagnostics">
/// Mistakes in the model file, and, with ids below ADC010 and no position, in the settings.
/// </param>
/// <param name="Program">What the files print, for reports; null where there are diagnostics.</param>
/// <param name="Budget">What the program needs of its assembly; null where there are diagnostics.</param>
public sealed record CompilationResult(
    ValueArray<EmittedFile> Files, ValueArray<Diagnostic> Diagnostics, CodedProgram? Program, AssemblyBudget? Budget = null)
{
    /// <summary>What hearing costs, with the last part of a model that hears; else null.</summary>
    public HearingCost? Hearing { get; init; }

    /// <summary>What does not keep the model from being compiled; empty where there are mistakes.</summary>
    public ValueArray<Diagnostic> Warnings { get; init; } = ValueArray<Diagnostic>.Empty;
}
