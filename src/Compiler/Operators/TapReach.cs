namespace AdapterCompiler.Operators;

/// <summary>Where a tap reads the image, and where the padding.</summary>
public enum TapReach
{
    /// <summary>The image, at every position.</summary>
    Always,

    /// <summary>Padding at a border, the image elsewhere.</summary>
    Sometimes,

    /// <summary>Padding, at every position: the image is one row or column wide.</summary>
    Never,
}
