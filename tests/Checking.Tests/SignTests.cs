using System;
using System.Linq;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Where a value that is unsigned at run time comes from, and what makes it harmless.</summary>
public sealed class SignTests
{
    private const string Members = """
        public enum Flags : uint { None }
        static uint field;
        static long wide;
        static uint Next() => field++;
        static int Half(int n) => n / 2;
        static int Percent(int n) => n > 100 ? 100 : n;
        static void Kept(int first, int n) { wide = (n - 200) >> 1; }
        static void Shifted(int n) { wide = n >> 1; }
        static void Outer(int n) { field = 1; Kept(2, n); }
        static void Recursive(int n, int times) { if (times > 0) Recursive(n, times - 1); else wide = n % 5; }
        static int Same(int n) => n;
        static long Wide(uint u) => u;
        static int Raw() => (int)field;
        public delegate void Handler(int n);
        public interface IUser { void Use(int n); }
        public class User : IUser { public int Last; void IUser.Use(int n) { Last = (n - 50) >> 1; } }
        public class Radio { public int Last; public virtual void Use(int n) { Last = n; } }
        public class LongWave : Radio { public override void Use(int n) { Last = (n - 50) >> 1; } }
        public class Lamp { public int Level; public virtual void Set(int n) { Level = n; } }

        """;

    [Theory]
    [InlineData("int M(uint u, int n) => ((int)u) >> n", "NFC040")]
    [InlineData("long M(ulong u, int n) => ((long)u) >> n", "NFC040")]
    [InlineData("long M(ulong[] a, int n) => ((long)a[0]) >> n", "NFC040")]
    [InlineData("int M(uint[] a, int n) => ((int)a[0]) >> n", "NFC040")]
    [InlineData("int M(ref uint u, int n) => ((int)u) >> n", "NFC040")]
    [InlineData("int M(int n) => ((int)field) >> n", "NFC040")]
    [InlineData("int M(int n) => ((int)Next()) >> n", "NFC040")]
    [InlineData("int M(Flags f, int n) => ((int)f) >> n", "NFC040")]
    [InlineData("int M(uint u, int n) => (n > 0 ? (int)u : n) >> 2", "NFC040")]
    [InlineData("int M(uint u, int n) => ((int)u + n) >> 2", "NFC040")]
    [InlineData("int M(uint u, int n) => ((int)(n > 0 ? u : u & 0x7FFF)) >> 2", "NFC040")]
    [InlineData("int M(uint u, int n) => ((int)(n > 0 ? u & 0x7FFF : u)) >> 2", "NFC040")]
    [InlineData("int M(uint u) => (int)(u / 1) >> 2", "NFC040")]
    [InlineData("int M(uint u, int n) => (-((int)u)) >> n", "NFC040")]
    [InlineData("long M(uint u, int n) => (u - 5000000000L) >> n", "NFC040")]
    [InlineData("int M(uint u, int n) => (int)u % n", "NFC041")]
    [InlineData("long M(ulong u) => (long)u % 7L", "NFC041")]
    [InlineData("long M(uint u, uint v) => (long)(int)(u + v)", "NFC042")]
    [InlineData("double M(uint u) => (double)(int)u", "NFC042")]
    [InlineData("float M(ulong u) => (float)(long)u", "NFC042")]
    [InlineData("long M(long n) => (0xFFFFFFFFL + n) >> 3", "NFC043")]
    [InlineData("long M(long n) => (0xC0000000L * n) % 3", "NFC043")]
    [InlineData("int M(uint u) => (int)u", "NFC044")]
    [InlineData("void M(uint u) => Kept(0, (int)u)", "NFC044")]
    [InlineData("void M(uint u) => Kept(0, (int)(u & 255))", "NFC044")]
    [InlineData("void M(uint u) => Outer((int)u)", "NFC044")]
    [InlineData("void M(uint u) => Shifted((int)u)", "NFC044")]
    [InlineData("void M(uint u) => Recursive((int)u, 3)", "NFC044")]
    [InlineData("void M(uint u, IUser user) => user.Use((int)(u % 100))", "NFC044")]
    [InlineData("void M(uint u, Radio radio) => radio.Use((int)(u % 100))", "NFC044")]
    [InlineData("void M(uint u, Handler handler) => handler((int)u)", "NFC044")]
    [InlineData("void M(uint u, int n) { field = (uint)(Same((int)u) >> n); }", "NFC040")]
    [InlineData("void M(uint u, int n) { wide = (Wide(u) - 5000000000L) >> n; }", "NFC040")]
    [InlineData("void M(uint u) { field = (uint)(Raw() % 7); }", "NFC041")]
    [InlineData("void M(uint u) { wide = Half((int)u); }", "NFC042")]
    public void A_value_without_sign_is_found(string method, string id)
    {
        CheckReport report = Planted.Check(Members + "public static " + method + (method[^1] == '}' ? "" : ";"));
        Finding finding = Assert.Single(report.Findings, each => each.Rule.Id == id);
        Assert.StartsWith("Planted.M(", finding.Place, StringComparison.Ordinal);
        Assert.NotNull(finding.Offset);
    }

