using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdapterCompiler.Benchmarks.Measuring;
using AdapterCompiler.Targets;

namespace AdapterCompiler.Benchmarks.Output;

/// <summary>docs/results/kernels.json: every figure of a run.</summary>
internal static class KernelJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole text: a line a model. Opcodes are [executed, weighted], times [least, most].</summary>
    public static string Write(IEnumerable<ModelResult> results, string commit) => $$"""
        {
        "command": "dotnet run -c Release --project benchmarks", "seed": {{PaperModels.Seed.ToString(CultureInfo.InvariantCulture)}}, "commit": "{{commit}}",
        "models": [
        {{string.Join(",\n", results.Select(result => Model(result).ToJsonString(Readable)))}}
        ]
        }

        """;

    private static JsonObject Model(ModelResult result) => new()
    {
        ["name"] = result.Case.Name,
        ["group"] = result.Case.Group,
        ["weightBits"] = result.Case.Setting?.Bits,
        ["zeros"] = result.Case.Setting?.Zeros,
        ["openPercent"] = result.Case.Open,
        ["aimPerMac"] = result.Case.Group == BenchmarkCase.Alone ? result.Case.Setting?.Aim : null,
        ["weightedPerMac"] = System.Math.Round(result.PerMac, 4),
        ["sharedMacs"] = result.SharedMacs,
        ["macs"] = result.Macs,
        ["convolutions"] = result.Convolutions,
        ["predicted"] = result.Predicted,
        ["ilBytes"] = result.IlBytes,
        ["ramBytes"] = result.Memory.Bytes,
        ["weightBytes"] = result.Memory.Weights,
        ["arenaBytes"] = result.Memory.Arena,
        ["arenaLowerBound"] = result.Memory.ArenaLowerBound,
        ["adapterChannels"] = result.Channels.Kept,
        ["adapterChannelsDeclared"] = result.Channels.Declared,
        ["device"] = new JsonObject
        {
            ["name"] = result.OnDevice.Device,
            ["parts"] = result.OnDevice.Parts,
            ["ilBytes"] = Array(result.OnDevice.IlBytes.Select(bytes => JsonValue.Create(bytes))),
            ["ramBytes"] = result.OnDevice.RamBytes,
            ["predicted"] = result.OnDevice.Predicted,
            ["counted"] = result.OnDevice.Counted,
            ["convolutions"] = result.OnDevice.Convolutions,
            ["refused"] = Array(result.OnDevice.Refused.Select(id => JsonValue.Create(id))),
        },
        ["microseconds"] = Times(result.All.Weighted),
        ["layers"] = Array(result.Layers.Select(layer => new JsonObject
        {
            ["layer"] = layer.Index,
            ["isConvolution"] = layer.IsConvolution,
            ["macs"] = layer.Macs,
            ["predicted"] = layer.Predicted,
            ["counted"] = Counts(layer.Counted),
        })),
        ["pack"] = Counts(result.Pack),
        ["heads"] = Counts(result.Heads),
        ["other"] = Counts(result.Other),
        ["run"] = Counts(result.Entry),
        ["all"] = Counts(result.All),
        ["baselines"] = Array(result.Baselines.Select(baseline => new JsonObject
        {
            ["name"] = baseline.Name,
            ["weightedPerMac"] = System.Math.Round((double)baseline.Counted.Weighted / result.Macs, 4),
            ["timesGenerated"] = System.Math.Round((double)baseline.Counted.Weighted / result.Convolutions, 4),
            ["layers"] = Array(baseline.LayerWeighted.Select(weighted => JsonValue.Create(weighted))),
            ["ilBytes"] = baseline.IlBytes,
            ["ramBytes"] = baseline.RamBytes,
            ["greatestDifference"] = System.Math.Round(baseline.Difference, 4),
            ["counted"] = Counts(baseline.Counted),
        })),
    };

    private static JsonObject Counts(Tally tally) => new()
    {
        ["executed"] = tally.Executed,
        ["weighted"] = tally.Weighted,
        ["classes"] = new JsonObject(System.Enum.GetValues<OpcodeClass>().Select(each => KeyValuePair.Create(each.ToString().ToLowerInvariant(), (JsonNode?)tally.Of(each)))),
        ["opcodes"] = new JsonObject(tally.Rows.Select(row => KeyValuePair.Create(row.Opcode, (JsonNode?)new JsonArray(row.Executed, row.Weighted)))),
    };

    // Of each device whose rates are known.
    private static JsonObject Times(long weighted) => new(DeviceProfiles.All
        .Select(device => (device.Name, Time: PredictedTime.Of(weighted, device)))
        .Where(each => each.Time is not null)
        .Select(each => KeyValuePair.Create(each.Name, (JsonNode?)new JsonArray(each.Time!.LowMicroseconds, each.Time.HighMicroseconds))));

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);
}
