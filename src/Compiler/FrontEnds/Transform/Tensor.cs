using System;
using System.Linq;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>Steps arranged along axes, the last axis fastest.</summary>
internal sealed class Tensor(int[] shape, int[] steps)
{
    /// <summary>A tensor filled element by element.</summary>
    public static Tensor Create(int[] shape, Func<int[], int> step)
    {
        var steps = new int[shape.Aggregate(1, (product, side) => product * side)];
        for (int flat = 0; flat < steps.Length; flat++)
            steps[flat] = step(Index(shape, flat));
        return new Tensor(shape, steps);
    }

    /// <summary>One element.</summary>
    public int this[int[] index] => steps[Flat(shape, index)];

    /// <summary>Every line along an axis replaced by what <paramref name="map"/> makes of its place and of it; the axis may change its length.</summary>
    public Tensor Along(int axis, Func<int[], int[], int[]> map)
    {
        int[] rows = [.. shape];
        rows[axis] = 1;
        Tensor? result = null;
        int[] target = shape;
        int[] mapped = [];
        for (int flat = 0; flat < steps.Length / shape[axis]; flat++)
        {
            int[] index = Index(rows, flat);
            var line = new int[shape[axis]];
            for (int i = 0; i < line.Length; i++)
                line[i] = this[With(index, axis, i)];
            int[] replaced = map(index, line);
            if (result is null)
            {
                target = With(shape, axis, replaced.Length);
                mapped = new int[steps.Length / shape[axis] * replaced.Length];
                result = new Tensor(target, mapped);
            }

            for (int i = 0; i < replaced.Length; i++)
                mapped[Flat(target, With(index, axis, i))] = replaced[i];
        }

        return result ?? this;
    }

    private static int[] With(int[] index, int axis, int value)
    {
        int[] copy = [.. index];
        copy[axis] = value;
        return copy;
    }

    private static int Flat(int[] shape, int[] index)
    {
        int flat = 0;
        for (int axis = 0; axis < shape.Length; axis++)
            flat = (flat * shape[axis]) + index[axis];
        return flat;
    }

    private static int[] Index(int[] shape, int flat)
    {
        var index = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            index[axis] = flat % shape[axis];
            flat /= shape[axis];
        }

        return index;
    }
}
