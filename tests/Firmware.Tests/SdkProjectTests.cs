using System;
using System.Threading.Tasks;
using AdapterCompiler.Checking;
using Xunit;

namespace AdapterCompiler.FirmwareTests;

/// <summary>The SDK-style projects restore and build, the generator out of its package, without a warning; what they make is clean for the device.</summary>
public sealed class SdkProjectTests(UserMachine machine) : IClassFixture<UserMachine>
{
    [Theory]
    [InlineData("Esp32")]
    [InlineData("Stm32")]
    [InlineData("SelfTest")]
    public async Task It_builds_as_on_a_users_machine(string project)
    {
        (int code, string output, string assembly) = await machine.Build(project);
        Assert.True(code == 0, output);
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
        Assert.Empty(AssemblyCheck.Run(assembly, new CheckOptions { NoAllocation = ValueArray.Of("QuickstartModel.Run") }).Findings);
    }
}
