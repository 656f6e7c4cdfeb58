namespace AdapterCompiler.Lowering.Kernels;

/// <summary>
/// Packs input for the lane kernels. The marked method is compiled here and copied verbatim into generated code (see
/// <see cref="LoopKernels"/>).
/// </summary>
public static class LaneKernels
{
    // <copied Pack>
    /// <summary>Packs an image of codes: strip s of every line into lane s. A step along a line is stride codes, one from line to line pitch codes.</summary>
    public static void Pack(byte[] codes, long[] lanes, int start, int lines, int pitch, int places, int stride, int laneCount, int bits, int lineLength)
    {
        for (int line = 0; line < lines; line++)
        {
            int next = start + (line * lineLength);
            for (int place = 0; place < places; place++)
            {
                int code = (line * pitch) + (((laneCount * places) - places + place) * stride);
                long packed = 0;
                for (int lane = 0; lane < laneCount; lane++)
                {
                    packed = (packed << bits) + codes[code];
                    code -= places * stride;
                }

                lanes[next++] = packed;
            }
        }
    }
    // </copied>
}
