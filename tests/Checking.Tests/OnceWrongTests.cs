using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Programs that the check once passed in silence, or called wrong where they are right; what the real interpreter does with each is in the comments.</summary>
public sealed class OnceWrongTests
{
    /// <summary>The program throws at start: Settings.Widths is null when Display's initialiser runs.</summary>
    [Fact]
    public void An_initialiser_that_reads_a_later_type()
    {
        Finding finding = Assert.Single(Check("""
            namespace App
            {
                public static class Display { public static readonly int Columns = Settings.Widths.Length; }
                public static class Settings { public static readonly int[] Widths = { 16, 20, 40 }; }
                public class Program { public static void Main() { int n = Display.Columns; if (n == 0) throw new System.Exception(); } }
            }
            """).Findings);
        Assert.Equal(("NFC060", "App.Display..cctor()"), (finding.Rule.Id, finding.Place));
        Assert.StartsWith("App.Settings.Widths is still null here", finding.Message, StringComparison.Ordinal);
    }

    /// <summary>2 on the desktop, 1 on the device.</summary>
    [Fact]
    public void An_interface_implemented_again()
    {
        Finding finding = Assert.Single(Check("""
            public interface IRead { int Read(); }
            public class Base : IRead { int IRead.Read() { return 1; } }
            public class Derived : Base, IRead { public int Read() { return 2; } }
            public static class U { public static int M() { IRead r = new Derived(); return r.Read(); } }
            """).Findings);
        Assert.Equal(("NFC063", "Derived.Read()"), (finding.Rule.Id, finding.Place));
    }

    [Fact]
    public void Enum_texts_and_custom_formats() => Assert.Equal(["NFC065 Log.Joined(Mode)", "NFC065 Log.Name(Mode)", "NFC066 Log.Money(double)", "NFC066 Log.Pad(int)"], Found("""
        public enum Mode { Idle, Listening, Muted }
        public static class Log
        {
            public static string Name(Mode m) { return m.ToString(); }
            public static string Joined(Mode m) { return "mode " + m; }
            public static string Money(double d) { return d.ToString("#,##0.00"); }
            public static string Pad(int i) { return string.Format("{0:000}", i); }
        }
        """));

    [Fact]
    public void Ordinary_unsigned_code_is_clean() => Assert.True(Check("""
        public static class U
        {
            static string last;
            public static void Show(uint millivolts) { last = Percent((int)(millivolts / 33u)).ToString(); }
            static int Percent(int value) { return value > 100 ? 100 : value; }
            static int Hours(uint seconds) { return (int)(seconds % 86400u) / 3600; }
            public static string Text(uint seconds) { return Hours(seconds).ToString(); }
        }
        """).IsClean);

    /// <summary>The same kinds, written otherwise.</summary>
    [Theory]
    [InlineData("public enum Mode { A, B } public static class P { public static string M(Mode m, int n) => string.Format(\"{1}: {0}\", m, n); }", "NFC065 P.M(Mode, int)")]
    [InlineData("public enum Mode : byte { A, B } public static class P { public static string M(Mode m, int n) => $\"{n} {m}\"; }", "NFC065 P.M(Mode, int)")]
    [InlineData("public enum Mode { A, B } public static class P { public static string M(object o, Mode m) => string.Concat(o, m, o); }", "NFC065 P.M(object, Mode)")]
    [InlineData("public enum Mode { A, B } public static class P { public static string M(Mode m) => string.Format(\"{0:D} of {{0}}\", m); }", "")]
    [InlineData("public enum Mode { A, B } public static class P { public static string M(Mode m) => m == Mode.A ? \"A\" : \"B\"; }", "")]
    [InlineData("public static class P { public static string M(int n, double d) => $\"{n:D2} {d:0.0}\"; }", "NFC066 P.M(int, double)")]
    [InlineData("public static class P { public static string M(int n, double d) => $\"{n:D2} {d:F1} {n,5} {n:X8}\"; }", "")]
    [InlineData("public static class P { public static string M(System.DateTime t) => t.ToString(\"yyyy-MM-dd\") + $\"{t:HH:mm}\"; }", "")]
    [InlineData("public static class P { public static float M(float f) => f / -0f; }", "NFC067 P.M(float)")]
    [InlineData("public static class P { public static double M(int sum, int count) => count == 0 ? 0 : (double)sum / count; }", "")]
    [InlineData("public static class P { public static double M(double a, double b) { double q = a / b; return q == double.PositiveInfinity ? 0 : q; } }", "NFC068 P.M(double, double)")]
    [InlineData("public static class P { public static bool M(float a, float b) => a / b > float.NegativeInfinity; }", "NFC068 P.M(float, float)")]
    [InlineData("public static class P { public static double M(double[] a) { double least = double.PositiveInfinity; foreach (double each in a) if (each / 2 < least) least = each / 2; return least; } }", "")]
    [InlineData("public static class P { public static double M(double d, int n) => d / (n * 0.0f); }", "")]
    [InlineData("public class A { public int Read() => 1; } public class B : A { public new int Read() => 2; }", "")]
    [InlineData("public class A { public virtual int Read() => 1; } public class B : A { public int Read(int n) => 2; }", "")]
    [InlineData("public class A { public virtual int Read() => 1; } public class B : A { public new virtual int Read() => 2; }", "NFC062 B.Read()")]
    [InlineData("public interface I { int Read(); } public class A : I { public int Read() => 1; } public class B : A { public new int Read() => 2; }", "NFC062 B.Read()")]
    [InlineData("public interface I { int Read(); } public class A : I { int I.Read() => 1; } public class B : A, I { int I.Read() => 2; }", "")]
    [InlineData("public static class A { public static readonly A1 First = new A1(); } public class A1 { public static readonly int[] T = { 1, 2 }; public int N = T.Length; }", "NFC061 A..cctor()")]
    [InlineData("public static class A { public static readonly int N = B.Get(); } public static class B { static int[] t = { 1 }; public static int Get() { t = new int[3]; return t.Length; } }", "")]
    [InlineData("public static class A { public static readonly int N = B.Count; } public static class B { public const int Count = 3; public static int Other = 4; }", "")]
    [InlineData("public static class A { public static readonly System.Threading.ThreadStart Start = () => { }; }", "")]
    public void Other_programs_of_these_kinds(string source, string found) => Assert.Equal(found, string.Join(", ", Found(source)));

    public static TheoryData<string> Ordinary => [.. OrdinaryPrograms.All.Keys];

    // The remainder of a divisor whose sign nobody here knows, given to callers that nobody here knows: possible, and most likely harmless.
    private static readonly Dictionary<string, string> FalseAlarms = new() { ["Random32"] = "NFC044 Random32.Next(int)" };

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void An_ordinary_program_is_clean(string name) =>
        Assert.Equal(FalseAlarms.GetValueOrDefault(name, ""), string.Join(", ", Found(OrdinaryPrograms.Stubs + OrdinaryPrograms.All[name])));

    [Fact]
    public void Of_twenty_programs_and_more_two_false_alarms_are_allowed()
    {
        Assert.True(OrdinaryPrograms.All.Count >= 20, $"{OrdinaryPrograms.All.Count} programs");
        Assert.InRange(FalseAlarms.Count, 0, 2);
    }

    private static CheckReport Check(string source) => Planted.Check(Planted.Compile(source));

    private static string[] Found(string source) => [.. Check(source).Findings.Select(finding => finding.Rule.Id + " " + finding.Place).Order(StringComparer.Ordinal)];
}
