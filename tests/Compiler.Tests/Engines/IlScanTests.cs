using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

/// <summary>The scan itself finds what it is for.</summary>
public sealed class IlScanTests
{
    [Theory]
    [InlineData("return new int[n].Length;", "newarr")]
    [InlineData("object o = n; return o.GetHashCode();", "box")]
    [InlineData("return (int)(n * 1.5f);", "ldc.r4")]
    [InlineData("return (int)((uint)n >> 3);", "shr.un")]
    [InlineData("return global::System.Convert.ToInt32(\"1\");", "call")]
    public void A_planted_violation_is_found(string body, string instruction)
    {
        string text = "public static class Planted { public static int M(int n) { " + body + " } }";
        GeneratedAssembly assembly = GeneratedAssembly.Compile([new EmittedFile("Planted.cs", text)], ClassLibrary.NanoFramework);
        Assert.Contains(IlScan.Findings(assembly.Image), finding => finding.Contains(instruction, System.StringComparison.Ordinal));
    }
}
