using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>A pass is a function of its arguments: nothing that a static field of the compiler leads to can change after its class was initialised.</summary>
public sealed class StaticStateTests
{
    // Of the generator's static fields: none of them can change.
    private static readonly string[] Known =
        ["readonly Encoding", "readonly ReadOnlyDictionary<string, DiagnosticDescriptor>", "readonly ValueArray<string>", "readonly ProjectFile", "readonly AssemblyShare"];

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
    [InlineData(typeof(Boxed), "Count.n can be set")]
    [InlineData(typeof(Bound), "object.n can be set")]
    [InlineData(typeof(BoundArray), "object: Int32[] can be changed")]
    [InlineData(typeof(Each<>), "Kept is of a generic type's own")]
    [InlineData(typeof(Spoken), "Culture: CultureInfo can be changed")]
    public void However_state_is_kept_it_is_found(Type type, string what) =>
        Assert.Contains(new StaticState([type, .. type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public)]).Found, found => found.Contains(what.Split('<')[0], StringComparison.Ordinal));

    // Its assembly holds the compiler and Roslyn's own objects: of its few static fields the sources say enough.
    [Fact]
    public void Nor_does_the_generator_keep_what_can_change()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Sources.Root, "src", "Generators"), "*.cs").Select(File.ReadAllText)];
        Assert.NotEmpty(files.SelectMany(StaticFields));
        Expect.None(files.SelectMany(StaticFields).Where(field => !Known.Contains(field, StringComparer.Ordinal)));
        Assert.Equal(
            ["int", "Dictionary<string, int>", "readonly Dictionary<string, int>", "Action"],
            StaticFields("class Planted { static int count; static Dictionary<string, int> P { get; set; } static readonly Dictionary<string, int> F = new(); static event Action E; const int One = 1; static int Two => 2; }"));
    }

    private static IEnumerable<string> StaticFields(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>()
        .Where(member => member.Modifiers.Any(SyntaxKind.StaticKeyword))
        .Select(member => member switch
        {
            BaseFieldDeclarationSyntax field => (field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) ? "readonly " : "") + field.Declaration.Type,
            PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } property when accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null) =>
                (accessors.Any(SyntaxKind.SetAccessorDeclaration) ? "" : "readonly ") + property.Type,
            _ => "",
        })
        .Where(type => type.Length > 0);

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

    private static class Boxed
    {
        private static readonly ICount Count = new Counted();
    }

    private static class Bound
    {
        private static readonly Func<int> Next = new Inherited().Count;

        private sealed class Inherited : Inheritable
        {
            public int Count() => Bump();
        }
    }

    private static class BoundArray
    {
        private static readonly Action<object, int> Write = new int[1].SetValue;
    }

    private static class Each<T>
    {
        private static readonly ValueArray<int[]> Kept = ValueArray.Of<int[]>([1]);
    }

    private static class Spoken
    {
        private static readonly System.Globalization.CultureInfo Culture = new("");
    }

    private interface ICount
    {
        int Next();
    }

    private struct Counted : ICount
    {
        private int n;

        public int Next() => ++n;
    }

    private class Inheritable
    {
        private int n;

        protected int Bump() => ++n;
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
