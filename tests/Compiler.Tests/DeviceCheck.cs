using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking;
using AdapterCompiler.Hosting;

namespace AdapterCompiler.Tests;

/// <summary>The checks of <c>adapterc check</c> on generated assemblies, inference held to no allocation and no floating point.</summary>
internal static class DeviceCheck
{
    // Type initialisers may allocate: they run once.
    private static readonly CheckOptions Inference = new() { NoAllocation = ValueArray.Of("*"), NoFloat = ValueArray.Of("*") };

    // What one assembly holds does not count for 50 models in one.
    private static readonly ValueArray<string> Totals =
        new[] { CheckCatalogue.IlBytes, CheckCatalogue.ArrayBytes, CheckCatalogue.StringBytes, CheckCatalogue.StaticFields }.Select(rule => rule.Id).ToValueArray();

    /// <summary>Findings in one assembly.</summary>
    public static IEnumerable<string> Findings(GeneratedAssembly device, bool isBatch = false) =>
        Run(device, isBatch ? Inference with { Ignored = Totals } : Inference);

    /// <summary>Findings in a part, the parts before it at hand: calls into those may pass, since they are checked themselves.</summary>
    public static IReadOnlyList<string> Findings(GeneratedAssembly device, IReadOnlyDictionary<string, GeneratedAssembly> earlier)
    {
        string folder = Directory.CreateTempSubdirectory("parts").FullName;
        try
        {
            foreach ((string name, GeneratedAssembly part) in earlier)
                File.WriteAllBytes(Path.Combine(folder, name + ".dll"), part.Image);
            return [.. Run(device, Inference with { ReferenceFolders = ValueArray.Of(folder) }).Where(finding => !IsCallOfPart(finding))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsCallOfPart(string finding) =>
        finding.Contains(CheckCatalogue.MayAllocate.Id, System.StringComparison.Ordinal) && (finding.Contains("ModelPart", System.StringComparison.Ordinal) || finding.Contains("ModelSound", System.StringComparison.Ordinal));

    private static IEnumerable<string> Run(GeneratedAssembly device, CheckOptions options) =>
        AssemblyCheck.Run(device.Image, "generated.dll", options).Findings.Select(finding => finding.ToText("generated.dll"));
}