    [Theory]
    [InlineData("uint M(uint u, int n) => u >> n")]
    [InlineData("int M(int i, int n) => (i >>> n) + (i >> 2)")]
    [InlineData("int M(byte b, int n) => (b >> 1) % n")]
    [InlineData("int M(char c) => c >> 1")]
    [InlineData("int M(ushort u) => (sbyte)u >> 1")]
    [InlineData("int M(long n) => ((int)n) >> 3")]
    [InlineData("long M(int n) => ((long)n) >> 3")]
    [InlineData("long M(long n) => ((n << 20) - 0x80000000L) >> 20")]
    [InlineData("long M(long n) => (n & 0xFFFFFFFFL) >> 3")]
    [InlineData("int M(byte[] a, int n) => (a.Length >> 1) % n")]
    [InlineData("bool M(uint u) => (int)u < 0")]
    [InlineData("void M(uint u) { wide = (int)(u >> 4) >> 2; }")]
    [InlineData("void M(uint u) { wide = (int)(u & 0x7FFFFFFF) % 10; }")]
    [InlineData("void M(uint u) { wide = (int)(u % 100) % 10; }")]
    [InlineData("void M(uint u) { wide = (int)(u / 2) >> 4; }")]
    [InlineData("void M(uint u, int n) { wide = ((int)(long)u) >> n; }")]
    [InlineData("long M(uint u) => u")]
    [InlineData("int M(uint u) => Half((int)(u & 255))")]
    [InlineData("void M(uint u) { wide = Percent((int)(u / 33u)); }")]
    [InlineData("void M(uint u) => Shifted((int)(u >> 1))")]
    [InlineData("void M(uint u, Lamp lamp) => lamp.Set((int)u)")]
    [InlineData("void M(uint u) => Recursive((int)(u % 60), 3)")]
    public void A_value_whose_sign_cannot_matter_is_not(string method) =>
        Assert.Empty(Planted.Check(Members + "public static " + method + (method[^1] == '}' ? "" : ";")).Findings);

    [Fact]
    public void The_offset_is_the_instructions()
    {
        // ldarg.0, ldc.i4.3, shr: the third byte.
        Finding finding = Assert.Single(Planted.Check("public static void N() { } public static bool M(uint u) => ((int)u >> 3) < 0;").Findings);
        Assert.Equal(("NFC040", 2, "Planted.M(uint)+IL_0002"), (finding.Rule.Id, finding.Offset, finding.PlaceText));
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_shift_moves_by_its_count_of_five_bits(int count, bool isFound)
    {
        // ldc.i4.m1, conv.u4, ldc.i4.s, shr.un, ldc.i4.1, shr, pop, ret: by 32 the value stays as it is.
        byte[] body = [0x15, 0x6D, 0x1F, (byte)count, 0x64, 0x17, 0x63, 0x26, 0x2A];
        Assert.Equal(isFound ? ["NFC040"] : [], Planted.Check(new HandMade().Image(body)).Ids());
    }

    [Fact]
    public void A_loop_is_followed_until_nothing_changes()
    {
        CheckReport report = Planted.Check("public static long M(uint u, int n) { long s = 0; for (int i = 0; i < n; i++) { s += (i > 3 ? (int)u : i) >> 1; if (s > 100) break; } return s; }");
        Assert.Single(report.Findings, finding => finding.Rule.Id == "NFC040");
    }

    [Fact]
    public void Exception_handlers_are_followed()
    {
        CheckReport report = Planted.Check("static int a; public static void M(uint u) { try { a = 1; } catch (global::System.Exception) when (a > 0) { a = (int)u >> 1; } finally { a = (int)u >> 2; } }");
        Assert.Equal(2, report.Findings.Count(finding => finding.Rule.Id == "NFC040"));
    }
}
