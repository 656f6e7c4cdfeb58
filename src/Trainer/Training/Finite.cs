using System;
using static TorchSharp.torch;

namespace AdapterCompiler.Trainer.Training;

/// <summary>The one test of whether numbers are numbers.</summary>
internal static class Finite
{
    /// <summary>True where every element is.</summary>
    public static bool All(Tensor values)
    {
        using IDisposable noGradient = no_grad();
        using Tensor finite = values.isfinite();
        using Tensor all = finite.all();
        return all.item<bool>();
    }

    /// <summary>True where every element is.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    /// <summary>Passes values on.</summary>
    /// <param name="values">Values.</param>
    /// <param name="what">Their name in the message.</param>
    /// <exception cref="NotFiniteException">One is not finite.</exception>
    public static Tensor Require(Tensor values, string what) => All(values) ? values : throw new NotFiniteException($"{what} is not finite");
}
