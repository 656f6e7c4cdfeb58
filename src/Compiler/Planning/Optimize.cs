namespace AdapterCompiler.Planning;

/// <summary>What a plan should be best at.</summary>
public enum Optimize
{
    /// <summary>The fewest weighted instructions that keep the limits.</summary>
    Speed,

    /// <summary>The least flash: IL and tables.</summary>
    Size,

    /// <summary>The least product of both: twice the flash must at least halve the time.</summary>
    Balanced,
}
