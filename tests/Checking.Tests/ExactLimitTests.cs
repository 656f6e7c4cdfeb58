using System;
using System.Linq;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Limits of assemblies that no compiler fills to the byte: what just fits passes, one byte more is found.</summary>
public sealed class ExactLimitTests
{
    [Theory]
    [InlineData(65_535, true)]
    [InlineData(65_536, false)]
    public void IL(int bytes, bool fits)
    {
        CheckReport report = Planted.Check(new HandMade().Image([.. new byte[bytes - 1], 0x2A]));
        Assert.Equal(bytes, Value(report, "ilBytes"));
        Assert.Equal(fits ? [] : ["NFC010"], report.Ids());
    }

    [Theory]
    [InlineData(32_767, true, true)]
    [InlineData(32_768, true, false)]
    [InlineData(32_767, false, true)]
    [InlineData(32_768, false, false)]
    public void Branches(int distance, bool isForward, bool fits)
    {
        // Counted from the end of the branch, which takes 5 bytes in the file and 3 on the device: one backward passes itself.
        byte[] body = isForward
            ? [0x38, .. BitConverter.GetBytes(distance), .. new byte[distance], 0x2A]
            : [.. new byte[distance - 3], 0x38, .. BitConverter.GetBytes(-(distance + 2)), 0x2A];
        CheckReport report = Planted.Check(new HandMade().Image(body));
        Assert.Equal(distance, Value(report, "branchDistance"));
        Assert.Equal(fits ? [] : ["NFC017"], report.Ids());
    }

    [Fact]
    public void Strings()
    {
        int used = Value(Check(0, 1), "stringBytes"), left = 64_675 - used + 1;
        Assert.Equal(64_675, Value(Check(0, left), "stringBytes"));
        Assert.Empty(Check(0, left).Findings);
        Assert.Equal(["NFC013"], Check(0, left + 1).Ids());
    }

    [Fact]
    public void Arrays_and_signatures_together()
    {
        int used = Sum(Check(40_000, 0)), left = 65_535 - used;
        Assert.InRange(left, 1_000, 30_000);
        Assert.Equal(65_535, Sum(Check(40_000 + left, 0)));
        Assert.Empty(Check(40_000 + left, 0).Findings);
        Assert.Equal(["NFC011"], Check(40_000 + left + 1, 0).Ids());

        static int Sum(CheckReport report) => Value(report, "arrayBytes") + Value(report, "signatureBytes");
    }

    [Fact]
    public void Flash()
    {
        // The smallest flash of all devices is one byte larger than the IL of an assembly may be.
        int used = Value(OfSize(1), "flashBytes") - 1, most = 65_536 - used;
        Assert.Equal(65_536, Value(OfSize(most), "flashBytes"));
        Assert.Empty(OfSize(most).Findings);
        Assert.Equal(["NFC022"], OfSize(most + 1).Ids());

        static CheckReport OfSize(int il) => Planted.Check(new HandMade().Image([.. new byte[il - 1], 0x2A]), new CheckOptions { Device = "esp32-2mb" });
    }

    [Theory]
    [InlineData("virtual")]
    [InlineData("")]
    public void Methods_of_every_kind(string kind)
    {
        // The constructor is an instance method too.
        int most = kind.Length == 0 ? 254 : 255;
        Assert.Empty(Methods(most).Findings);
        Assert.Equal(["NFC021"], Methods(most + 1).Ids());

        CheckReport Methods(int count) => Planted.Check(Planted.Compile("public class Planted { " + Planted.Repeat(count, m => $"public {kind} void M{m}() {{ }}") + " }"));
    }

    [Fact]
    public void A_types_number_takes_two_bytes_from_the_thirty_third_on()
    {
        // A method's signature: convention, one parameter, void, class, number.
        Assert.Equal(5, Signatures(32) - Signatures(31));
        Assert.Equal(6, Signatures(33) - Signatures(32));

        static int Signatures(int types) => Value(
            Planted.Check(Planted.Compile(Planted.Repeat(types, i => $"public class T{i} {{ }}") + "public static class Planted { " + Planted.Repeat(types, i => $"public static void M{i}(T{i} a) {{ }}") + " }")),
            "signatureBytes");
    }

    private static int Value(CheckReport report, string key) => report.Measurements.Single(each => each.Key == key).Value;

    // An array of some bytes, none of them in order, and a literal of some characters.
    private static CheckReport Check(int array, int literal) => Planted.Check(
        (array == 0 ? "" : "static readonly byte[] A = { " + Planted.Repeat(array, i => ((i * 7919) % 251).ToString(System.Globalization.CultureInfo.InvariantCulture), ",") + " };")
        + "public static string M() => \"" + new string('x', literal) + "\";");
}
