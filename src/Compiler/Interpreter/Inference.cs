using System.Collections.Generic;

namespace AdapterCompiler.Interpreter;

/// <summary>What one run computed.</summary>
/// <param name="Layers">Codes after each layer.</param>
/// <param name="Logits">Per task one logit per class; empty for a task not asked for.</param>
public sealed record Inference(IReadOnlyList<LayerActivations> Layers, IReadOnlyList<int[]> Logits)
{
    /// <summary>The class with the greatest logit, the first of equals.</summary>
    /// <param name="task">Index of the task.</param>
    public int Class(int task) => ArgMax(Logits[task]);

    /// <summary>Index of the greatest value, the first of equals: the tie rule of interpreter, trainer and generated code.</summary>
    public static int ArgMax(int[] logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        return best;
    }
}

/// <summary>Codes after one layer: [channel][row-major position], and the same per task.</summary>
public sealed record LayerActivations(int[][] Shared, IReadOnlyList<int[][]> Adapters);
