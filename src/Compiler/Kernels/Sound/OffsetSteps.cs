using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.FrontEnds.Transform;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>Where an offset is added behind the products of a transform so that every imaginary part has it once and no real part has any of it.</summary>
/// <remarks>
/// Many parts are sums of the same few products, so an addition behind one of them does what one for each part did. Exact, because all sums are. Places are
/// chosen one by one, each as the one that leaves least to do: that ends, since an output by itself is a place too.
/// </remarks>
internal sealed class OffsetSteps
{
    private readonly Dictionary<int, int> times = [];
    private readonly int steps;

    /// <summary>Finds the places.</summary>
    /// <param name="program">Outputs 2i are real parts, 2i + 1 imaginary ones.</param>
    public OffsetSteps(LinearProgram program)
    {
        steps = program.Steps.Count;
        KeyValuePair<int, int>[][] effects = Effects(program);
        int[] missing = [.. Enumerable.Range(0, program.Outputs.Count).Select(output => output % 2)];
        while (Best(effects, missing) is { Sign: not 0 } best)
        {
            foreach (KeyValuePair<int, int> effect in effects[best.Place])
                missing[effect.Key] -= best.Sign * effect.Value;
            times[best.Place] = best.Sign + (times.TryGetValue(best.Place, out int before) ? before : 0);
        }
    }

    /// <summary>How many additions there are.</summary>
    public int Additions => times.Values.Sum(Math.Abs);

    /// <summary>How often the offset is added to what a step computes; negative where it is subtracted.</summary>
    public int AtStep(int step) => times.TryGetValue(step, out int found) ? found : 0;

    /// <summary>How often to an output by itself.</summary>
    public int AtOutput(int output) => AtStep(steps + output);

    // The place that leaves least, and whether the offset is added there or subtracted: sign 0 where nothing is missing any more.
    private static (int Place, int Sign) Best(KeyValuePair<int, int>[][] effects, int[] missing)
    {
        (int Place, int Sign) best = default;
        int most = 0;
        for (int place = 0; place < effects.Length; place++)
        {
            int added = 0, subtracted = 0;
            foreach (KeyValuePair<int, int> effect in effects[place])
            {
                int left = missing[effect.Key];
                added += Math.Abs(left) - Math.Abs(left - effect.Value);
                subtracted += Math.Abs(left) - Math.Abs(left + effect.Value);
            }

            if (Math.Max(added, subtracted) > most)
                (most, best) = (Math.Max(added, subtracted), (place, added >= subtracted ? 1 : -1));
        }

        return best;
    }

    // How much each output grows where a place's value is one more: of steps, then of outputs. Nothing is added before a product.
    private static KeyValuePair<int, int>[][] Effects(LinearProgram program)
    {
        var effects = new Dictionary<int, int>[program.Steps.Count + program.Outputs.Count];
        for (int place = 0; place < effects.Length; place++)
            effects[place] = [];
        for (int output = 0; output < program.Outputs.Count; output++)
        {
            Grow(effects[program.Outputs[output]], output, 1);
            Grow(effects[program.Steps.Count + output], output, 1);
        }

        for (int i = program.Steps.Count - 1; i >= 0; i--)
        {
            LinearStep step = program.Steps[i];
            if (step.Operation is not (LinearOperation.Sum or LinearOperation.Difference))
                continue;
            foreach (KeyValuePair<int, int> effect in effects[i])
            {
                Grow(effects[step.Left], effect.Key, effect.Value);
                Grow(effects[step.Right], effect.Key, step.Operation == LinearOperation.Sum ? effect.Value : -effect.Value);
            }
        }

        return [.. effects.Select(each => each.ToArray())];
    }

    private static void Grow(Dictionary<int, int> effects, int output, int value) => effects[output] = value + (effects.TryGetValue(output, out int before) ? before : 0);
}
