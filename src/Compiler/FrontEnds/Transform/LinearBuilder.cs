using System;
using System.Collections.Generic;
using System.Linq;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>Collects steps; the same operation on the same operands is one step, however often it is asked for.</summary>
internal sealed class LinearBuilder
{
    private readonly List<LinearStep> steps = [];
    private readonly Dictionary<LinearStep, int> known = [];
    private readonly List<int> blocks = [0];

    /// <summary>Input number <paramref name="index"/>.</summary>
    public int Input(int index) => Add(new LinearStep(LinearOperation.Input, index, 0, 0));

    /// <summary>left + right.</summary>
    public int Sum(int left, int right) => Add(new LinearStep(LinearOperation.Sum, Math.Min(left, right), Math.Max(left, right), 0));

    /// <summary>left - right.</summary>
    public int Difference(int left, int right) => Add(new LinearStep(LinearOperation.Difference, left, right, 0));

    /// <summary>operand x constant.</summary>
    public int Product(int operand, long constant) => Add(new LinearStep(LinearOperation.Product, operand, 0, constant));

    /// <summary>What follows belongs together.</summary>
    public void BeginBlock() => blocks.Add(steps.Count);

    /// <summary>The program that computes these outputs, without the steps that none of them needs.</summary>
    public LinearProgram Program(int inputs, IReadOnlyList<int> outputs)
    {
        var isNeeded = new bool[steps.Count];
        foreach (int output in outputs)
            isNeeded[output] = true;
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            if (!isNeeded[i] || steps[i].Operation == LinearOperation.Input)
                continue;
            isNeeded[steps[i].Left] = true;
            if (steps[i].Operation != LinearOperation.Product)
                isNeeded[steps[i].Right] = true;
        }

        var numbers = new int[steps.Count];
        var kept = new List<LinearStep>();
        var starts = new SortedSet<int>();
        for (int block = 0, i = 0; i < steps.Count; i++)
        {
            for (; block < blocks.Count && blocks[block] == i; block++)
                starts.Add(kept.Count);
            if (!isNeeded[i])
                continue;
            numbers[i] = kept.Count;
            kept.Add(Renumbered(steps[i], numbers));
        }

        return new LinearProgram(inputs, [.. kept], [.. outputs.Select(output => numbers[output])], [.. starts]);
    }

    private static LinearStep Renumbered(LinearStep step, int[] numbers) => step.Operation switch
    {
        LinearOperation.Input => step,
        LinearOperation.Product => step with { Left = numbers[step.Left] },
        _ => step with { Left = numbers[step.Left], Right = numbers[step.Right] },
    };

    private int Add(LinearStep step)
    {
        if (!known.TryGetValue(step, out int number))
        {
            known.Add(step, number = steps.Count);
            steps.Add(step);
        }

        return number;
    }
}
