namespace AdapterCompiler.Kernels.Faces;

/// <summary>What properties of a generated class call; the marked methods are compiled here and copied verbatim into generated code.</summary>
public static class FaceKernels
{
    // <copied Greatest>
    /// <summary>Index of the greatest logit, the first of equals.</summary>
    public static int Greatest(int[] logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best])
                best = i;
        }

        return best;
    }
    // </copied>
}
