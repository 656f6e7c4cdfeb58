using System;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>What a <see cref="LinearStep"/> computes.</summary>
public enum LinearOperation
{
    /// <summary>Input number <see cref="LinearStep.Left"/>.</summary>
    Input,

    /// <summary>left + right.</summary>
    Sum,

    /// <summary>left - right.</summary>
    Difference,

    /// <summary>left x <see cref="LinearStep.Constant"/>.</summary>
    Product,
}

/// <summary>One step of a <see cref="LinearProgram"/>; operands are numbers of earlier steps.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Left">Left operand, or the number of the input.</param>
/// <param name="Right">Right operand of sums and differences.</param>
/// <param name="Constant">Right operand of products.</param>
public readonly record struct LinearStep(LinearOperation Operation, int Left, int Right, long Constant);

/// <summary>
/// A matrix as a straight line of additions and products by constants. It has two readers: <see cref="Run"/>, the definition, and the
/// emitter, which makes code of the same steps. Every step is exact modulo 2^32, so intermediate values may wrap and only the outputs have to fit.
/// </summary>
public sealed class LinearProgram
{
    private readonly LinearStep[] steps;
    private readonly int[] values;

    internal LinearProgram(int inputs, LinearStep[] steps, int[] outputs, int[] blocks)
    {
        Blocks = blocks.ToValueArray();
        this.steps = steps;
        values = new int[steps.Length];
        Inputs = inputs;
        Steps = steps.ToValueArray();
        Outputs = outputs.ToValueArray();
    }

    /// <summary>How many inputs it reads.</summary>
    public int Inputs { get; }

    /// <summary>The steps, each after those that it reads.</summary>
    public ValueArray<LinearStep> Steps { get; }

    /// <summary>For each output the step that computes it.</summary>
    public ValueArray<int> Outputs { get; }

    /// <summary>The first steps of blocks that belong together, ascending from 0: within one, most values are read at once and not again.</summary>
    public ValueArray<int> Blocks { get; }

    /// <summary>How many steps are of one kind.</summary>
    public int Count(LinearOperation operation)
    {
        int count = 0;
        foreach (LinearStep step in steps)
            count += step.Operation == operation ? 1 : 0;
        return count;
    }

    /// <summary>Computes the outputs, modulo 2^32. Holds one set of intermediate values: one instance for one thread.</summary>
    /// <param name="inputs"><see cref="Inputs"/> numbers.</param>
    /// <param name="outputs">Filled, one for each of <see cref="Outputs"/>.</param>
    /// <exception cref="ArgumentException">An array is too short.</exception>
    public void Run(int[] inputs, int[] outputs)
    {
        if (inputs is null || inputs.Length < Inputs)
            throw new ArgumentException($"{Inputs} numbers are read", nameof(inputs));
        if (outputs is null || outputs.Length < Outputs.Count)
            throw new ArgumentException($"{Outputs.Count} numbers are written", nameof(outputs));
        for (int i = 0; i < steps.Length; i++)
        {
            LinearStep step = steps[i];
            values[i] = unchecked(step.Operation switch
            {
                LinearOperation.Input => inputs[step.Left],
                LinearOperation.Sum => values[step.Left] + values[step.Right],
                LinearOperation.Difference => values[step.Left] - values[step.Right],
                _ => values[step.Left] * (int)step.Constant,
            });
        }

        for (int i = 0; i < Outputs.Count; i++)
            outputs[i] = values[Outputs[i]];
    }
}
