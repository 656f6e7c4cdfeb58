using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using AdapterCompiler.Budgets;
using Xunit;

namespace AdapterCompiler.Tests.Budgets;

/// <summary>One random network.</summary>
internal sealed record BudgetRow(int Seed, AssemblyBudget Predicted, AssemblyBudget Actual, int DebugIl);

/// <summary>Predicted and actual figures as Markdown.</summary>
internal static class BudgetTable
{
    public static void Write(IReadOnlyList<BudgetRow> rows)
    {
        var text = new StringBuilder();
        text.Append("# Budgets: predicted and actual\n\n");
        text.Append(FormattableString.Invariant($"Over {rows.Count} random networks (seeds {rows[0].Seed} to {rows[^1].Seed} of `RandomArtifacts`), compiled in memory against nanoFramework's mscorlib.\n"));
        text.Append(FormattableString.Invariant($"Written by `ADAPTER_BUDGETS={rows.Count} dotnet test tests/Compiler.Tests --filter BudgetTests`. Each cell is predicted / actual; the test also compares\n"));
        text.Append("arguments, stack and branches of each method, signatures, strings and fields.\n\n");
        text.Append("| figure | worst difference | mean difference |\n| --- | --- | --- |\n");
        Summary(text, rows, "IL bytes", budget => budget.IlBytes);
        Summary(text, rows, "IL bytes on the device", budget => budget.DeviceIlBytes);
        Summary(text, rows, "array bytes", budget => budget.ArrayBytes);
        Summary(text, rows, "signature bytes", budget => budget.SignatureBytes);
        Summary(text, rows, "string bytes", budget => budget.StringBytes);
        Summary(text, rows, "most locals", Locals);
        Summary(text, rows, "methods", budget => budget.Methods.Count);
        Summary(text, rows, "RAM bytes", budget => budget.RamBytes);
        double[] ratios = [.. rows.Select(row => (double)row.DebugIl / row.Actual.IlBytes)];
        text.Append(FormattableString.Invariant($"\nA Debug build of the same text has {ratios.Min():0.00} to {ratios.Max():0.00} times the IL, {ratios.Average():0.00} on average.\n\n"));
        text.Append("| seed | IL bytes | on the device | array bytes | most locals | methods | RAM bytes | IL bytes, Debug |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (BudgetRow row in rows)
        {
            (AssemblyBudget p, AssemblyBudget a) = (row.Predicted, row.Actual);
            text.Append(FormattableString.Invariant($"| {row.Seed} | {p.IlBytes} / {a.IlBytes} | {p.DeviceIlBytes} / {a.DeviceIlBytes} | {p.ArrayBytes} / {a.ArrayBytes} | {Locals(p)} / {Locals(a)} | {p.Methods.Count} / {a.Methods.Count} | {p.RamBytes} / {a.RamBytes} | {row.DebugIl} |\n"));
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AdapterCompiler.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        string results = Directory.CreateDirectory(Path.Combine(folder.FullName, "docs", "results")).FullName;
        File.WriteAllText(Path.Combine(results, "budgets.md"), text.ToString());
    }

    private static int Locals(AssemblyBudget budget) => budget.Methods.Max(method => method.Locals);

    private static void Summary(StringBuilder text, IReadOnlyList<BudgetRow> rows, string name, Func<AssemblyBudget, int> figure)
    {
        int[] differences = [.. rows.Select(row => Math.Abs(figure(row.Predicted) - figure(row.Actual)))];
        text.Append(FormattableString.Invariant($"| {name} | {differences.Max()} | {differences.Average():0.##} |\n"));
    }
}
