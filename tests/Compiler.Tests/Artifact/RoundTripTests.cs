using System;
using System.Globalization;
using System.Linq;
using System.Text;
using AdapterCompiler.Artifact;
using AdapterCompiler.Testing;
using CsCheck;
using Xunit;

namespace AdapterCompiler.Tests.Artifact;

/// <summary>What is written reads back equal, and what is read writes back to the same bytes.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Every_model_reads_back_equal_and_writes_the_same_bytes() =>
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                ModelArtifact model = RandomArtifacts.Create(seed);
                string text = ModelWriter.Write(model);
                ReadResult result = ModelReader.ReadUtf8(Encoding.UTF8.GetBytes(text));
                Assert.Empty(result.Diagnostics);
                Assert.Equal(model, result.Model);
                Assert.Equal(text, ModelWriter.Write(result.Model!));
            },
            iter: 500,
            seed: "0000000000a1");

    [Fact]
    public void Windows_line_ends_a_byte_order_mark_and_blank_lines_behind_the_hash_change_nothing()
    {
        ModelArtifact model = RandomArtifacts.Create(5);
        string text = ModelWriter.Write(model);
        string windows = "\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n  \r\n";
        ReadResult result = ModelReader.ReadUtf8(Encoding.UTF8.GetBytes(windows));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(model, result.Model);
    }

    [Fact]
    public void Comments_and_blank_lines_may_be_anywhere_and_are_sealed_like_everything_else()
    {
        ModelArtifact model = RandomArtifacts.Create(6);
        string commented = string.Concat(ModelWriter.Write(model).Split('\n').Where(line => line.Length > 0).Select(line => "# sha256 of nothing\n\n   \n" + line + "\n"));
        Assert.Equal("ADC014", Assert.Single(ModelReader.Read(commented).Diagnostics).Rule.Id);
        string resealed = ModelSeal.Seal(commented);
        Assert.Equal(model, ModelReader.Read(resealed).Model);
        Assert.Equal("ADC014", Assert.Single(ModelReader.Read(resealed.Replace("of nothing", "of something", StringComparison.Ordinal)).Diagnostics).Rule.Id);
    }

    /// <summary>Only before a line feed a carriage return is part of a line's end; anywhere else it is sealed like every character.</summary>
    [Fact]
    public void A_carriage_return_alone_is_a_character()
    {
        static string Seal(string text) => ModelSeal.Seal(text).Split('\n')[^2];
        Assert.Equal(Seal("a\nb\n"), Seal("a\r\nb\r\n"));
        Assert.NotEqual(Seal("ab\n"), Seal("a\rb\n"));
        string text = ModelWriter.Write(RandomArtifacts.Create(7)), changed = text.Replace("command adapter", "command\radapter", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        Assert.NotNull(ModelReader.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Model);
        Assert.Null(ModelReader.Read(changed).Model);
    }

    [Fact]
    public void Sealing_an_edited_file_gives_the_edited_model_and_sealing_twice_changes_nothing()
    {
        ModelArtifact model = RandomArtifacts.Create(7);
        string edited = ModelWriter.Write(model).Replace("command adapter-train random", "command by hand", StringComparison.Ordinal);
        string text = ModelSeal.Seal(edited);
        Assert.Equal(model with { Command = "by hand --seed 7" }, ModelReader.Read(text).Model);
        Assert.Equal(text, ModelSeal.Seal(text));
        Assert.Equal(text, ModelSeal.Seal("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n"));
        string withoutHash = text[..text.IndexOf("sha256", StringComparison.Ordinal)];
        Assert.Equal(text, ModelSeal.Seal(withoutHash));
    }

    [Fact]
    public void The_writer_refuses_what_the_reader_would_not_give_back()
    {
        ModelArtifact model = RandomArtifacts.Create(8);
        Assert.Contains("ADC020", Assert.Throws<ArgumentException>(() => ModelWriter.Write(model with { Name = "Audio" })).Message, StringComparison.Ordinal);
        Assert.Contains("ADC025", Assert.Throws<ArgumentException>(() => ModelWriter.Write(model with { Command = "one\ntwo" })).Message, StringComparison.Ordinal);
        Assert.Contains("read back", Assert.Throws<ArgumentException>(() => ModelWriter.Write(model with { Command = "one\n# two" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_culture_changes_a_byte_or_a_message()
    {
        ModelArtifact model = RandomArtifacts.Create(9);
        string text = ModelWriter.Write(model);
        string message = ModelReader.Read(text.Replace(" shift ", " shift -", StringComparison.Ordinal)).Diagnostics[0].ToText("a.adapter");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // The build is culture-invariant, so a culture that differs in everything has to be made.
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NegativeSign = "minus";
            strange.NumberFormat.PositiveSign = "plus";
            strange.NumberFormat.NumberGroupSeparator = "'";
            strange.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = strange;
            Assert.Equal("minus1", (-1).ToString(CultureInfo.CurrentCulture));
            Assert.Equal(text, ModelWriter.Write(model));
            Assert.Equal(model, ModelReader.Read(text).Model);
            Assert.Equal(message, ModelReader.Read(text.Replace(" shift ", " shift -", StringComparison.Ordinal)).Diagnostics[0].ToText("a.adapter"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
