using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using AdapterCompiler.Checking;
using AdapterCompiler.Hosting;

namespace AdapterCompiler.Tests;

/// <summary>One planted violation of a rule, and its near-miss.</summary>
/// <param name="Id">The rule that must report it.</param>
/// <param name="Place">Where.</param>
/// <param name="Violation">Checks an assembly that breaks the rule.</param>
/// <param name="NearMiss">Checks one that just does not.</param>
internal sealed record PlantedCase(string Id, string Place, Func<CheckReport> Violation, Func<CheckReport> NearMiss);

/// <summary>Every rule of the catalogue, broken on purpose.</summary>
internal static class PlantedCases
{
    public static readonly IReadOnlyList<PlantedCase> All = [.. File(), .. Limits(), .. Features(), .. Signs(), .. Requests(), .. Beyond()];

    private static IEnumerable<PlantedCase> File()
    {
        yield return new("NFC001", "", () => Planted.Check(Encoding.UTF8.GetBytes("no assembly")), () => Planted.Check(""));
        yield return new("NFC002", "System.Private.CoreLib",
            () => Planted.Check(Planted.Compile("public static class Planted { }", GeneratedAssembly.LibraryPath(ClassLibrary.Desktop))),
            () => Planted.Check(""));
        byte[] sensors = Planted.Compile("public static class Sensor { public static int Read() => 1; }", name: "Sensors");
        byte[] user = Planted.Compile("public static class Planted { public static int M() => Sensor.Read(); }", null, "Planted", sensors);
        yield return new("NFC003", "Sensors", () => Planted.Check(user), () => WithFolder(sensors, folder => Planted.Check(user, new CheckOptions { ReferenceFolders = ValueArray.Of(folder) })));
        yield return new("NFC004", "Planted.M()", () => Called("System", "Math", "Abs"), () => Called("System", "GC", "WaitForPendingFinalizers"));
        yield return new("NFC005", "Planted.M()", () => Called("System", "GC", "Pause"), () => Called("System", "GC", "WaitForPendingFinalizers"));
        yield return new("NFC006", "mscorlib", () => Planted.Check(new HandMade(version: "2.0.0.0").Image([0x2A])), () => Planted.Check(new HandMade(version: "1.10.5.0").Image([0x2A])));
    }

    private static IEnumerable<PlantedCase> Limits()
    {
        // A term of this sum takes 8 bytes, a method of 200 of them 1,600.
        static CheckReport Il(int methods) => Planted.Check(Planted.Repeat(methods, m => $"public static int M{m}(int n) => " + Planted.Repeat(200, t => $"n * {1_000_000 + t}", " + ") + ";"));
        yield return new("NFC010", "", () => Il(41), () => Il(40));
        static CheckReport Arrays(params int[] lengths) => Planted.Check(Planted.Repeat(lengths.Length, a => $"static readonly byte[] A{a} = {{ {a + 1}, " + Planted.Repeat(lengths[a] - 1, i => ((i * i) & 255).ToString(System.Globalization.CultureInfo.InvariantCulture), ",") + " };"));
        yield return new("NFC011", "", () => Arrays(40_000, 30_000), () => Arrays(35_000, 30_000));
        yield return new("NFC012", "<PrivateImplementationDetails>.", () => Arrays(65_536), () => Arrays(65_535));
        static CheckReport Strings(int count) => Planted.Check(Planted.Repeat(count, s => $"public static string M{s % 250}_{s / 250}() => \"{s:000000}{new string('ü', 97)}\";"));
        yield return new("NFC013", "", () => Strings(320), () => Strings(300));
        // Each is read in two statements, so that the compiler keeps it.
        static CheckReport Locals(int count) => Planted.Check("public static int M(int n) { " + Planted.Repeat(count, v => $"int v{v} = n * {v + 2};") + " n = " + Planted.Repeat(count, v => $"v{v} * v{v}", " + ") + "; return n - " + Planted.Repeat(count, v => $"v{v}", " - ") + "; }");
        yield return new("NFC014", "Planted.M(int)", () => Locals(256), () => Locals(255));
        static CheckReport Arguments(int count) => Planted.Check("public static void M(" + Planted.Repeat(count, a => $"int a{a}", ", ") + ") { }");
        yield return new("NFC015", "Planted.M(int", () => Arguments(256), () => Arguments(255));
        static CheckReport Stack(int depth) => Planted.Check("public static int M(int n) => " + Planted.Repeat(depth - 1, _ => "n + (", "") + "n" + new string(')', depth - 1) + ";");
        yield return new("NFC016", "Planted.M(int)", () => Stack(256), () => Stack(255));
        // A call takes 5 bytes in the file and 3 on the device: the near-miss jumps over 54,000 bytes of the file.
        static CheckReport Loop(int calls) => Planted.Check("static void F() { } public static void M(int n) { while (n > 0) { n--; " + Planted.Repeat(calls, _ => "F();") + " } }");
        yield return new("NFC017", "Planted.M(int)", () => Loop(11_000), () => Loop(10_800));
        static CheckReport Cases(int count) => Planted.Check("public static int M(int n) { switch (n) { " + Planted.Repeat(count, c => $"case {c}: return {(c * 7) + 300};") + " default: return 0; } }");
        yield return new("NFC018", "Planted.M(int)", () => Cases(256), () => Cases(255));
        static CheckReport Fields(string modifier, int count) => Planted.Check(Planted.Compile("public class Planted { public const int Constant = 1; " + Planted.Repeat(count, f => $"public {modifier} int F{f};") + " }"));
        yield return new("NFC019", "Planted", () => Fields("static", 256), () => Fields("static", 255));
        yield return new("NFC020", "Planted", () => Fields("", 256), () => Fields("", 255));
        static CheckReport Methods(int count) => Planted.Check(Planted.Compile("public class Planted { public void Instance() { } " + Planted.Repeat(count, m => $"public static void M{m}() {{ }}") + " }"));
        yield return new("NFC021", "Planted", () => Methods(256), () => Methods(255));
        byte[] large = Planted.Class(Planted.Repeat(30, m => $"public static int M{m}(int n) => " + Planted.Repeat(200, t => $"n * {1_000_000 + t}", " + ") + ";") + "static readonly byte[] A = { " + Planted.Repeat(30_000, i => (i % 251).ToString(System.Globalization.CultureInfo.InvariantCulture), ",") + " };");
        yield return new("NFC022", "", () => Planted.Check(large, new CheckOptions { Device = "esp32-2mb" }), () => Planted.Check(large, new CheckOptions { Device = "esp32" }));
    }

