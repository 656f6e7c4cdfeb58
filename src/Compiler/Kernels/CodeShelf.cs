using System.Collections.Generic;
using AdapterCompiler.Kernels.Lanes;
using AdapterCompiler.Programs;

namespace AdapterCompiler.Kernels;

/// <summary>
/// Code of a network's layers that was built before: a search tries plans and cuts that have most layers in common, and a layer with the same kernel, steps and
/// places has the same code. Handed from attempt to attempt.
/// </summary>
internal sealed class CodeShelf
{
    private readonly Dictionary<int, List<(Key Key, LayerCode Code)>> layers = [];
    private readonly Dictionary<(int Layer, LaneFormat Format, bool IsPaired, bool InputHalo, bool OutputHalo), bool> ones = [];

    /// <summary>Classes whose code was built.</summary>
    public int Programs { get; private set; }

    /// <summary>Methods of layers that were built for them.</summary>
    public int Methods { get; private set; }

    /// <summary>Methods of layers that were taken from what was built before.</summary>
    public int Reused { get; private set; }

    /// <summary>A class is built.</summary>
    public void Begin() => Programs++;

    /// <summary>The code of a layer of a program.</summary>
    public LayerCode Of(PartProgram program, PartLayer layer)
    {
        var key = Key.Of(program, layer);
        if (!layers.TryGetValue(layer.Layer.Index, out List<(Key Key, LayerCode Code)>? known))
            layers.Add(layer.Layer.Index, known = []);
        LayerCode? built = known.Find(each => each.Key == key).Code;
        if (built is not null)
        {
            Reused += 1 + built.Methods.Count;
            return built;
        }

        LayerCode code = KernelRegistry.Of(layer.Kernel).Build(program, layer);
        Methods += 1 + code.Methods.Count;
        known.Add((key, code));
        return code;
    }

    /// <summary>One method can hold a layer of unrolled lanes.</summary>
    public bool IsOne(LaneLayer layer)
    {
        var key = (layer.Layer.Index, layer.Format, layer.IsPaired, layer.Input.HasHalo, layer.Output.HasHalo);
        if (!ones.TryGetValue(key, out bool isOne))
            ones.Add(key, isOne = LaneTiles.IsOne(layer));
        return isOne;
    }

    // Everything outside the layer that its code depends on: names of fields and tasks, what neighbours hold, where sums lie.
    private sealed record Key(PartLayer Layer, PartLayer? Reader, string Arena, string Lanes, ValueArray<TaskNames> Names, bool Packs, bool WritesBytes, int SumsStart)
    {
        public static Key Of(PartProgram program, PartLayer layer) => new(
            layer, StreamRows.ReaderOf(program, layer.Layer), StateFields.Arena(program.Part).Name, StateFields.Lanes(program.Part).Name, program.Names,
            program.Plan.Packs(layer.Layer.Index), program.Plan.WritesBytes(layer.Layer), program.Lanes.SumsStart);
    }
}
