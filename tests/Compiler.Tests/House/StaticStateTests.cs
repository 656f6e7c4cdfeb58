using System;
using System.Collections.Generic;
using System.Reflection;
using AdapterCompiler.Compilation;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>A pass is a function of its arguments: nothing that a static field of the compiler leads to can change after its class was initialised.</summary>
public sealed class StaticStateTests
{
    [Fact]
    public void Nothing_that_a_static_field_leads_to_can_change()
    {
        var search = new StaticState(typeof(ModelCompiler).Assembly.GetTypes());
        Expect.None(search.Found);
        Assert.True(search.Fields > 150, $"only {search.Fields} fields were found");
        Assert.True(search.Objects > 400, $"only {search.Objects} objects were found");
    }

    [Theory]
    [InlineData(typeof(Settable), "count can be set")]
    [InlineData(typeof(Counter), "Count: Int32[] can be changed")]
    [InlineData(typeof(Listed), "Kept: List`1 can be changed")]
    [InlineData(typeof(Hidden), "Kept: List`1 can be changed")]
    [InlineData(typeof(Wrapped), "Kept.items: List`1 can be changed")]
    [InlineData(typeof(Owned), "Last.value can be set")]
    [InlineData(typeof(Deep), "Table[0].value can be set")]
    [InlineData(typeof(Shared), "Known: ConcurrentDictionary`2 can be changed")]
    [InlineData(typeof(Late), "Value: Lazy`1 can be changed")]
    [InlineData(typeof(Closure), "Next captures <next>, which can be set")]
    [InlineData(typeof(Raised), "Changed can be set")]
    public void However_state_is_kept_it_is_found(Type type, string what) =>
        Assert.Contains(new StaticState([type, .. type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public)]).Found, found => found.Contains(what.Split('<')[0], StringComparison.Ordinal));

    [Fact]
    public void What_cannot_change_is_not()
    {
        var search = new StaticState([typeof(Fixed)]);
        Expect.None(search.Found);
        Assert.Equal(6, search.Fields);
    }

#pragma warning disable CA1823, CS0414, CS0649, IDE0044, IDE0051, IDE0052, CA1812, CA2211, CS0067, CS0169, CA1802, CA1805 // Faults are planted; nothing uses them.
    private static class Settable
    {
        private static int count = 1;
    }

    private static class Counter
    {
        private static readonly int[] Count = [0];
    }

    private static class Listed
    {
        private static List<int> Kept { get; } = [1];
    }

    private static class Hidden
    {
        private static readonly IEnumerable<int> Kept = new List<int> { 1 };
    }

    private static class Wrapped
    {
        private static readonly Box Kept = new();

        private sealed class Box
        {
            private readonly List<int> items = [];
        }
    }

    private static class Owned
    {
        private static readonly Cell Last = new();
    }

    private static class Deep
    {
        private static readonly ValueArray<Cell> Table = ValueArray.Of(new Cell());
    }

    private static class Shared
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> Known = new();
    }

    private static class Late
    {
        private static readonly Lazy<int> Value = new(() => 1);
    }

    private static class Closure
    {
        private static readonly Func<int> Next = Counting();

        private static Func<int> Counting()
        {
            int next = 0;
            return () => next++;
        }
    }

    private static class Raised
    {
        private static event EventHandler? Changed;
    }

    private sealed class Cell
    {
        private int value;
    }

    private static class Fixed
    {
        private static readonly ValueArray<(int Number, string Text)> Pairs = ValueArray.Of((1, "one"));
        private static readonly System.Collections.ObjectModel.ReadOnlyDictionary<string, ValueArray<int>> Known = new(new Dictionary<string, ValueArray<int>> { ["a"] = ValueArray.Of(1) });
        private static readonly DiagnosticOf Record = new(1, "one");
        private static readonly Func<int, int> Twice = value => value * 2;
        private static readonly DayOfWeek Day = DayOfWeek.Monday;
        private static readonly Type Of = typeof(int);

        private sealed record DiagnosticOf(int Number, string Text);
    }
}
