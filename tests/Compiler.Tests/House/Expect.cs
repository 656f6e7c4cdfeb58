using System.Collections.Generic;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>Assertions that say all they found: xunit cuts items to 50 characters, which hides the line that is wrong.</summary>
internal static class Expect
{
    /// <summary>Nothing was found.</summary>
    public static void None(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join("\n", all));
    }
}
