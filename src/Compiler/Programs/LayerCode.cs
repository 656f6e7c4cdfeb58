using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Programs;

/// <summary>The code of one layer, or of the heads.</summary>
/// <param name="Entry">The method that Run calls: kernel calls with every place and shape written out.</param>
/// <param name="Methods">What it calls of this model's own: weights as instructions.</param>
/// <param name="Kernels">Runs of copied kernels.</param>
public sealed record LayerCode(AssembledMethod Entry, ValueArray<AssembledMethod> Methods, ValueArray<KernelRun> Kernels)
{
    /// <summary>The entry takes the caller's codes.</summary>
    public bool TakesCodes => Entry.Method.Parameters.Any(parameter => parameter.Name == "codes");

    /// <summary>The entry takes the tasks.</summary>
    public bool TakesTasks => Entry.Method.Parameters.Any(parameter => parameter.Name == "tasks");

    /// <summary>IL bytes of all its methods.</summary>
    public int IlBytes => Entry.Figures.Bytes + Methods.Sum(method => method.Figures.Bytes);

    /// <summary>IL bytes by the tasks that they are for, as far as one is named; 0: the shared encoder, and what serves several.</summary>
    public ValueArray<AskedCost> Bytes => Summed(ByTask(method => method.Figures.Instructions.Select(instruction => new AskedCost(instruction.Asked, instruction.Bytes))));

    /// <summary>Weighted instructions of one run by the tasks that they need, calls included.</summary>
    public ValueArray<AskedCost> Costs => Summed(ByTask(method => method.Figures.Costs.Prepend(new AskedCost(0, method.Figures.CallCost)))
        .Concat(Kernels.Select(run => new AskedCost(run.Asked, run.Weighted))));

    // What a method does for all depends on when it is called.
    private IEnumerable<AskedCost> ByTask(System.Func<AssembledMethod, IEnumerable<AskedCost>> of)
    {
        Dictionary<string, int> callers = Guards(Entry.Method.Body, 0)
            .GroupBy(call => call.Name, System.StringComparer.Ordinal)
            .ToDictionary(calls => calls.Key, calls => calls.First().Asked, System.StringComparer.Ordinal);
        return of(Entry).Concat(Methods.SelectMany(method => of(method).Select(cost => cost with { Asked = cost.Asked == 0 ? callers[method.Method.Name] : cost.Asked })));
    }

    private static IEnumerable<(string Name, int Asked)> Guards(IEnumerable<Statement> body, int asked) => body.SelectMany(statement => statement switch
    {
        Call call => [(call.Method, asked)],
        IfAsked guard => Guards(guard.Body, guard.Mask),
        _ => Enumerable.Empty<(string, int)>(),
    });

    private static ValueArray<AskedCost> Summed(IEnumerable<AskedCost> costs) => costs
        .GroupBy(cost => cost.Asked)
        .OrderBy(group => group.Key)
        .Select(group => new AskedCost(group.Key, group.Sum(cost => cost.Weighted)))
        .ToValueArray();
}

/// <summary>A call of a copied kernel.</summary>
/// <param name="Section">Its marked section (<see cref="Kernels.Copied.CopiedSection"/>).</param>
/// <param name="Asked">Bits of the tasks of which one must be asked for; 0: always.</param>
/// <param name="Weighted">Weighted instructions of the call and all that it executes.</param>
public sealed record KernelRun(string Section, int Asked, long Weighted);
