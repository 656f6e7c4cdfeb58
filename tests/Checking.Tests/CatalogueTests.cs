using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Every rule is broken on purpose, found where it was broken, and documented with what it really says.</summary>
public sealed class CatalogueTests
{
    public static TheoryData<string> Ids => [.. CheckCatalogue.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_planted_violation_is_found_and_its_near_miss_is_not(string id)
    {
        PlantedCase planted = PlantedCases.All.Single(each => each.Id == id);
        Finding[] found = [.. planted.Violation().Findings.Where(finding => finding.Rule.Id == id)];
        Assert.InRange(found.Length, 1, 3);
        Assert.StartsWith(planted.Place, found[0].Place, StringComparison.Ordinal);
        Assert.DoesNotContain('{', found[0].Message);
        CheckReport near = planted.NearMiss();
        Assert.DoesNotContain(id, near.Ids());
        Assert.DoesNotContain("NFC001", near.Ids());
    }

    [Fact]
    public void Ids_are_unique_in_order_and_every_rule_is_listed()
    {
        string[] ids = [.. CheckCatalogue.All.Select(rule => rule.Id)];
        Assert.Equal(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^NFC0[0-9][0-9]$", id));
        Assert.Equal(typeof(CheckCatalogue).GetProperties().Count(property => property.PropertyType == typeof(CheckRule)), ids.Length);
    }

    [Fact]
    public void The_page_has_every_rule_with_an_example_that_is_true()
    {
        IEnumerable<string> rows = Page().Split('\n').Where(line => line.StartsWith("| NFC", StringComparison.Ordinal));
        Assert.Equal(string.Join("\n", PlantedCases.All.Select(Row)), string.Join("\n", rows));
    }

    internal static string Page()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "checks.md")).Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    // The shape of a desktop assembly's version differs from runtime to runtime, and an argument list of 256 fills the page.
    private static string Row(PlantedCase planted)
    {
        Finding finding = planted.Violation().Findings.First(each => each.Rule.Id == planted.Id);
        string text = finding.ToText("app.dll").Replace(Environment.Version.Major + ".0.0.0", "10.0.0.0", StringComparison.Ordinal);
        string list = Planted.Repeat(256, _ => "int", ", ");
        return "| " + finding.Rule.Id + " | " + finding.Rule.Title + " | `" + text.Replace(list, "int, …", StringComparison.Ordinal) + "` |";
    }
}
