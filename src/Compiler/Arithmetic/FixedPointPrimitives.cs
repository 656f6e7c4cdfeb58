namespace AdapterCompiler.Arithmetic;

/// <summary>
/// The arithmetic that interpreter and generated code share. The compiler copies this file's marked lines verbatim, so they keep
/// to the device's subset of C#: int only, no unsigned types (the target's shifts follow the run-time type of the left operand).
/// </summary>
public static class FixedPointPrimitives
{
    // <copied Requantise>
    /// <summary>ReLU, shift and clamp of one accumulator to a code from 0 to max. Rounding is in the accumulator's bias.</summary>
    public static int Requantise(int accumulator, int shift, int max)
    {
        if (accumulator <= 0)
            return 0;
        int code = accumulator >> shift;
        return code > max ? max : code;
    }
    // </copied>
}
