using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Benchmarks.Counted;
using Xunit;

namespace AdapterCompiler.Tests.Benchmarks;

/// <summary>
/// The table of costs against whole windows that were counted on nanoFramework's interpreter. They are kept with the IL that they execute,
/// so this holds whatever the planner chooses today.
/// </summary>
public sealed class CountedWindowTests
{
    // What issue 9 asks for; the worst is far inside.
    private const double Most = 0.015;

    private static readonly string Results = Path.Combine(Folder(), "docs", "results");

    public static TheoryData<string> Ids => [.. CountedWindow.Read(Results).Select(window => window.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_counted_window_costs_what_the_table_says(string id)
    {
        CountedWindow window = CountedWindow.Read(Results).Single(each => each.Id == id);
        Assert.True(window.Executed.Count > 40, "executed.csv has no rows of " + id);
        Assert.InRange(window.Difference, -Most, Most);
        if (window.Before is { } before)
            Assert.InRange((window.Predicted / before) - 1, -Most, Most);
    }

    [Fact]
    public void The_six_counts_of_the_issue_are_there()
    {
        IReadOnlyList<CountedWindow> windows = CountedWindow.Read(Results);
        Assert.Equal([49.9, 81.0, 160.0, 197.9, 254.9, 416.1], windows.Select(window => window.Before).OfType<double>().Order());
    }

    [Fact]
    public void The_page_is_of_todays_table()
    {
        // A change of the table or a new count without a new page: dotnet run -c Release --project benchmarks -- counted
        string page = File.ReadAllText(Path.Combine(Results, "counted.md"));
        Assert.All(CountedWindow.Read(Results), window => Assert.Contains(
            FormattableString.Invariant($"| {window.Predicted:0.00} M | {window.Counted:0.00} M |"), page, StringComparison.Ordinal));
    }

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