    private static IEnumerable<PlantedCase> Features()
    {
        yield return new("NFC030", "Planted.M(int)", () => Planted.Check("public static int M(int n) { byte* p = stackalloc byte[8]; return p[n]; }"), () => Planted.Check("public static int M(int n) { byte[] p = new byte[8]; return p[n]; }"));
        yield return new("NFC031", "Planted.Same", () => Planted.Check("static T Same<T>(T value) => value; public static int M(int n) => Same(n);"), () => Planted.Check("static int Same(int value) => value; public static int M(int n) => Same(n);"));
        yield return new("NFC032", "Planted.M(int[,])", () => Planted.Check("public static int M(int[,] a) => a[0, 0];"), () => Planted.Check("public static int M(int[][] a) => a[0][0];"));
        yield return new("NFC033", "Planted.M(int*)", () => Planted.Check("public static int M(int* a) => *a;"), () => Planted.Check("public static int M(ref int a) => a;"));
        yield return new("NFC034", "Planted.M()", () => Planted.Check("public static string M() => \"ab\\0cd\";"), () => Planted.Check("public static string M() => \"ab\\\\0cd\";"));
    }

    private static IEnumerable<PlantedCase> Signs()
    {
        yield return new("NFC040", "Planted.M(uint, int)", () => Planted.Check("public static int M(uint u, int n) => ((int)u) >> n;"), () => Planted.Check("public static int M(uint u, int n) { int v = (int)u; return (v >> n) + v; }"));
        yield return new("NFC041", "Planted.M(uint)", () => Planted.Check("public static int M(uint u) => (int)u % 7;"), () => Planted.Check("public static int M(uint u) => (int)(u & 0xFFFF) % 7;"));
        yield return new("NFC042", "Planted.M(uint)", () => Planted.Check("public static long M(uint u) => (long)(int)u;"), () => Planted.Check("public static long M(uint u) { return (int)(u >> 1); }"));
        yield return new("NFC043", "Planted.M(long)", () => Planted.Check("public static long M(long n) => (0x80000000L - n) >> 3;"), () => Planted.Check("public static long M(long n) => (n - 0x80000000L) >> 3;"));
        yield return new("NFC044", "Planted.M(uint)", () => Planted.Check("static int Half(int n) => n >> 1; public static int M(uint u) => Half((int)u);"), () => Planted.Check("static int Half(int n) => n >> 1; static int field; public static int M(uint u) { field = (int)u; return Half(field); }"));
        yield return new("NFC045", "Planted.M(int)", () => Planted.Check("public static int M(int n) => checked(n + 1);"), () => Planted.Check("public static int M(int n) => unchecked(n + 1);"));
    }

