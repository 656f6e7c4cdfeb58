using System;
using System.Linq;
using System.Numerics;
using AdapterCompiler.Artifact;

namespace AdapterCompiler.FrontEnds.Transform;

/// <summary>
/// The Fourier transform of 240 real numbers: 240 = 3 x 16 x 5, nested Winograd modules over Good's index maps, so that a single layer of
/// 324 products by constants lies between the additions.
/// </summary>
/// <remarks>
/// I. J. Good, The interaction algorithm and practical Fourier analysis, Journal of the Royal Statistical Society B 20 (1958): with
/// n mod 3, 16 and 5 as the inputs' axes and k = sum of 240 / N x k(N) modulo 240, cos and sin of 2 pi n k / 240 need no factors between the axes.
/// </remarks>
public static class RealTransform
{
    /// <summary>Length.</summary>
    public const int Points = IntegerMelLimits.TransformPoints;

    // Additions depend on the order: along an axis they run once for every line, and the first and last see the shortest ones.
    private static readonly ValueArray<TransformModule> Modules = ValueArray.Of<TransformModule>(new ThreePoints(), new SixteenPoints(), new FivePoints());

    /// <summary>
    /// The program for some bins: outputs 2i and 2i + 1 are the real and the imaginary part of X[k] x <paramref name="scale"/> for the i-th bin k of them,
    /// the latter with either sign (it is that of X[240 - k] where that one is cheaper).
    /// </summary>
    /// <param name="bins">1 to 119, ascending.</param>
    /// <param name="scale">Unit of the constants, each rounded once.</param>
    public static LinearProgram Create(ValueArray<int> bins, long scale)
    {
        if (bins.FirstOrDefault(bin => bin is < 1 or >= Points / 2) is var outside && outside != 0)
            throw new ArgumentOutOfRangeException(nameof(bins), outside, "bins 1 to 119 exist");
        var program = new LinearBuilder();
        Tensor tensor = Tensor.Create([.. Modules.Select(module => module.Points)], index => program.Input(Slot(index)));
        int last = Modules.Count - 1;
        for (int axis = 0; axis < last; axis++)
        {
            TransformModule module = Modules[axis];
            tensor = tensor.Along(axis, (_, line) => Block(program, module.Before, line));
        }

        // The last axis runs line by line to its end, so that few values wait at a time.
        tensor = tensor.Along(last, (index, line) => Modules[last].After(program, Multiplied(program, index, Block(program, Modules[last].Before, line), scale)));
        for (int axis = last - 1; axis >= 0; axis--)
        {
            TransformModule module = Modules[axis];
            tensor = tensor.Along(axis, (_, line) => Block(program, module.After, line));
        }

        // Bins that share sums one after the other.
        int[] outputs = new int[2 * bins.Count];
        foreach (IGrouping<int, int> family in Enumerable.Range(0, bins.Count).GroupBy(i => Family(bins[i])))
        {
            program.BeginBlock();
            foreach (int i in family)
                Write(outputs, i, Part(program, tensor, Canonical(bins[i]), new int[Modules.Count], last));
        }

        return program.Program(Points, outputs);
    }

    /// <summary>The imaginary part of a bin is that of X[240 - k]: the negative one.</summary>
    public static bool IsMirrored(int bin) => !Canonical(bin).SequenceEqual(Frequencies(bin));

    private static void Write(int[] outputs, int place, (int Real, int Imaginary) part) => (outputs[2 * place], outputs[(2 * place) + 1]) = part;

    private static int[] Block(LinearBuilder program, Func<LinearBuilder, int[], int[]> additions, int[] line)
    {
        program.BeginBlock();
        return additions(program, line);
    }

    private static int[] Multiplied(LinearBuilder program, int[] index, int[] line, long scale)
    {
        var products = new int[line.Length];
        int[] place = [.. index];
        for (int i = 0; i < line.Length; i++)
        {
            place[place.Length - 1] = i;
            products[i] = program.Product(line[i], Constant(place, scale));
        }

        return products;
    }

    // The same for bins whose frequencies differ in sign only.
    private static int Family(int bin)
    {
        int family = 0;
        int[] frequencies = Frequencies(bin);
        for (int axis = 0; axis < frequencies.Length; axis++)
            family = (family * Modules[axis].Points) + Math.Min(frequencies[axis], Modules[axis].Points - frequencies[axis]);
        return family;
    }

    // The input whose remainders are these.
    private static int Slot(int[] remainders)
    {
        int slot = 0;
        while (Enumerable.Range(0, Modules.Count).Any(axis => slot % Modules[axis].Points != remainders[axis]))
            slot++;
        return slot;
    }

    private static long Constant(int[] index, long scale)
    {
        BigInteger constant = Circle.One;
        for (int axis = 0; axis < Modules.Count; axis++)
            constant = Circle.Product(constant, Modules[axis].Constants[index[axis]]);
        return Circle.Round(constant, scale);
    }

    // k of each axis, for the bin or for its mirror image: the first that is not its own mirror image lies in the lower half.
    private static int[] Canonical(int bin)
    {
        int[] frequencies = Frequencies(bin);
        for (int axis = 0; axis < frequencies.Length; axis++)
        {
            int points = Modules[axis].Points;
            if (frequencies[axis] * 2 % points != 0)
                return frequencies[axis] * 2 < points ? frequencies : Frequencies(Points - bin);
        }

        return frequencies;
    }

    private static int[] Frequencies(int bin) =>
        [.. Modules.Select(module => Enumerable.Range(0, module.Points).First(k => (bin - (k * (Points / module.Points))) % module.Points == 0))];

    // X over the axes up to this one, with the parts of the later ones chosen in index. Imaginary: -1 for none.
    private static (int Real, int Imaginary) Part(LinearBuilder program, Tensor tensor, int[] frequencies, int[] index, int axis)
    {
        if (axis < 0)
            return (tensor[index], -1);
        int points = Modules[axis].Points;
        bool isMirrored = frequencies[axis] * 2 > points;
        int frequency = isMirrored ? points - frequencies[axis] : frequencies[axis];
        index[axis] = frequency;
        (int Real, int Imaginary) cosine = Part(program, tensor, frequencies, index, axis - 1);
        if (frequency * 2 % points == 0)
            return cosine;
        index[axis] = points - frequency;
        (int Real, int Imaginary) sine = Part(program, tensor, frequencies, index, axis - 1);

        // cosine + i sine, or cosine - i sine for the mirrored frequency.
        if (cosine.Imaginary < 0)
            return (cosine.Real, sine.Real);
        return isMirrored
            ? (program.Sum(cosine.Real, sine.Imaginary), program.Difference(cosine.Imaginary, sine.Real))
            : (program.Difference(cosine.Real, sine.Imaginary), program.Sum(cosine.Imaginary, sine.Real));
    }
}
