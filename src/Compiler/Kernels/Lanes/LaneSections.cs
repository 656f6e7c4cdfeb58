namespace AdapterCompiler.Kernels.Lanes;

/// <summary>Copied sections around any convolution on packed lanes.</summary>
internal static class LaneSections
{
    /// <summary>Codes as bytes into an image.</summary>
    public const string Pack = "Pack";

    /// <summary>The same into four lanes, four places at a time.</summary>
    public const string PackFour = "PackFour";

    /// <summary>The same into six lanes.</summary>
    public const string PackSix = "PackSix";

    /// <summary>An image into codes as bytes.</summary>
    public const string Unpack = "Unpack";

    /// <summary>The same from six lanes.</summary>
    public const string UnpackSix = "UnpackSix";

    /// <summary>Lines of an image to its front: what a stream keeps of it.</summary>
    public const string MoveUp = "MoveUp";

    /// <summary>The greatest of the rows that a stream keeps.</summary>
    public const string GreatestRows = "GreatestRows";

    /// <summary>What a layer may begin with.</summary>
    public static ValueArray<string> Begin { get; } = ValueArray.Of(Pack, PackFour, PackSix, "Clear", "Halo", "Pair");

    /// <summary>What it may end with.</summary>
    public static ValueArray<string> End { get; } = ValueArray.Of("PoolLanes", Unpack, UnpackSix);

    /// <summary>A section packs or unpacks.</summary>
    public static bool IsPacking(string section) => section is Pack or PackFour or PackSix or Unpack or UnpackSix;
}
