using System.Linq;
using AdapterCompiler.Targets;
using Xunit;

namespace AdapterCompiler.Tests;

public sealed class DeviceProfileTests
{
    [Fact]
    public void Every_device_has_a_name_a_source_and_ranges_that_are_ranges()
    {
        Assert.Equal(DeviceNames.All.Distinct().Count(), DeviceNames.All.Count);
        Assert.Contains(DeviceNames.Default, DeviceNames.All);
        Assert.Contains(DeviceLimits.Desktop, DeviceNames.All);
        Assert.All(DeviceProfiles.All, profile =>
        {
            Assert.NotEmpty(profile.Board);
            Assert.NotEmpty(profile.Source);
            Assert.False(profile.IsMeasured);
            Assert.Equal(profile.IlPerSecondLow is null, profile.IlPerSecondHigh is null);
            Assert.True(profile.IlPerSecondLow is null || profile.IlPerSecondLow < profile.IlPerSecondHigh);
            Assert.True(profile.HeapLowBytes is null || profile.HeapLowBytes <= profile.HeapHighBytes);
            Assert.Equal(profile.Name == DeviceLimits.Desktop, profile.ClockHertz is null);
        });
    }

    [Fact]
    public void A_profile_holds_its_row()
    {
        DeviceProfile esp32 = DeviceProfiles.Find("esp32")!;
        Assert.Equal((1_792 * 1024, 90 * 1024, 130 * 1024), (esp32.FlashBytes, esp32.HeapLowBytes, esp32.HeapHighBytes));
        Assert.Equal((160_000_000, 2_000_000, 2_400_000), (esp32.ClockHertz, esp32.IlPerSecondLow, esp32.IlPerSecondHigh));
        Assert.Equal("ESP32, 4 MB flash, no PSRAM", esp32.Board);
        Assert.Null(DeviceProfiles.Find("ESP32"));
        Assert.Null(DeviceProfiles.Find("stm32h7")!.FlashBytes);
    }

    [Fact]
    public void Rates_by_the_rule_of_thumb_are_the_clocks()
    {
        // 50 counted instructions an IL instruction, 0.9 to 1.9 cycles a counted instruction; one figure after the point of a million.
        DeviceProfile[] byRule = [.. DeviceProfiles.All.Where(profile => profile.Source.StartsWith("rule of thumb", System.StringComparison.Ordinal))];
        Assert.Equal(4, byRule.Length);
        Assert.All(byRule, profile =>
        {
            Assert.InRange(profile.IlPerSecondLow!.Value - (profile.ClockHertz!.Value / 95), -100_000, 50_000);
            Assert.InRange(profile.IlPerSecondHigh!.Value - (profile.ClockHertz.Value / 45), -50_000, 100_000);
        });
    }
}
