using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Rules;
using AdapterCompiler.Checking.Sizes;
using AdapterCompiler.Checking.Stack;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Checking;

/// <summary>Checks any assembly against what nanoFramework's interpreter can run. The assembly is read, never loaded.</summary>
public static class AssemblyCheck
{
    /// <summary>Checks a file. What is wrong with the file itself is a finding too, never an exception.</summary>
    /// <param name="path">Of the assembly.</param>
    /// <param name="options">What else to check.</param>
    public static CheckReport Run(string path, CheckOptions options)
    {
        byte[] image;
        try
        {
            image = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Unreadable(path, options, exception.Message.TrimEnd('.'));
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Run(image, path, options with { ReferenceFolders = options.ReferenceFolders.Append(folder).ToValueArray() });
    }

    /// <summary>Checks an assembly in memory.</summary>
    /// <param name="image">The file's bytes.</param>
    /// <param name="name">What the report calls it.</param>
    /// <param name="options">What else to check.</param>
    public static CheckReport Run(byte[] image, string name, CheckOptions options)
    {
        try
        {
            using var references = new ReferenceSet(options.ClassLibrary, options.ReferenceFolders);
            using var assembly = new CheckedAssembly(ImmutableArray.Create(image), references);
            return Run(assembly, name, options);
        }
        catch (Exception exception) when (exception is DamagedAssemblyException or BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException or InvalidCastException)
        {
            // The metadata reader checks little in advance: a damaged file shows as any of these, wherever its damage is met.
            return Unreadable(name, options, (image.Length == 0 ? "the file is empty" : exception.Message).TrimEnd('.'));
        }
    }

    private static CheckReport Run(CheckedAssembly assembly, string name, CheckOptions options)
    {
        DeviceProfile? device = Device(options);
        var follower = new CallFollower(assembly);
        (MethodCode Method, int Depth, IReadOnlyList<Finding> Findings)[] walked =
            [.. assembly.Methods.Select(method => StackWalker.Walk(assembly, method, follower) is var (depth, findings) ? (method, depth, findings) : default)];
        AssemblyFigures figures = AssemblyFigures.Of(assembly, walked.Select(each => each.Depth));
        IEnumerable<Finding> found = ReferenceRules.Check(assembly)
            .Concat(LimitRules.Check(assembly, figures, device))
            .Concat(TypeLimitRules.Check(assembly))
            .Concat(FeatureRules.CheckDefinitions(assembly))
            .Concat(InitialiserRules.Check(assembly))
            .Concat(DispatchRules.Check(assembly))
            .Concat(AttributeRules.Check(assembly))
            .Concat(walked.SelectMany(each => MethodLimitRules.Check(each.Method, each.Depth).Concat(FeatureRules.Check(assembly, each.Method)).Concat(each.Findings)))
            .Concat(RequestedRules.Check(assembly, options.NoAllocation, options.NoFloat));
        using SourceMap? source = SourceMap.Open(assembly, name);
        return new CheckReport(
            name, device, Summary.Of(assembly, figures, device).ToValueArray(),
            found.Where(finding => !options.Ignored.Contains(finding.Rule.Id, StringComparer.OrdinalIgnoreCase)).OrderBy(finding => finding.Rule.Id, StringComparer.Ordinal)
                .Select(finding => source?.Locate(finding) ?? finding).ToValueArray());
    }

    private static CheckReport Unreadable(string name, CheckOptions options, string reason) =>
        new(name, Device(options), ValueArray<Measurement>.Empty, ValueArray.Of(CheckCatalogue.NotReadable.At("", null, Capital(reason))));

    private static DeviceProfile? Device(CheckOptions options) => options.Device is null ? null
        : DeviceProfiles.Find(options.Device) ?? throw new ArgumentException($"'{options.Device}' is no device", nameof(options));

    private static string Capital(string text) => text.Length == 0 ? "The file cannot be read" : char.ToUpperInvariant(text[0]) + text[1..];
}
