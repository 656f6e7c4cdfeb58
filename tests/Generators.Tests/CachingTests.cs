extern alias generators;

using System;
using System.Collections.Generic;
using System.Linq;
using generators::AdapterCompiler.Generators;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AdapterCompiler.GeneratorTests;

/// <summary>Which steps run again after which edit.</summary>
public sealed class CachingTests
{
    private const string First = "/firmware/Models/first.adapter";
    private const string Second = "/firmware/Models/second.adapter";

    private static readonly TestProject Project = TestProject.Empty
        .Model(First, Models.Two)
        .Model(Second, Models.Three)
        .ProjectFile("<Project />");

    public static TheoryData<string> Steps => new(StepNames.All);

    [Theory]
    [MemberData(nameof(Steps))]
    public void An_edit_of_other_code_runs_no_step(string step)
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation("class Before { }"));
        GeneratorRunResult run = driver.RunGenerators(TestProject.Compilation("class After { }")).GetRunResult().Results.Single();
        Assert.All(Reasons(run, step), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(run.TrackedOutputSteps.SelectMany(each => each.Value).SelectMany(each => each.Outputs), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void New_objects_with_the_same_values_compile_nothing()
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation(""));
        GeneratorRunResult run = Again(driver, TestProject.Empty.Model(First, Models.Two).Model(Second, Models.Three).ProjectFile("<Project />"));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], Reasons(run, StepNames.Requests));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, StepNames.Project));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, StepNames.Overruns));
        foreach (string step in (string[])[StepNames.Compiled, StepNames.Sources, StepNames.Diagnostics])
            Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(run, step));
    }

    [Fact]
    public void An_edit_of_one_model_compiles_that_model_only()
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation(""));
        GeneratorRunResult run = Again(driver, Project.Model(First, Models.OtherTwo));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(run, StepNames.Compiled));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(run, StepNames.Sources));
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(run, StepNames.Clashes));
        // Other figures, and both models still fit.
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, StepNames.Overruns));
    }

    [Fact]
    public void An_edit_of_the_project_file_emits_nothing_again()
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation(""));
        GeneratorRunResult run = Again(driver, Project.ProjectFile("<Project><!-- an edit --></Project>"));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, StepNames.Project));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(run, StepNames.Compiled));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(run, StepNames.Sources));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], Reasons(run, StepNames.Diagnostics));
    }

    [Fact]
    public void A_mistake_that_moves_emits_nothing_again()
    {
        string broken = Models.Two.Replace("name random", "nam random", StringComparison.Ordinal);
        TestProject project = TestProject.Empty.Model(First, broken);
        GeneratorRunResult run = Again(project.Driver(TestProject.Compilation("")), project.Model(First, broken.Replace("nam ", "nme ", StringComparison.Ordinal)));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(run, StepNames.Diagnostics));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(run, StepNames.Sources));
    }

    [Theory]
    [InlineData("Tasks", "bird")]
    [InlineData("Optimize", "size")]
    public void A_setting_of_one_item_concerns_that_item_only(string name, string value)
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation(""));
        GeneratorRunResult run = Again(driver, Project.Model(Second, Models.Three, (name, value)));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Reasons(run, StepNames.Compiled));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Reasons(run, StepNames.Sources));
    }

    [Fact]
    public void A_program_that_grows_out_of_its_room_emits_its_model_again()
    {
        TestProject project = TestProject.Empty.Model(First, Models.Two).Model(Second, Models.Lanes, ("ProgramRoom", "4K"));
        GeneratorRunResult run = Again(project.Driver(TestProject.Compilation("")), project.Model(Second, Models.Lanes, ("ProgramRoom", "63500")));
        foreach (string step in (string[])[StepNames.Compiled, StepNames.Sources])
            Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Reasons(run, step));
    }

    [Theory]
    [InlineData("MaxRam", "40K")]
    [InlineData("MaxParts", "3")]
    [InlineData("ProgramRoom", "4K")]
    public void A_limit_that_is_kept_emits_nothing_again(string name, string value)
    {
        GeneratorDriver driver = Project.Driver(TestProject.Compilation(""));
        GeneratorRunResult run = Again(driver, Project.Model(Second, Models.Three, (name, value)));
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Modified], Reasons(run, StepNames.Requests));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged], Reasons(run, StepNames.Compiled));
        foreach (string step in (string[])[StepNames.Sources, StepNames.Diagnostics])
            Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Reasons(run, step));
    }

    // The same driver over another project, as after an edit.
    private static GeneratorRunResult Again(GeneratorDriver driver, TestProject project) => driver
        .ReplaceAdditionalTexts([.. project.Files])
        .WithUpdatedAnalyzerConfigOptions(project.Options)
        .RunGenerators(TestProject.Compilation(""))
        .GetRunResult().Results.Single();

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult run, string step) =>
        run.TrackedSteps[step].SelectMany(each => each.Outputs).Select(output => output.Reason);
}
