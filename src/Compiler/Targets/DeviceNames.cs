using System.Linq;

namespace AdapterCompiler.Targets;

/// <summary>Devices that a project may name.</summary>
public static class DeviceNames
{
    /// <summary>Boards by memory and processor, and the desktop runtime: the rows of <see cref="DeviceProfiles"/>.</summary>
    public static ValueArray<string> All { get; } = DeviceProfiles.All.Select(profile => profile.Name).ToValueArray();

    /// <summary>What counts where nothing is said.</summary>
    public const string Default = "esp32";
}
