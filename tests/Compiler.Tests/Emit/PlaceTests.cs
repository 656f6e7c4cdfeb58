using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Emit;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using AdapterCompiler.Trees;
using Mono.Cecil;
using Xunit;

namespace AdapterCompiler.Tests.Emit;

/// <summary>Constants of places are names for a reader and nothing for the device: the same instructions as with numbers.</summary>
public sealed partial class PlaceTests
{
    [Fact]
    public void Code_with_numbers_in_place_of_the_constants_has_the_same_instructions()
    {
        GeneratedCase[] cases = [.. Enumerable.Range(600, 8).Select(seed => seed % 2 == 0
            ? GeneratedCase.Create(seed) : GeneratedCase.CreateWhole(seed, LaneModels.Create(seed), network => ForcedPlans.Mixed(network, seed)))];
        var named = new List<EmittedFile>();
        var numbered = new List<EmittedFile>();
        int replaced = 0;
        foreach (GeneratedCase c in cases)
        {
            EmittedFile[] files = [.. c.Result.Files.Select(file => file with { Name = c.Options.Namespace + "." + file.Name })];
            named.AddRange(files);
            replaced += AddWithNumbers(numbered, files);
        }

        Assert.True(replaced > 500, $"only {replaced} constants replaced");
        Assert.Equal(Bodies(numbered), Bodies(named));
    }

    [Theory]
    [InlineData(0, "a")]
    [InlineData(3, "a + 3")]
    [InlineData(-2, "a - 2")]
    public void A_sum_is_written_as_short_as_it_can_be(int rest, string expected) => Assert.Equal(
        new PlaceLiteral(10 + rest, expected, ValueArray.Of(new Place("a", "a", 10))).Text, ((PlaceLiteral)Place.Sum(rest, new Place("a", "a", 10).Times(1), new Place("a", "b", 7).Times(0))).Text);

    [Fact]
    public void A_sum_has_its_value_and_without_names_it_is_a_number()
    {
        Literal sum = Place.Sum(-1, new Place("a", "a", 10).Times(2), new Place("a", "b", 7).Times(-3), new Place("a", "c", 5).Times(-1));
        Assert.Equal((20 - 21 - 5 - 1, "2 * a - 3 * b - c - 1"), (sum.Value, ((PlaceLiteral)sum).Text));
        Assert.Equal("-a", ((PlaceLiteral)Place.Sum(0, new Place("a", "a", 10).Times(-1))).Text);
        Assert.Equal(new Literal(4, IlType.Int), Place.Sum(4, new Place("a", "a", 10).Times(0)));
    }

    private static int AddWithNumbers(List<EmittedFile> numbered, EmittedFile[] files)
    {
        int replaced = 0;
        string logic = files[0].Text;
        var values = Constant().Matches(logic).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
        foreach (EmittedFile file in files)
        {
            string text = Table().Replace(file.Text, "");
            foreach ((string name, string value) in values)
            {
                replaced += Regex.Count(text, $@"\b{name}\b", RegexOptions.NonBacktracking);
                text = Regex.Replace(text, $@"\b{name}\b", value, RegexOptions.NonBacktracking);
            }

            numbered.Add(file with { Text = text });
        }

        return replaced;
    }

    // Every method with its instructions, operands by name.
    private static string[] Bodies(IEnumerable<EmittedFile> files)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(GeneratedAssembly.Compile(files, ClassLibrary.NanoFramework).Image));
        return [.. module.Types.SelectMany(type => type.Methods).Where(method => method.HasBody).Select(method =>
            method.FullName + ": " + string.Join(' ', method.Body.Instructions.Select(each => each.OpCode.Name + "|" + Convert.ToString(each.Operand, CultureInfo.InvariantCulture))))];
    }

    [GeneratedRegex(@"(?m)^ *private const int (Layer|Heads_|Lanes_).*\n", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex(@"\b(?<name>(Layer\d+|Heads|Lanes)_\w+) = (?<value>-?\d+)[,;]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Constant();
}