    private static IEnumerable<PlantedCase> Requests()
    {
        CheckOptions options = Planted.NoAllocation("Planted.M");
        yield return new("NFC050", "Planted.M(int)", () => Planted.Check("public static int[] M(int n) => new int[n];", options), () => Planted.Check("public static int[] Start(int n) => new int[n]; public static int M(int[] a) => a[0];", options));
        yield return new("NFC051", "Planted.M(string)", () => Planted.Check("public static int M(string s) => global::System.Convert.ToInt32(s);", options), () => Planted.Check("public static int M(string s) => s.Length;", options));
        yield return new("NFC052", "", () => Planted.Check("public static int Run(int n) => n;", Planted.NoAllocation("Planted.Rnu")), () => Planted.Check("public static int Run(int n) => n;", Planted.NoAllocation("Planted.R?n")));
        var noFloat = new CheckOptions { NoFloat = ValueArray.Of("Planted.M") };
        yield return new("NFC053", "Planted.M(int)", () => Planted.Check("public static int M(int n) => (int)(n * 1.5f);", noFloat), () => Planted.Check("public static int M(int n) => n * 3 / 2;", noFloat));
    }

    private static IEnumerable<PlantedCase> Beyond()
    {
        static CheckReport File(string source) => Planted.Check(Planted.Compile(source));
        // On desktop .NET whoever needs the other is initialised after it.
        static CheckReport Order(string reader, string owner, string value) =>
            File("public static class " + reader + " { public static readonly int Columns = " + owner + "." + value + "; } public static class " + owner + " { public static readonly int[] Widths = { 16, 20 }; public static int Count() => Widths.Length; }");
        yield return new("NFC060", "Display..cctor()", () => Order("Display", "Settings", "Widths.Length"), () => Order("Settings", "Display", "Widths.Length"));
        yield return new("NFC061", "Display..cctor()", () => Order("Display", "Settings", "Count()"), () => Order("Settings", "Display", "Count()"));
        static CheckReport Hiding(string modifiers) => File("public class Sensor { public virtual int Read() => 1; } public class Thermometer : Sensor { public " + modifiers + " int Read() => 2; }");
        yield return new("NFC062", "Thermometer.Read()", () => Hiding("new"), () => Hiding("override"));
        static CheckReport Again(string implementation) => File("public interface IRead { int Read(); } public class Sensor : IRead { " + implementation + " => 1; } public class Thermometer : Sensor, IRead { public int Read() => 2; }");
        yield return new("NFC063", "Thermometer.Read()", () => Again("int IRead.Read()"), () => Again("public virtual int Read()"));
        static CheckReport Default(string end) => Planted.Check(Planted.Compile("public interface IRead { int Read()" + end + " } /* >>> */", GeneratedAssembly.LibraryPath(ClassLibrary.Desktop)));
        yield return new("NFC064", "IRead.Read()", () => Default(" => 1;"), () => Default(";"));
        const string Mode = "public enum Mode { Idle, Listening } ";
        yield return new("NFC065", "Planted.M(Planted.Mode)", () => Planted.Check(Mode + "public static string M(Mode m) => m.ToString();"), () => Planted.Check(Mode + "public static string M(Mode m) => ((int)m).ToString();"));
        yield return new("NFC066", "Planted.M(int)", () => Planted.Check("public static string M(int n) => n.ToString(\"000\");"), () => Planted.Check("public static string M(int n) => n.ToString(\"D3\");"));
        yield return new("NFC067", "Planted.M(double)", () => Planted.Check("public static double M(double d) => d / 0;"), () => Planted.Check("public static double M(double d) => d / 0.5;"));
        yield return new("NFC068", "Planted.M(double, double)", () => Planted.Check("public static bool M(double a, double b) => double.IsInfinity(a / b);"), () => Planted.Check("public static bool M(double a, double b) => double.IsInfinity(a * b);"));
        static CheckReport Attribute(string type, string value) => File(
            "public sealed class PinAttribute : System.Attribute { public PinAttribute(" + type + " value) { } } [Pin(" + value + ")] public class Planted { }");
        yield return new("NFC069", "Planted", () => Attribute("int[]", "new[] { 1, 2 }"), () => Attribute("int", "12"));
    }

    private static CheckReport Called(string space, string type, string name)
    {
        var assembly = new HandMade();
        return Planted.Check(assembly.Image(HandMade.Call(assembly.Method(space, type, name))));
    }

    private static CheckReport WithFolder(byte[] sensors, Func<string, CheckReport> check)
    {
        string folder = Directory.CreateTempSubdirectory("adapterc").FullName;
        try
        {
            System.IO.File.WriteAllBytes(Path.Combine(folder, "Sensors.dll"), sensors);
            return check(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
