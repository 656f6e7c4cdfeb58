using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.Diagnostics;
using AdapterCompiler.Targets;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Dense;

/// <summary>Where the inputs of one method are: those that are read most in the first locals, then other locals, then arguments, then in the array.</summary>
internal sealed class InputVariables
{
    private const int MostLocals = DeviceLimits.Locals - 65;
    private const int MostArguments = AssemblyLimits.VariablesAsArguments;
    private static readonly Local Array = new("a", IlType.Bytes);

    private readonly SortedDictionary<int, Expression> places = [];
    private readonly List<int> loaded = [];
    private readonly DenseStep step;
    private readonly IlType type;

    /// <summary>Places for the inputs that statements read.</summary>
    /// <param name="step">Whose inputs they are.</param>
    /// <param name="type">Of the variables.</param>
    /// <param name="statements">They read each input as <see cref="Draft"/>.</param>
    /// <param name="readsOnceDirectly">What is read just once is read from the array.</param>
    public InputVariables(DenseStep step, IlType type, IReadOnlyList<Statement> statements, bool readsOnceDirectly)
    {
        (this.step, this.type) = (step, type);
        var drafts = Enumerable.Range(0, step.Inputs.Count).ToDictionary(i => Draft(i, type).Name, i => i, StringComparer.Ordinal);
        int[] reads = new int[step.Inputs.Count], firsts = new int[step.Inputs.Count];
        foreach (Statement statement in statements)
        {
            bool first = true;
            foreach (Expression leaf in Leaves.Of(statement))
            {
                if (leaf is Local local && drafts.TryGetValue(local.Name, out int input))
                {
                    reads[input]++;
                    firsts[input] += first ? 1 : 0;
                }

                first = false;
            }
        }

        HasReadsOfOne = reads.Contains(1);
        int locals = 0, arguments = 0;
        // A local that only ever begins statements would be kept on the evaluation stack by the C# compiler; an argument is not.
        foreach (int input in Enumerable.Range(0, reads.Length).Where(i => reads[i] > 0).OrderBy(i => firsts[i] < reads[i]).ThenByDescending(i => reads[i]))
        {
            bool beginsOnly = firsts[input] == reads[input];
            if (readsOnceDirectly && reads[input] == 1 && !beginsOnly)
                places.Add(input, Direct(input));
            else if (locals < MostLocals && !beginsOnly)
                Add(input, new Local(Name(input), type), ref locals);
            else if (arguments < MostArguments)
                Add(input, new Argument(Name(input), arguments, type, IsVariable: true), ref arguments);
            else if (beginsOnly)
                Fits = false;
            else
                places.Add(input, Direct(input));
        }
    }

    /// <summary>False where too many inputs need an argument.</summary>
    public bool Fits { get; } = true;

    /// <summary>Some input is read just once.</summary>
    public bool HasReadsOfOne { get; }

    /// <summary>Some input is read from the array where it is used.</summary>
    public bool ReadsDirectly => places.Values.Any(place => place is not Local and not Argument);

    /// <summary>Locals taken.</summary>
    public int Locals => places.Values.OfType<Local>().Count();

    /// <summary>The arguments among the variables; the caller passes 0.</summary>
    public ValueArray<Argument> Arguments => places.Values.OfType<Argument>().OrderBy(argument => argument.Index).ToValueArray();

    /// <summary>Stands for an input while it has no place.</summary>
    public static Local Draft(int input, IlType type) => new(Name(input), type);

    /// <summary>Where an input is; an input without a place, which only a step that does not fit has, stays a draft.</summary>
    public Expression Of(int input) => places.TryGetValue(input, out Expression? place) ? place : Draft(input, type);

    /// <summary>Loads the variables.</summary>
    /// <param name="codes">The array's field.</param>
    public IEnumerable<Statement> Loads(StaticField codes)
    {
        if (places.Count > 0)
            yield return new Assign(Array, codes, Declares: true);
        foreach (int input in loaded)
            yield return new Assign(places[input], Direct(input), Declares: places[input] is Local);
    }

    /// <summary>The local of the array, for who writes to it too; null where nothing is read.</summary>
    public Local? ArrayLocal => places.Count > 0 ? Array : null;

    private static string Name(int input) => "x" + Wording.Number(input);

    private void Add(int input, Expression variable, ref int count)
    {
        places.Add(input, variable);
        loaded.Add(input);
        count++;
    }

    private Expression Direct(int input)
    {
        Expression code = Array.At(step.InputAt(input));
        return type == IlType.Long ? new Conversion(code, IlType.Long) : code;
    }
}
