namespace AdapterCompiler.Trainer.Data.BuiltIn;

/// <summary>Uneven strengths of harmonics, one pattern per family number: what makes two instruments of a kind sound different.</summary>
internal static class Voicing
{
    /// <summary>Number of families; a fifth of them belongs to validation, a fifth to test.</summary>
    public const int Families = 500;

    /// <summary>Gain of a harmonic, between 1 - <paramref name="depth"/> and 1.</summary>
    /// <param name="family">The pattern.</param>
    /// <param name="harmonic">1 = fundamental.</param>
    /// <param name="depth">0 = even, 1 = some harmonics vanish.</param>
    public static double Gain(int family, int harmonic, double depth)
    {
        // A family is a constant of the corpus, not of the seed: hashed from its number alone.
        uint hash = unchecked((((uint)family * 64) + (uint)harmonic) * 2654435761u);
        hash = unchecked((hash ^ (hash >> 15)) * 2246822519u);
        return 1 - (depth * ((hash >> 8) / (double)(1 << 24)));
    }
}
