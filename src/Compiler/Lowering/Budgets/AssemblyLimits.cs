namespace AdapterCompiler.Lowering.Budgets;

/// <summary>Limits of one assembly on the nanoFramework interpreter 1.17 (16-bit addresses, 8-bit counts).</summary>
public static class AssemblyLimits
{
    /// <summary>IL of all methods. Past it the metadata processor stops.</summary>
    public const int IlBytes = 65_535;

    /// <summary>Array initialisers and signatures together. Past it no tool complains.</summary>
    public const int DataBytes = 65_535;

    /// <summary>String table: labels and names. Past it the metadata processor stops.</summary>
    public const int StringBytes = 65_535;

    /// <summary>Static methods of a type, and static fields. Past the first the metadata processor stops, past the second nothing does.</summary>
    public const int MembersOfType = 255;

    /// <summary>Locals, arguments, and evaluation stack of a method. Past it no tool complains.</summary>
    public const int SlotsOfMethod = 255;

    /// <summary>Distance of a branch, either way. Past it no tool complains.</summary>
    public const int BranchDistance = 32_767;

    /// <summary>Parts of a model: the interpreter loads 64 assemblies, and the class library and the firmware are some of them.</summary>
    public const int Parts = 48;
}
