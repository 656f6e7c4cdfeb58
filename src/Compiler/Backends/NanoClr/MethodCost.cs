namespace AdapterCompiler.Backends.NanoClr;

/// <summary>What one generated method needs once the C# compiler (Release) has made IL of it.</summary>
/// <param name="Name">Name in the class; accessors as <c>get_Name</c>, the static constructor as <c>.cctor</c>.</param>
/// <param name="IlBytes">Instructions with their operands, in the assembly's file.</param>
/// <param name="DeviceIlBytes">As the metadata processor converts them: tokens (not that of ldtoken), long branches and switch cases take two bytes each.</param>
/// <param name="Arguments">Parameters.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="Stack">Deepest evaluation stack.</param>
/// <param name="BranchDistance">Bytes from the end of a branch to its target, the largest of the method.</param>
/// <param name="SignatureBytes">Signature of the method and of its locals, as ECMA-335 writes them.</param>
public sealed record MethodCost(string Name, int IlBytes, int DeviceIlBytes, int Arguments, int Locals, int Stack, int BranchDistance, int SignatureBytes)
{
    /// <summary>Of a method whose tree is known.</summary>
    public static MethodCost Of(AssembledMethod method) => new(
        method.Method.Name, method.Figures.Bytes, method.Figures.DeviceBytes, method.Figures.Arguments, method.Figures.Locals, method.Figures.StackDepth,
        method.Figures.LongestBranch, method.Figures.SignatureBytes);
}
