using System;
using System.IO;
using System.Linq;
using System.Reflection.PortableExecutable;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>Files that are no assemblies get a message, never an exception.</summary>
public sealed class FileTests
{
    [Fact]
    public void A_missing_file_is_a_message()
    {
        string path = Path.Combine(Path.GetTempPath(), "no-such-folder", "app.dll");
        Finding finding = Assert.Single(AssemblyCheck.Run(path, new CheckOptions()).Findings);
        Assert.Equal("NFC001", finding.Rule.Id);
        Assert.Contains("no-such-folder", finding.Message, StringComparison.Ordinal);
        Assert.Equal("NFC001", Assert.Single(AssemblyCheck.Run("", new CheckOptions()).Findings).Rule.Id);
        Assert.Equal("NFC001", Assert.Single(AssemblyCheck.Run(Path.GetTempPath(), new CheckOptions()).Findings).Rule.Id);
    }

    [Fact]
    public void A_native_library_is_a_message()
    {
        byte[] image = Planted.Class("");
        using (var pe = new PEReader(new MemoryStream(image)))
        {
            // The CLI header is the fifteenth data directory; without it this is a native DLL.
            int directory = pe.PEHeaders.PEHeaderStartOffset + (pe.PEHeaders.PEHeader!.Magic == PEMagic.PE32 ? 96 : 112) + (14 * 8);
            Array.Clear(image, directory, 8);
        }

        Finding finding = Assert.Single(Planted.Check(image).Findings);
        Assert.Equal("NFC001", finding.Rule.Id);
        Assert.Contains("native code", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_never_throw()
    {
        byte[] image = Planted.Class("static readonly byte[] A = { 1, 2, 3, 4, 5, 6, 7, 8, 9 }; public static int M(int n) { switch (n) { case 1: return A[1]; case 2: return 9; case 3: return A.Length; default: throw new global::System.Exception(\"x\"); } }");
        int unreadable = 0;
        for (int length = 0; length < image.Length; length += 37)
            unreadable += Planted.Check(image[..length]).Ids().Count(id => id == "NFC001");
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = (byte[])image.Clone();
            for (int flips = random.Next(1, 6); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            unreadable += Planted.Check(damaged, Planted.NoAllocation("*")).Ids().Count(id => id == "NFC001");
        }

        Assert.InRange(unreadable, 100, 2_000);
    }

    [Fact]
    public void The_class_library_itself_can_be_read()
    {
        CheckReport report = AssemblyCheck.Run(Planted.ClassLibrary, Planted.NoAllocation("System.Array.Copy*") with { Device = "esp32" });
        Assert.DoesNotContain("NFC001", report.Ids());
        Assert.DoesNotContain(report.Findings, finding => finding.Rule.Id is "NFC002" or "NFC003" or "NFC004" or "NFC005" or "NFC030");
        Assert.True(report.Measurements.Single(each => each.Key == "ilBytes").Value > 9_000);
    }
}
