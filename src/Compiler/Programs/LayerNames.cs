using System.Globalization;
using AdapterCompiler.Model;

namespace AdapterCompiler.Programs;

/// <summary>What layers and blocks are called, in code and to the reader.</summary>
public static class LayerNames
{
    /// <summary>Name of the method that computes a layer.</summary>
    public static string Method(int index) => "Layer" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Which block a buffer or a table's section belongs to, for the reader.</summary>
    public static string Section(Network network, Layer layer, int? task) => string.Format(
        CultureInfo.InvariantCulture, "{0}, layer {1}", IdleText.Owner(network, task), layer.Index);
}
