using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Fully connected layers and heads as straight-line code: inputs in variables, weights as immediates, no branch.</summary>
public static class DenseCode
{
    /// <summary>Lowers one step.</summary>
    /// <param name="kernel">How.</param>
    /// <param name="name">Name of the method; where there are several, of each with _1, _2 and so on.</param>
    /// <param name="step">What to compute.</param>
    /// <param name="codes">Byte array that it reads.</param>
    /// <param name="target">Byte array for codes, int array for logits; it may be the one that is read.</param>
    /// <returns>Methods to be called in order, every argument 0; null where the kernel cannot hold the step.</returns>
    /// <exception cref="ArgumentException">The step contradicts itself or the target.</exception>
    public static ValueArray<AssembledMethod>? Lower(DenseKernel kernel, string name, DenseStep step, StaticField codes, StaticField target)
    {
        Check(step, target);
        OutputProof[] proofs = OutputProof.Of(step);
        if (!proofs.All(proof => proof.FitsInt32))
            return null;
        IDenseBlock[]? blocks = kernel == DenseKernel.Sums ? [.. proofs.Select(proof => new SumBlock(proof))] : Lanes(proofs);
        return blocks is null ? null : Tiles(name, step, kernel == DenseKernel.Sums ? IlType.Int : IlType.Long, blocks, codes, target);
    }

    private static IDenseBlock[]? Lanes(OutputProof[] proofs)
    {
        // What is the same for every input needs no lane.
        LaneGroup[]? groups = LaneGroup.Of(proofs.Where(proof => proof.Constant is null));
        return groups is null ? null : [.. proofs.Where(proof => proof.Constant is not null).Select(proof => (IDenseBlock)new SumBlock(proof)), .. groups.Select(group => new OutputLaneBlock(group))];
    }

    /// <summary>As few methods as keep to the limits: each loads its inputs anew.</summary>
    private static ValueArray<AssembledMethod>? Tiles(string name, DenseStep step, IlType inputType, IDenseBlock[] blocks, StaticField codes, StaticField target)
    {
        for (int count = 1; count <= blocks.Length; count++)
        {
            var methods = new List<AssembledMethod>();
            for (int tile = 0; tile < count; tile++)
            {
                int first = tile * blocks.Length / count, end = (tile + 1) * blocks.Length / count;
                AssembledMethod? method = new DenseTile(step, inputType, blocks.Skip(first).Take(end - first).ToArray(), codes, target)
                    .Lower(count == 1 ? name : name + "_" + Wording.Number(tile + 1));
                if (method is null)
                    break;
                methods.Add(method);
            }

            if (methods.Count == count)
                return methods.ToValueArray();
        }

        return blocks.Length == 0 ? ValueArray<AssembledMethod>.Empty : null;
    }

    private static void Check(DenseStep step, StaticField target)
    {
        bool areLogits = target.Type == IlType.Ints;
        if (step.Outputs.Any(output => output.Weights.Count != step.Inputs.Count))
            throw new ArgumentException("an output has a weight for each input", nameof(step));
        if (step.Outputs.Any(output => output.Shift is null != areLogits || output.Shift is < 0 or > 31))
            throw new ArgumentException("codes have a shift of 0 to 31 and go to bytes, logits have none and go to ints", nameof(step));
        if (!areLogits && (step.ActivationMax is < 1 or > 255 || (step.ActivationMax & (step.ActivationMax + 1)) != 0))
            throw new ArgumentException("the largest code is 2^b - 1, in a byte", nameof(step));
        if (step.InputMax is < 0 or > 255)
            throw new ArgumentException("inputs are bytes", nameof(step));
    }
}
