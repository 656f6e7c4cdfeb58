using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Targets;
using AdapterCompiler.Text;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>Tables of whole networks.</summary>
internal static class NetworkTables
{
    // One of each kind of board.
    private static readonly string[] Devices = ["esp32", "esp32-psram", "esp32-s3", "stm32f4", "stm32f7", "rp2350"];

    /// <summary>Whole windows with every task.</summary>
    public static IEnumerable<string> Networks(IEnumerable<ModelResult> results) => Markdown.Table(
        [
            "model", "weighted", "convolutions, per multiply-accumulate", "multiply-accumulates", "adapters' channels kept", "embedding, heads", "IL bytes", "RAM bytes", "predicted/executed - 1",
            .. OnDeviceHeader, "flat Int8 loops: ratio",
        ],
        results.Select(result => (IReadOnlyList<string>)
        [
            result.Case.Name,
            Markdown.Millions(result.All.Weighted),
            Markdown.Number(result.PerMac),
            TextTable.Number(result.Macs),
            FormattableString.Invariant($"{result.Channels.Kept} of {result.Channels.Declared}"),
            Markdown.Percent(result.Heads.Weighted + result.Layers.Where(layer => !layer.IsConvolution).Sum(layer => layer.Counted.Weighted), result.All.Weighted),
            TextTable.Number(result.IlBytes),
            TextTable.Number(result.Memory.Bytes),
            Markdown.Difference(result.Predicted, result.All.Weighted),
            .. OnDevice(result),
            Markdown.Number(BaselineTables.TimesFlat(result)),
        ]));

    /// <summary>Columns of <see cref="OnDevice"/>.</summary>
    public static IReadOnlyList<string> OnDeviceHeader { get; } = ["on esp32: assemblies", "IL bytes there", "per multiply-accumulate there"];

    /// <summary>Assemblies, their IL and the convolutions' cost, packing included, or why the device refuses the model.</summary>
    public static IEnumerable<string> OnDevice(ModelResult result) => result.OnDevice is { Parts: > 0 } device
        ? [TextTable.Number(device.Parts), string.Join(" + ", device.IlBytes.Select(bytes => TextTable.Number(bytes))), Markdown.Number((double)device.Convolutions / result.Macs)]
        : [string.Join(", ", result.OnDevice.Refused), "-", "-"];

    /// <summary>Predicted times, a column a device.</summary>
    public static IEnumerable<string> Times(IEnumerable<ModelResult> results) => Markdown.Table(
        ["model", "weighted", .. Devices],
        results.Select(result => (IReadOnlyList<string>)
        [
            result.Case.Name,
            Markdown.Millions(result.All.Weighted),
            .. Devices.Select(device => PredictedTime.Of(result.All.Weighted, DeviceProfiles.Find(device))?.ToText() ?? "-"),
        ]));
}
