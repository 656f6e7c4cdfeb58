namespace AdapterCompiler.Kernels.Streams;

/// <summary>What moves a stream on; the marked methods are compiled here and copied into generated code.</summary>
/// <remarks>
/// An array of ints, <c>stream</c>, holds where it is: 0 groups taken before this one, 1 the same, less what makes a decision due again and again at one number,
/// 2 groups for which it stays due, 3 decisions that nobody made in time. All of them 0 is a stream that begins.
/// </remarks>
public static class StreamKernels
{
    // <copied BeginStream>
    /// <summary>No frame has come.</summary>
    public static void BeginStream(int[] stream)
    {
        stream[0] = 0;
        stream[1] = 0;
        stream[2] = 0;
    }
    // </copied>

    // <copied NextFrames>
    /// <summary>A group was taken: one that is due loses a group's time, or its rows, and the next may be due.</summary>
    public static void NextFrames(int[] stream, int first, int period, int slack)
    {
        // Layers look at its lowest bits only.
        stream[0] = stream[0] + 1;
        int due = stream[2];
        if (due > 0)
        {
            stream[2] = due - 1;
            if (due == 1)
                stream[3] = stream[3] + 1;
        }

        int taken = stream[1] + 1;
        if (taken == first)
        {
            taken = first - period;
            stream[2] = slack;
        }

        stream[1] = taken;
    }
    // </copied>

    // <copied IsDue>
    /// <summary>A window has all of its rows, and nobody has decided on it.</summary>
    public static bool IsDue(int[] stream)
    {
        return stream[2] > 0;
    }
    // </copied>

    // <copied Decided>
    /// <summary>It was decided on.</summary>
    public static void Decided(int[] stream)
    {
        stream[2] = 0;
    }
    // </copied>
}
