using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>Faults planted into the compiler's sources, each a line of its own, all of which a search must find.</summary>
internal static class Planted
{
    /// <summary>Fails with the faults that live.</summary>
    /// <param name="folder">Where they are planted, from src/Compiler.</param>
    /// <param name="head">What stands above the class: imports, or other types.</param>
    /// <param name="member">A member with a hole for a fault.</param>
    /// <param name="search">"file:line: text" of what it finds.</param>
    /// <param name="faults">As C#.</param>
    public static void AllFound(string folder, string head, string member, Func<CompilerSources, IEnumerable<string>> search, params string[] faults)
    {
        string space = $"namespace AdapterCompiler.{folder.Replace('/', '.')};";
        IEnumerable<string> classes = faults.Select((fault, i) => FormattableString.Invariant($"class Planted{i} {{ ") + string.Format(CultureInfo.InvariantCulture, member, fault) + " }");
        bool imports = head.StartsWith("using ", StringComparison.Ordinal);
        CompilerSources planted = CompilerSources.Planted(folder + "/Planted.cs", string.Join('\n', [imports ? head + " " + space : space + " " + head, .. classes]));
        string[] found = [.. search(planted)];
        Expect.None(faults.Where((_, i) => !found.Any(each => each.Contains(FormattableString.Invariant($"Planted.cs:{i + 2}: "), StringComparison.Ordinal))));
    }
}
