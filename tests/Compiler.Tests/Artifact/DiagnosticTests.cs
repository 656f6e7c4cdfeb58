using System;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Diagnostics;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>Each mistake in a model file: its id, its exact place, its words; and nothing else reported for it.</summary>
public sealed class DiagnosticTests
{
    public static TheoryData<string> Cases => new(DiagnosticCases.All.Select(each => each.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_is_reported_once_and_exactly_where_it_is(string name)
    {
        DiagnosticCase expected = DiagnosticCases.All.Single(each => each.ToString() == name);
        ReadResult result = ModelReader.ReadUtf8(expected.Bytes);
        Assert.Null(result.Model);
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(expected.Id, diagnostic.Rule.Id);
        Assert.Contains(expected.Fragment, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(new TextPosition(expected.Line, expected.Column, expected.Length), diagnostic.Position);
        Assert.DoesNotContain('\n', diagnostic.Message);
    }

    [Fact]
    public void Every_rule_of_the_model_file_has_a_case()
    {
        string[] rules = DiagnosticCatalogue.All.Select(rule => rule.Id).Where(id => string.CompareOrdinal(id, "ADC010") >= 0 && (string.CompareOrdinal(id, "ADC039") <= 0 || id == "ADC051")).ToArray();
        string[] cases = DiagnosticCases.All.Select(each => each.Id).Distinct(StringComparer.Ordinal).ToArray();
        Assert.Equal(31, rules.Length);
        Assert.Empty(rules.Except(cases, StringComparer.Ordinal));
    }

    [Fact]
    public void Independent_mistakes_are_reported_together_in_file_order()
    {
        string text = ModelSeal.Seal(ModelWriter.Write(TinyModel.Create())
            .Replace("name tiny", "name Tiny", StringComparison.Ordinal)
            .Replace("bits 7", "bits 9", StringComparison.Ordinal)
            .Replace("shift 5 bias 37", "shift 50 bias 37", StringComparison.Ordinal)
            .Replace("gates 10", "gates 2", StringComparison.Ordinal));
        string[] found = ModelReader.Read(text).Diagnostics.Select(each => each.ToText("a.adapter").Split(": error ")[0] + " " + each.Rule.Id).ToArray();
        Assert.Equal(["a.adapter(2,6) ADC020", "a.adapter(4,29) ADC024", "a.adapter(10,17) ADC024", "a.adapter(13,17) ADC024", "a.adapter(16,17) ADC024", "a.adapter(27,7) ADC018", "a.adapter(29,17) ADC024"], found);
    }

    [Fact]
    public void A_wrong_declaration_is_one_mistake_however_many_blocks_it_concerns()
    {
        string text = ModelSeal.Seal(ModelWriter.Write(TinyModel.Create()).Replace("weights 4 activations", "weights 2 activations", StringComparison.Ordinal));
        Diagnostic[] found = ModelReader.Read(text).Diagnostics.ToArray();
        Assert.Equal(9, found.Length);
        Assert.All(found, each => Assert.Equal("ADC028", each.Rule.Id));
        Assert.Equal([9, 12, 15, 25, 28, 32, 42, 45, 48], found.Select(each => each.Position.Line));
    }

    [Fact]
    public void At_most_twenty_mistakes_are_reported()
    {
        var text = new StringBuilder(ModelWriter.Write(TinyModel.Create()));
        for (int index = 0; index < 40; index++)
            text.Replace("label up\n", "label up\nlabel  " + index.ToString(CultureInfo.InvariantCulture) + "\n");
        Assert.Equal(20, ModelReader.Read(ModelSeal.Seal(text.ToString())).Diagnostics.Count);
    }

    [Fact]
    public void Results_compare_by_value_so_that_a_generator_can_cache_them()
    {
        byte[] good = Encoding.UTF8.GetBytes(ModelWriter.Write(TinyModel.Create()));
        Assert.Equal(ModelReader.ReadUtf8(good), ModelReader.ReadUtf8(good));
        byte[] bad = DiagnosticCases.All[10].Bytes;
        Assert.Equal(ModelReader.ReadUtf8(bad), ModelReader.ReadUtf8(bad));
        Assert.NotEqual(ModelReader.ReadUtf8(good), ModelReader.ReadUtf8(bad));
    }

    [Theory]
    [InlineData("keywrod", "keyword")]
    [InlineData("brid", "bird")]
    [InlineData("Keyword", "keyword")]
    [InlineData("speech", null)]
    [InlineData("", null)]
    [InlineData("xy", null)]
    public void Suggestions_are_near_or_absent(string found, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(found, ["keyword", "bird", "room"]));
}
