using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Artifact;
using AdapterCompiler.Checking;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>What this project generates is clean, with no allocation and no floating point anywhere outside type initialisers.</summary>
public sealed class GeneratedTests
{
    private static readonly CheckOptions Strict = new() { NoAllocation = ValueArray.Of("*"), NoFloat = ValueArray.Of("*"), Device = "esp32" };

    [Fact]
    public void Random_models_are_clean()
    {
        // As many as one assembly holds: lanes are code, not tables.
        for (int first = 0; first < 60; first += 6)
            AssertClean([.. Enumerable.Range(30_000 + first, 6).Select(GeneratedCase.Create)]);
    }

    [Fact]
    public void Tiny_models_are_clean()
    {
        ModelArtifact one = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"));
        ModelArtifact two = TinyModels.Create([2, 3, 3], ("keyword", "1 11 10"), ("bird", "0 00 00"));
        AssertClean([GeneratedCase.Create(1, one), GeneratedCase.Create(2, two), GeneratedCase.Create(3, two, "bird")]);
    }

    private static void AssertClean(IReadOnlyList<GeneratedCase> cases)
    {
        CheckReport report = AssemblyCheck.Run(GeneratedBatch.ForDevice(cases).Image, "Generated.dll", Strict);
        Assert.Equal("", string.Join("\n", report.Findings.Select(finding => finding.ToText("Generated.dll"))));
        Assert.True(report.Measurements.Single(each => each.Key == "ilBytes").Value > 500);
    }
}
