using System;
using AdapterCompiler.Checking;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The SDK-style projects restore and build, the generator out of its package, without a warning; what they make is clean for the device.</summary>
public sealed class SdkProjectTests(UserMachine machine) : IClassFixture<UserMachine>
{
    [Theory]
    [InlineData("Esp32", "QuickstartModel")]
    [InlineData("Stm32", "QuickstartModel")]
    [InlineData("SelfTest", "QuickstartModel")]
    [InlineData("Listen", "AudioModel")]
    public void It_builds_as_on_a_users_machine(string project, string model)
    {
        (ProcessResult result, string assembly) = machine.Build(project);
        Assert.True(result.Code == 0, result.Text);
        Assert.Contains("0 Warning(s)", result.Output, StringComparison.Ordinal);
        Assert.Empty(AssemblyCheck.Run(assembly, new CheckOptions { NoAllocation = project == "Listen" ? ValueArray.Of(model + ".Run", model + ".Push") : ValueArray.Of(model + ".Run") }).Findings);
    }
}
