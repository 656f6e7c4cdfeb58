namespace AdapterCompiler.Targets;

/// <summary>Devices that a project may name.</summary>
public static class DeviceNames
{
    /// <summary>Boards by memory and processor, and the desktop runtime.</summary>
    public static ValueArray<string> All { get; } = ValueArray.Of(
        "esp32", "esp32-psram", "esp32-s3", "esp32-c3", "stm32f4", "stm32f7", "stm32h7", "rp2040", "rp2350", DeviceLimits.Desktop);

    /// <summary>What counts where nothing is said.</summary>
    public const string Default = "esp32";
}
