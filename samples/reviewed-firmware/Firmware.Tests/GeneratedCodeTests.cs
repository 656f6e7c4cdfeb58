using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using VerifyXunit;
using Xunit;

namespace Firmware.Tests;

/// <summary>
/// The code that the model became, as it was accepted. A retrain makes these tests fail until somebody has looked: at AudioModel.verified.cs, whose
/// first lines say what the model costs, and at the comment of 'adapterc diff'.
/// </summary>
[UsesVerify]
public sealed class GeneratedCodeTests
{
    private static readonly string folder = typeof(GeneratedCodeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Generated").Value!;

    [Fact]
    public Task AudioModel() => Verifier.Verify(File.ReadAllText(Path.Combine(folder, "AudioModel.g.cs")), extension: "cs");

    [Fact]
    public Task Weights() => Verifier.Verify(File.ReadAllText(Path.Combine(folder, "AudioModel.Weights.g.cs")), extension: "cs");
}
