using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Kernels;
using AdapterCompiler.Kernels.Faces;
using AdapterCompiler.Programs;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Schedule;

/// <summary>
/// How full an assembly gets, from above: the figures grow with every piece, which makes filling parts one after the other exact, and
/// they are at most a few hundred bytes over what the budget of its code then finds.
/// </summary>
internal sealed class PartLoad
{
    /// <summary>Of a full assembly.</summary>
    public const int Full = 1_000_000;

    private const int Tables = 4;

    // A layer takes codes and tasks.
    private static readonly int LayerSignature = Signatures.Method(Signatures.Simple, Signatures.Array, Signatures.Simple);
    private static readonly int FieldSignature = Signatures.Field(Signatures.Array);

    // Of the static constructor, for arrays of any length.
    private static readonly int FieldIl = Initialiser(new NewArray(IlType.Longs, int.MaxValue));
    private static readonly int TableIl = Initialiser(new Numbers(IlType.SBytes, ValueArray.Of(new NumberRow("", Enumerable.Repeat(1, byte.MaxValue).ToValueArray())), 1));
    private const int MethodSignature = DeviceLimits.Locals + DeviceLimits.Arguments + 10;

    private readonly int fixedIl;
    private readonly int fixedData;

    private PartLoad(int fixedIl, int fixedData)
    {
        this.fixedIl = fixedIl;
        this.fixedData = fixedData;
    }

    /// <summary>A part without steps.</summary>
    /// <param name="whole">The network before the cut.</param>
    /// <param name="sizes">Of its code.</param>
    /// <param name="count">Parts in all.</param>
    /// <param name="isLast">With the public face.</param>
    /// <param name="margin">IL bytes that are kept free.</param>
    public static PartLoad Empty(ScheduledProgram whole, LayerSizes sizes, int count, bool isLast, int margin) => Empty(
        [.. KernelRegistry.MayCopy(whole.Network, [.. whole.Plan.Layers, whole.Plan.Heads], sizes.Layers, isLast).Select(method => method.Figures), .. isLast ? FaceOf(whole) : []],
        whole.Network.Tasks.Count, count, margin, KernelRegistry.HasMultiples([.. whole.Plan.Layers, whole.Plan.Heads]));

    /// <summary>A part without steps.</summary>
    /// <param name="methods">What it has besides: copied kernels, and in the last part the public face.</param>
    /// <param name="tasks">Tasks of the network.</param>
    /// <param name="count">Parts in all.</param>
    /// <param name="margin">IL bytes that are kept free.</param>
    /// <param name="hasMultiples">With multiples of inputs, and a table of their places.</param>
    public static PartLoad Empty(IReadOnlyList<MethodCost> methods, int tasks, int count, int margin, bool hasMultiples)
    {
        int tables = Tables + (hasMultiples ? 1 : 0), arrays = tasks + 2 + (hasMultiples ? 1 : 0);
        return new PartLoad(
            methods.Sum(method => method.DeviceIlBytes) + (tables * TableIl) + (arrays * FieldIl) + (count * 5) + 1 + margin,
            methods.Sum(method => method.SignatureBytes) + ((tables + arrays) * FieldSignature) + (tables * sizeof(ushort)) + (2 * LayerSignature));
    }

    /// <summary>The public face without steps.</summary>
    public static IEnumerable<MethodCost> FaceOf(ScheduledProgram whole) => ClassCode.FaceOf(whole.Network, PartIdentity.Whole(whole.ClassName, whole.Names)).Select(AssembledMethod.Of).Select(MethodCost.Of);

    /// <summary>The load with pieces, in millionths of the fuller limit, rounded up.</summary>
    /// <param name="tableBytes">Their tables.</param>
    /// <param name="ilBytes">Their code.</param>
    /// <param name="methods">Methods with weights.</param>
    /// <param name="layers">Layer methods.</param>
    public long With(long tableBytes, long ilBytes, int methods, int layers)
    {
        long data = fixedData + tableBytes + ((long)methods * MethodSignature) + ((long)layers * LayerSignature);
        return System.Math.Max(Share(fixedIl + ilBytes, AssemblyLimits.IlBytes), Share(data, AssemblyLimits.DataBytes));
    }

    private static int Initialiser(Expression array) => IlAssembler.Assemble(new Method(
        "", ValueArray<Argument>.Empty, ValueArray.Of(new Field("", array, ValueArray<string>.Empty).Initialiser), ValueArray<string>.Empty)).DeviceBytes - 1;

    private static long Share(long used, long limit) => ((used * Full) + limit - 1) / limit;
}
