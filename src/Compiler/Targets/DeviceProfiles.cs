using System;
using System.Globalization;
using System.Linq;

namespace AdapterCompiler.Targets;

/// <summary>The devices, from the embedded DeviceProfiles.csv.</summary>
public static class DeviceProfiles
{
    /// <summary>Every device, in the order in which users are shown them.</summary>
    public static ValueArray<DeviceProfile> All { get; } = EmbeddedTable.Rows("DeviceProfiles.csv").Select(Read).ToValueArray();

    /// <summary>The profile of a device, or null for a name that is not among <see cref="DeviceNames.All"/>.</summary>
    public static DeviceProfile? Find(string name) => All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));

    private static DeviceProfile Read(string[] cells) => new(
        cells[0], cells[1], Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]), Number(cells[6]), Number(cells[7]),
        cells[8] == "measured", cells[9]);

    private static int? Number(string cell) => cell.Length == 0 ? null : int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
}
