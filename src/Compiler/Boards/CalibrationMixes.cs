namespace AdapterCompiler.Boards;

/// <summary>
/// The loops that a calibration times. Compiled here, where tests run them, and copied verbatim into the sketch: the device's subset of
/// C#. Their IL is <see cref="CalibrationMix"/>'s, so that the time of so many rounds becomes weighted instructions a second.
/// </summary>
public static class CalibrationMixes
{
    /// <summary>Elements of the arrays that <see cref="Arrays"/> reads; a power of two.</summary>
    public const int Elements = 64;

    // <copied Narrow>
    /// <summary>Int32 arithmetic on locals.</summary>
    public static int Narrow(int rounds)
    {
        int a = 1, b = 7;
        for (int i = 0; i < rounds; i++)
        {
            a = ((a + b) * 3) - i;
            b = (b ^ a) & 1023;
            a = (a >> 1) + (i << 2);
        }

        return a + b;
    }
    // </copied>

    // <copied Wide>
    /// <summary>Int64 arithmetic on locals.</summary>
    public static int Wide(int rounds)
    {
        long a = 1, b = 7, c = 3;
        for (int i = 0; i < rounds; i++)
        {
            a = ((a + b) * c) - b;
            b = (b ^ a) & c;
            a = (a >> 1) + (b << 2);
        }

        return (int)(a + b);
    }
    // </copied>

    // <copied Arrays>
    /// <summary>The inner loop of a layer: codes and weights from arrays.</summary>
    public static int Arrays(int rounds, byte[] codes, sbyte[] weights)
    {
        int sum = 0;
        for (int i = 0; i < rounds; i++)
            sum += codes[i & 63] * weights[i & 63];
        return sum;
    }
    // </copied>

    // <copied Calls>
    /// <summary>Calls of a small static method.</summary>
    public static int Calls(int rounds)
    {
        int sum = 0;
        for (int i = 0; i < rounds; i++)
            sum = Step(sum, i, 3);
        return sum;
    }

    /// <summary>What <see cref="Calls"/> calls.</summary>
    public static int Step(int sum, int term, int factor)
    {
        return sum + (term * factor);
    }
    // </copied>
}
