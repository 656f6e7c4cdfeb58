using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>One method: some blocks of a step, behind the loads of what they read.</summary>
internal sealed class DenseTile(DenseStep step, IlType inputType, IReadOnlyList<IDenseBlock> blocks, StaticField codes, StaticField target)
{
    // Locals of a method besides those of inputs and factors: arrays, sum, constants of three formats.
    private const int OtherLocals = 20;
    private const int MostLocals = DeviceLimits.Locals - 5;
    private static readonly Local Results = new("r", IlType.Void);

    /// <summary>The cheaper of two ways to read what is read once; null where neither fits.</summary>
    public AssembledMethod? Lower(string name)
    {
        InputVariables variables = Variables(readsOnceDirectly: false);
        AssembledMethod? loaded = Assembled(name, variables);
        AssembledMethod? direct = variables.HasReadsOfOne ? Assembled(name, Variables(readsOnceDirectly: true)) : null;
        return direct is null || (loaded is not null && Cost(loaded) <= Cost(direct)) ? loaded : direct;
    }

    /// <summary>What the caller pays too: it passes 0 for each argument.</summary>
    private long Cost(AssembledMethod method) => method.Figures.WeightedCost
        + (method.Figures.Arguments * (OpcodeCost.For("ldc.i4.0") + (inputType == IlType.Long ? OpcodeCost.For("conv.i8") : 0)));

    private InputVariables Variables(bool readsOnceDirectly)
    {
        var writer = new DenseWriter(Results with { Type = target.Type }, step.OutputAt, input => InputVariables.Draft(input, inputType), new Dictionary<long, Local>());
        return new InputVariables(step, inputType, [.. blocks.SelectMany(block => block.Statements(writer))], readsOnceDirectly);
    }

    private AssembledMethod? Assembled(string name, InputVariables variables)
    {
        if (!variables.Fits)
            return null;
        // One local serves both arrays where they are the same, unless it is read in the midst of expressions: then the results' own can stay on the stack.
        bool sharesArray = codes == target && !variables.ReadsDirectly && variables.ArrayLocal is not null;
        Local results = sharesArray ? variables.ArrayLocal! : Results with { Type = target.Type };
        var writer = new DenseWriter(results, step.OutputAt, variables.Of, Factors(MostLocals - OtherLocals - variables.Locals));
        Statement[] outputs = [.. blocks.SelectMany(block => block.Statements(writer))];
        var body = new List<Statement>();
        body.AddRange(writer.SumDeclaration);
        body.AddRange(writer.ConstantDeclarations);
        body.AddRange(variables.Loads(codes));
        if (!sharesArray)
            body.Add(new Assign(results, target, Declares: true));
        body.AddRange(outputs);
        var method = new Method(name, variables.Arguments, body.ToValueArray(), ValueArray<string>.Empty);
        MethodFigures figures = IlAssembler.Assemble(method);
        return figures.Bytes <= AssemblyLimits.BytesOfMethod && figures.Locals <= MostLocals && figures.StackDepth < DeviceLimits.EvaluationStack
            ? new AssembledMethod(method, figures)
            : null;
    }

    /// <summary>Constants that are used so often that a local saves more than it costs, the best first.</summary>
    private Dictionary<long, Local> Factors(int most)
    {
        int load = OpcodeCost.For("ldloc.s", OperandKind.Int64), keep = OpcodeCost.For("stloc.s", OperandKind.Int64) + OpcodeCost.PerDeclaredLocal;
        return blocks.SelectMany(block => block.Factors)
            .GroupBy(factor => factor)
            .Where(uses => uses.Key != 1)
            .Select(uses => (Factor: uses.Key, Saved: (uses.Count() * (LaneGroup.Cost(uses.Key) - load)) - LaneGroup.Cost(uses.Key) - keep))
            .Where(factor => factor.Saved > 0)
            .OrderByDescending(factor => factor.Saved).ThenBy(factor => factor.Factor)
            .Take(Math.Max(0, most))
            .Select((factor, i) => (factor.Factor, Local: new Local("w" + Wording.Number(i), IlType.Long)))
            .ToDictionary(factor => factor.Factor, factor => factor.Local);
    }
}
