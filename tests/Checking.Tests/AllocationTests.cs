using System;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Methods that must not allocate, and what they call.</summary>
public sealed class AllocationTests
{
    private const string Types = """
        public struct Pair { public int A; }
        public class Thing { public int A; public virtual int Get() => A; }
        public class Other : Thing { public override int Get() => new Thing().A; }
        public interface IGet { int Value(); }
        public class Getter : IGet { int IGet.Value() => new int[1].Length; }
        public delegate int Function(int n);

        """;

    [Theory]
    [InlineData("object M() => new Thing();", "new Thing")]
    [InlineData("object M(int n) => n;", "boxing a value of type int")]
    [InlineData("string M(string s) => s + \"x\";", "System.String.Concat(string, string)")]
    [InlineData("string M(int n) => n.ToString();", "int.ToString()")]
    [InlineData("Function M() => n => n + 1;", "new Function")]
    [InlineData("int M(int n) { Pair p; p.A = n; return Use(ref p); } static int Use(ref Pair p) => p.A;", "a local variable of structure type Pair")]
    [InlineData("void M() => throw new global::System.Exception();", "new System.Exception")]
    public void What_allocates_is_found(string method, string what)
    {
        Finding finding = Assert.Single(Check(method, "Planted.M").Findings, each => each.Rule.Id == "NFC050");
        Assert.StartsWith(what + " allocates.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int M(int n) => Deep(n); static int Deep(int n) => Deeper(n); static int Deeper(int n) => new int[n].Length;", "Planted.Deeper(int)")]
    [InlineData("int M(Thing thing) => thing.Get();", "Other.Get()")]
    [InlineData("int M(IGet get) => get.Value();", "Getter.IGet.Value()")]
    public void What_a_method_calls_counts_too(string method, string place)
    {
        Finding finding = Assert.Single(Check(method, "Planted.M").Findings);
        Assert.Equal(("NFC050", place), (finding.Rule.Id, finding.Place));
        Assert.Contains("(reached from Planted.M)", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("void M(byte[] a, byte[] b) => global::System.Array.Copy(a, b, a.Length);")]
    [InlineData("int M(string s) => s.Length + s[0];")]
    [InlineData("int M(Thing thing) => thing.A;")]
    [InlineData("int M(int n) { switch (n) { case 1: return 2; case 2: return 5; case 3: return 1; default: return 0; } }")]
    [InlineData("string M() => \"text\";")]
    [InlineData("int M(ref Pair pair) => pair.A;")]
    [InlineData("long M() { global::System.DateTime now = global::System.DateTime.UtcNow; return now.Ticks; }")]
    public void What_does_not_allocate_is_not(string method) => Assert.Empty(Check(method, "Planted.M").Findings);

    [Theory]
    [InlineData("*", 2)]
    [InlineData("Planted.*", 2)]
    [InlineData("M?", 2)]
    [InlineData("M1", 1)]
    [InlineData("Planted..cctor", 1)]
    public void Patterns_name_methods_but_no_initialiser_unless_they_say_so(string pattern, int findings)
    {
        const string members = "static int[] a = new int[3]; public static void M1() { a = new int[1]; } public static void M2() { a = new int[2]; }";
        Assert.Equal(findings, Planted.Check(members, Planted.NoAllocation(pattern)).Findings.Count);
    }

    [Fact]
    public void What_a_delegate_may_call_counts_too()
    {
        CheckReport report = Check("Getting M(Thing thing) => thing.Get; public delegate int Getting();", "Planted.M");
        Assert.Contains(report.Findings, finding => (finding.Rule.Id, finding.Place) == ("NFC050", "Other.Get()"));
    }

    [Fact]
    public void A_method_named_wrongly_gets_a_suggestion()
    {
        Finding finding = Assert.Single(Check("void Decode() { }", "Planted.Decdoe").Findings);
        Assert.Contains("Did you mean 'Planted.Decode'?", finding.Message, StringComparison.Ordinal);
    }

    private static CheckReport Check(string method, string pattern) =>
        Planted.Check(Planted.Compile(Types + "public static class Planted { public static " + method + " }"), Planted.NoAllocation(pattern));
}
