using System;

namespace AdapterCompiler.Artifact;

/// <summary>
/// How many bits of a front end's codes an input reads. A front end makes codes of 7 bits; an input of fewer reads the upper ones, code >> (7 - bits): the same scale with coarser steps, silence still 0.
/// An input of 8 has a front end of 8.
/// </summary>
public static class InputBits
{
    /// <summary>Bits of a front end's code, where the input does not have more.</summary>
    public const int FrontEnd = 7;

    /// <summary>Lower bits that the input does not read.</summary>
    public static int Lost(InputSpec input) => Math.Max(0, FrontEnd - Checked(input).Bits);

    /// <summary>The front end's largest code, no bit lost.</summary>
    public static int Highest(InputSpec input) => Whole(input).CodeMax;

    /// <summary>The image before it loses bits.</summary>
    public static InputSpec Whole(InputSpec input) => Checked(input) with { Bits = input.Bits + Lost(input) };

    private static InputSpec Checked(InputSpec input) => input ?? throw new ArgumentNullException(nameof(input));
}
