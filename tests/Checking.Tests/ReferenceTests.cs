using System;
using System.Linq;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.Tests;

/// <summary>What an assembly refers to.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("mscorlib", "4.0.0.0", "b77a5c561934e089")]
    [InlineData("mscorlib", "1.17.11.0", "")]
    [InlineData("System.Runtime", "8.0.0.0", "b03f5f7f11d50a3a")]
    [InlineData("netstandard", "2.0.0.0", "cc7b13ffcd2ddd51")]
    public void A_desktop_class_library_is_refused_whatever_its_name(string name, string version, string token)
    {
        Finding finding = Assert.Single(Planted.Check(new HandMade(name, version, token).Image([0x2A])).Findings);
        Assert.Equal(("NFC002", name), (finding.Rule.Id, finding.Place));
    }

    [Fact]
    public void Members_of_a_desktop_library_are_not_looked_up()
    {
        var assembly = new HandMade("mscorlib", "4.0.0.0", "b77a5c561934e089");
        Assert.Equal(["NFC002"], Planted.Check(assembly.Image(HandMade.Call(assembly.Method("System", "Math", "Abs")))).Ids());
    }

    [Fact]
    public void Inherited_nested_overloaded_and_array_members_are_found()
    {
        const string members = """
            public static string M(global::System.ArgumentNullException e, int[][] a, global::System.Type t)
            {
                global::System.Threading.Thread.Sleep(1);
                global::System.Diagnostics.Debug.WriteLine(e.Message + a.Length + t.Name);
                global::System.Array.Copy(a, a, 1);
                return global::System.BitConverter.ToString(global::System.BitConverter.GetBytes(1.5)) + e.ToString() + global::System.DateTime.UtcNow.AddDays(1).ToString("s");
            }
            """;
        Assert.Empty(Planted.Check(members).Findings);
    }

    [Fact]
    public void A_member_that_another_version_of_a_reference_lacks_is_found()
    {
        byte[] old = Planted.Compile("public class Sensor { public static int Read(int n) => n; public int Count; }", name: "Sensors");
        byte[] user = Planted.Compile("public static class Planted { public static int M(Sensor s) => Sensor.Read(1) + s.Count; }", null, "Planted", old);
        byte[] renewed = Planted.Compile("public class Sensor { public static int Read(long n) => 0; public long Count; }", name: "Sensors");
        string folder = System.IO.Directory.CreateTempSubdirectory("adapterc").FullName;
        try
        {
            System.IO.File.WriteAllBytes(System.IO.Path.Combine(folder, "Sensors.dll"), renewed);
            string path = System.IO.Path.Combine(folder, "app.dll");
            System.IO.File.WriteAllBytes(path, user);
            Finding[] findings = [.. AssemblyCheck.Run(path, new CheckOptions()).Findings];
            Assert.Equal(["NFC005", "NFC005"], findings.Select(finding => finding.Rule.Id));
            Assert.All(findings, finding => Assert.Equal("Planted.M(Sensor)", finding.Place));
            Assert.Contains(findings, finding => finding.Message.StartsWith("Sensors has no member Sensor.Read(int).", StringComparison.Ordinal));
            Assert.Contains(findings, finding => finding.Message.StartsWith("Sensors has no member Sensor.Count.", StringComparison.Ordinal));

            System.IO.File.WriteAllBytes(System.IO.Path.Combine(folder, "Sensors.dll"), old);
            Assert.Empty(AssemblyCheck.Run(path, new CheckOptions()).Findings);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_id_can_be_ignored()
    {
        byte[] image = new HandMade("Sensors", "1.0.0.0", "").Image([0x2A]);
        Assert.Equal(["NFC003"], Planted.Check(image).Ids());
        Assert.Empty(Planted.Check(image, new CheckOptions { Ignored = ValueArray.Of("nfc003") }).Findings);
    }
}
