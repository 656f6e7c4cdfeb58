using System.Linq;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Backends.NanoClr;

/// <summary>
/// Bytes of signatures as ECMA-335 (II.23.2) writes them. The device's format is as compact and shares equal signatures, so their sum
/// is an upper bound of what counts against the limit of arrays and signatures.
/// </summary>
internal static class Signatures
{
    /// <summary>int, bool, string, void.</summary>
    public const int Simple = 1;

    /// <summary>byte[], sbyte[], int[].</summary>
    public const int Array = 2;

    /// <summary>By type of the code tree.</summary>
    public static int Of(IlType type) => type is IlType.Int or IlType.Long or IlType.Void or IlType.Bool or IlType.String ? Simple : Array;

    /// <summary>A field.</summary>
    public static int Field(int type) => 1 + type;

    /// <summary>A static method: convention, number of parameters, result, parameters.</summary>
    public static int Method(int result, params int[] parameters) => 1 + Count(parameters) + result + parameters.Sum();

    /// <summary>Locals of a method; nothing where it has none.</summary>
    public static int Locals(params int[] types) => types.Length == 0 ? 0 : 1 + Count(types) + types.Sum();

    // A compressed number (II.23.2): one byte up to 127.
    private static int Count(int[] types) => types.Length <= sbyte.MaxValue ? 1 : 2;
}
