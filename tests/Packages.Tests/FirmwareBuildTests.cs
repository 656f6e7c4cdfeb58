using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AdapterCompiler.Checking;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.PackageTests;

/// <summary>A firmware project that gets the generator out of its package.</summary>
[Collection(PackedPackages.Collection)]
public sealed partial class FirmwareBuildTests(PackedPackages packages)
{
    private static readonly (string Model, string Class)[] Released = [("quickstart", "QuickstartModel"), ("real-sound", "RealSoundModel")];

    /// <summary>The repository's models, of those that it has.</summary>
    public static TheoryData<string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string>();
            foreach ((string model, string name) in Released.Where(each => File.Exists(Repository.Find("models", each.Model + ".adapter"))))
                models.Add(model, name);
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_builds_for_the_device(string model, string name)
    {
        string assembly = packages.Built(model).Assembly;
        Assert.Contains("Firmware." + name, AssemblyImage.Types(assembly));
        Assert.Equal([("mscorlib", AssemblyImage.Version(Path.Combine(AppContext.BaseDirectory, "reference", "nanoframework", "mscorlib.dll")))], AssemblyImage.References(assembly));
        var options = new CheckOptions { Device = "esp32", NoAllocation = ValueArray.Of(name + ".Run"), NoFloat = ValueArray.Of("*") };
        Assert.Empty(AssemblyCheck.Run(assembly, options).Findings);
    }

    [Fact]
    public void Only_an_edit_of_the_model_changes_its_code()
    {
        // Every open channel of this one says something: a gate that is turned is other code.
        const string Model = "dense.adapter", Class = "Firmware.DenseModel";
        ScratchProject project = packages.Create();
        project.Write(Model, File.ReadAllText(Repository.Find("models", Model)));
        project.WriteProject($"<AdapterModel Include=\"{Model}\" />");
        project.MustBuild();
        Guid first = AssemblyImage.Mvid(project.Assembly);
        string code = AssemblyImage.Code(project.Assembly, Class);
        Assert.NotEqual("", code);
        string[] watched = [project.Assembly, project.Intermediate, .. Directory.GetFiles(project.Generated)];
        Assert.Equal(4, watched.Length);
        DateTime[] times = [.. watched.Select(File.GetLastWriteTimeUtc)];

        // Nothing has changed: the compiler does not run.
        project.MustBuild("--no-restore");
        Assert.Equal(first, AssemblyImage.Mvid(project.Assembly));
        Assert.Equal(times, watched.Select(File.GetLastWriteTimeUtc));

        // Other code has changed.
        project.Write(ScratchProject.OtherFile, project.Read(ScratchProject.OtherFile).Replace("return 1;", "return 2;", StringComparison.Ordinal));
        project.MustBuild("--no-restore");
        Assert.NotEqual(first, AssemblyImage.Mvid(project.Assembly));
        Assert.Equal(code, AssemblyImage.Code(project.Assembly, Class));

        // A gate is turned by hand: refused until the file is sealed again, and then it counts.
        project.Write(Model, Gate().Replace(project.Read(Model), match => "gates " + (match.Groups["first"].Value == "1" ? "0" : "1"), 1));
        Assert.Matches(@"dense\.adapter\([0-9]+,[0-9]+\): error ADC014: ", project.Build("--no-restore").Output);
        ProcessResult seal = packages.Run(project.Folder, "seal", Model);
        Assert.True(seal.Code == 0, seal.Text);
        project.MustBuild("--no-restore");
        Assert.NotEqual(code, AssemblyImage.Code(project.Assembly, Class));
    }

    [Fact]
    public void Mistakes_can_be_clicked()
    {
        ScratchProject project = packages.Create();
        string model = File.ReadAllText(Repository.Find("models", "quickstart.adapter"));
        project.Write("quickstart.adapter", model);
        project.Write("broken.adapter", model.Replace("\nlayer 2 ", "\nlayre 2 ", StringComparison.Ordinal));
        int line = 1 + project.Read("broken.adapter").Split('\n').ToList().FindIndex(each => each.StartsWith("layre ", StringComparison.Ordinal));
        string task = Task().Match(model).Groups["name"].Value;
        project.WriteProject("<AdapterModel Include=\"broken.adapter\" />", $"<AdapterModel Include=\"quickstart.adapter\" Tasks=\"{task}x\" />");
        int item = 1 + project.Read("Firmware.csproj").Split('\n').ToList().FindIndex(each => each.Contains("quickstart.adapter", StringComparison.Ordinal));

        ProcessResult result = project.Build();
        Assert.NotEqual(0, result.Code);
        Assert.Matches(FormattableString.Invariant($@"(?m)^{Regex.Escape(Path.Combine(project.Folder, "broken.adapter"))}\({line},1\): error ADC025: "), result.Output);
        Assert.Matches(
            FormattableString.Invariant($@"(?m)^{Regex.Escape(Path.Combine(project.Folder, "Firmware.csproj"))}\({item},5\): error ADC003: '{task}x' is not a task of quickstart\.adapter\. Did you mean '{task}'\?"),
            result.Output);
    }

    [Fact]
    public void A_missing_model_is_one_error()
    {
        ScratchProject project = packages.Create();
        project.WriteProject("<AdapterModel Include=\"missing.adapter\" />");
        project.Write("Program.cs", "namespace Firmware { public static class Program { public static bool Run(byte[] codes) { return MissingModel.Run(codes, 1); } } }\n");
        ProcessResult result = project.Build();
        Assert.NotEqual(0, result.Code);
        // MSBuild repeats its errors at the end.
        string error = Assert.Single(result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct(StringComparer.Ordinal));
        Assert.Contains("Firmware.csproj : error ADC001: The model file cannot be read: missing.adapter is missing. Check the path in the AdapterModel item, or write the model again.", error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\bgates (?<first>[01])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Gate();

    [GeneratedRegex(@"^task (?<name>\S+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Task();
}
