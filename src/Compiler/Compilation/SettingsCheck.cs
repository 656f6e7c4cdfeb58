using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Compilation;

/// <summary>What a project asks for, before the model is read: mistakes have no position in the model file.</summary>
internal static class SettingsCheck
{
    /// <summary>Every mistake.</summary>
    public static IEnumerable<Diagnostic> Of(CompilationOptions options)
    {
        if (!CSharpIdentifier.IsValid(options.ClassName))
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "ClassName", options.ClassName, "it is not a C# identifier");
        if (options.Namespace.Length > 0 && !options.Namespace.Split('.').All(CSharpIdentifier.IsValid))
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "Namespace", options.Namespace, "it is not a C# namespace");
        if (!DeviceNames.All.Contains(options.Device, StringComparer.Ordinal))
        {
            yield return DiagnosticCatalogue.InvalidMetadata.At(
                default, "Device", options.Device,
                "no such device is known;" + Suggestion.For(options.Device, DeviceNames.All) + " devices are " + string.Join(", ", DeviceNames.All));
        }

        if (CheckPart(options) is { } part)
            yield return part;
        foreach (Diagnostic mistake in SoundSetting.Mistakes(options).Concat(StreamSetting.Mistakes(options)))
            yield return mistake;
        if (!CompilationOptions.Goals.ContainsKey(options.Optimize))
        {
            yield return DiagnosticCatalogue.InvalidMetadata.At(
                default, "Optimize", options.Optimize,
                "a model is optimized for one of these:" + Suggestion.For(options.Optimize, CompilationOptions.Goals.Keys) + " " + string.Join(", ", CompilationOptions.Goals.Keys));
        }

        if (options.MaxRam.Length > 0 && options.MaxRamBytes <= 0)
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "MaxRam", options.MaxRam, "it is a number of bytes such as 40000, or of kilobytes such as 40K");
        if (options.ProgramRoom.Length > 0 && options.ProgramRoomBytes is null)
        {
            yield return DiagnosticCatalogue.InvalidMetadata.At(
                default, "ProgramRoom", options.ProgramRoom, FormattableString.Invariant($"it is a number of bytes such as 4000, or of kilobytes such as 4K, of the {AssemblyLimits.IlBytes} that an assembly holds"));
        }

        if (options.MaxParts.Length > 0 && (options.MostParts < 1 || options.MostParts > AssemblyLimits.Parts))
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "MaxParts", options.MaxParts, FormattableString.Invariant($"it is a number of assemblies from 1 to {AssemblyLimits.Parts}"));
        else if (options.MaxParts.Length > 0 && options.Parts > options.MostParts)
            yield return DiagnosticCatalogue.InvalidMetadata.At(default, "Part", FormattableString.Invariant($"{options.Part}/{options.Parts}"), FormattableString.Invariant($"MaxParts allows {options.MostParts}"));
    }

    private static Diagnostic? CheckPart(CompilationOptions options)
    {
        string range = FormattableString.Invariant($"a part is written as number/count such as 2/3, with at most {AssemblyLimits.Parts} parts, or sound for the class that hears");
        return options.PartText is null && options.Part >= 1 && options.Part <= options.Parts && options.Parts <= AssemblyLimits.Parts
            ? null
            : DiagnosticCatalogue.InvalidMetadata.At(default, "Part", options.PartText ?? FormattableString.Invariant($"{options.Part}/{options.Parts}"), range);
    }
}
