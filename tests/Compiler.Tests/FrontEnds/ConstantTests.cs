using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Compilation;
using AdapterCompiler.FrontEnds;
using AdapterCompiler.FrontEnds.Transform;
using Mono.Cecil;
using Xunit;

namespace AdapterCompiler.Tests.FrontEnds;

/// <summary>
/// Trainer and generator run on different runtimes, and must hear the same. All constants come from integer arithmetic alone, and are what they were when
/// these hashes were taken: a change here makes every trained model hear something else.
/// </summary>
public sealed class ConstantTests
{
    private static readonly IntegerMelSpec Spec = new(16_000, 400, 160, 60, 7800, 10, 28);

    [Theory]
    [InlineData(240, "74C2CF289F2B6EF0")]
    [InlineData(400, "5354058BFFE903D0")]
    [InlineData(480, "E3C015703DA95452")]
    public void Window(int length, string hash) => Pinned(hash, new FoldedWindow(length).Weights);

    [Fact]
    public void Transform() => Pinned("CE031D21DD0173BF", RealTransform.Create(Enumerable.Range(1, 119).ToValueArray(), IntegerMel.TransformScale).Steps.SelectMany(step => new[] { (long)step.Operation, step.Left, step.Right, step.Constant }));

    [Theory]
    [InlineData(64, 16_000, 60, 7800, "9E0FAC1B5EA27C31")]
    [InlineData(32, 16_000, 60, 7800, "D20BEE1AAA8E9CCC")]
    [InlineData(40, 8_000, 100, 3900, "1BDD2DEEA0B9A2B0")]
    public void Bands(int count, int rate, int low, int high, string hash)
    {
        var bands = new MelBands(Spec with { SampleRate = rate, LowHertz = low, HighHertz = high }, count);
        Pinned(hash, Enumerable.Range(0, count).SelectMany(band => bands[band].SelectMany(share => new[] { band, share.Bin, share.Quarters })));
    }

    [Theory]
    [InlineData(10, 28, 127, "8870CA0901EAF051")]
    [InlineData(7, -30, 255, "79648A3E8D885957")]
    public void Logarithm(int codesPerOctave, int floor, int highest, string hash) => Pinned(hash, new LevelTable(codesPerOctave, floor, highest).Codes);

    [Fact]
    public void No_method_of_the_front_end_or_of_the_compiler_computes_with_floating_point()
    {
        using var module = ModuleDefinition.ReadModule(typeof(ModelCompiler).Assembly.Location);
        MethodDefinition[] methods = [.. module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)];
        Assert.True(methods.Length > 1_000);
        string[] floats =
        [
            .. from method in methods
               from instruction in method.Body.Instructions
               let name = instruction.OpCode.Name
               where name.StartsWith("ldc.r", StringComparison.Ordinal) || name.StartsWith("conv.r", StringComparison.Ordinal) || name.Contains(".r4", StringComparison.Ordinal) || name.Contains(".r8", StringComparison.Ordinal)
                   || (instruction.Operand is MethodReference called && called.Parameters.Select(parameter => parameter.ParameterType).Append(called.ReturnType).Any(type => type.MetadataType is MetadataType.Single or MetadataType.Double))
               select method.FullName,
        ];
        Assert.Empty(floats);
    }

    private static void Pinned<T>(string expected, System.Collections.Generic.IEnumerable<T> numbers)
    {
        string text = string.Join(' ', numbers.Select(number => FormattableString.Invariant($"{number}")));
        Assert.Equal(expected, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }
}
