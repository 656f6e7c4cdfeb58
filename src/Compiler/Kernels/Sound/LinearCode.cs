using System;
using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Backends.NanoClr;
using AdapterCompiler.FrontEnds.Transform;
using AdapterCompiler.Trees;

namespace AdapterCompiler.Kernels.Sound;

/// <summary>
/// A <see cref="LinearProgram"/> as statements on longs: what is read once is nested into the expression that reads it, the rest has a variable
/// as long as it is needed.
/// </summary>
internal sealed class LinearCode
{
    /// <summary>A literal of 32 bits costs a conversion each time; from so many uses on a variable is cheaper.</summary>
    private const int UsesOfVariable = 3;

    private readonly LinearProgram program;
    private readonly VariablePool pool;
    private readonly Func<int, Expression> input;
    private readonly List<Statement> body;
    private readonly OffsetSteps offsets;
    private readonly Expression offset;
    private readonly bool waitsForFew;
    private readonly Expression?[] variables;
    private readonly int[] uses;
    private readonly Dictionary<long, int> constantUses = [];
    private readonly Dictionary<long, Expression> constants = [];
    private readonly List<Expression> free = [];

    /// <summary>Prepares a program.</summary>
    /// <param name="program">What to compute.</param>
    /// <param name="pool">Where its variables come from.</param>
    /// <param name="input">The value of an input, for a single use; its variable is free afterwards.</param>
    /// <param name="body">Where statements go.</param>
    /// <param name="offset">What every imaginary part is more by, a long.</param>
    /// <param name="waitsForFew">
    /// What a later block reads is computed in its own block even if it is read once: that takes a variable and a store each, but what it was computed from does not wait.
    /// </param>
    public LinearCode(LinearProgram program, VariablePool pool, Func<int, Expression> input, List<Statement> body, Expression offset, bool waitsForFew)
    {
        this.waitsForFew = waitsForFew;
        offsets = new OffsetSteps(program);
        this.offset = offset;
        this.program = program;
        this.pool = pool;
        this.input = input;
        this.body = body;
        variables = new Expression?[program.Steps.Count];
        uses = new int[program.Steps.Count];
        foreach (LinearStep step in program.Steps)
        {
            if (step.Operation == LinearOperation.Product)
                constantUses[step.Constant] = constantUses.TryGetValue(step.Constant, out int before) ? before + 1 : 1;
            if (step.Operation != LinearOperation.Input)
                uses[step.Left]++;
            if (step.Operation is LinearOperation.Sum or LinearOperation.Difference)
                uses[step.Right]++;
        }

        foreach (int output in program.Outputs)
            uses[output]++;

        // An input that is a variable already is read from there.
        for (int i = 0; i < variables.Length; i++)
        {
            if (program.Steps[i].Operation == LinearOperation.Input && offsets.AtStep(i) == 0 && input(program.Steps[i].Left) is Argument { IsVariable: true } argument)
                variables[i] = argument;
        }
    }

    /// <summary>Writes the steps; hands out the outputs pair by pair as soon as both are there.</summary>
    /// <param name="pair">Told the number of a pair of outputs and its two values, to be read once, at once.</param>
    public void Emit(Action<int, Expression, Expression> pair)
    {
        ILookup<int, int> due = Enumerable.Range(0, program.Outputs.Count / 2)
            .ToLookup(i => Math.Max(program.Outputs[2 * i], program.Outputs[(2 * i) + 1]));
        bool[] isShared = SharedBetweenBlocks();
        for (int i = 0; i < program.Steps.Count; i++)
        {
            if (isShared[i] && (waitsForFew || uses[i] > 1) && variables[i] is null && program.Steps[i].Operation != LinearOperation.Product)
            {
                Expression value = Value(i);
                Release();
                body.Add(new Assign(variables[i] = pool.Take(), value));
            }

            foreach (int output in due[i])
                pair(output, Moved(offsets.AtOutput(2 * output), Read(program.Outputs[2 * output])), Moved(offsets.AtOutput((2 * output) + 1), Read(program.Outputs[(2 * output) + 1])));
        }
    }

    // Steps that a later block reads; the others are nested where they are needed first.
    private bool[] SharedBetweenBlocks()
    {
        var isShared = new bool[program.Steps.Count];
        for (int block = 0, i = 0; i < isShared.Length; i++)
        {
            while (block + 1 < program.Blocks.Count && program.Blocks[block + 1] <= i)
                block++;
            LinearStep step = program.Steps[i];
            if (step.Operation == LinearOperation.Input)
                continue;
            isShared[step.Left] |= step.Left < program.Blocks[block];
            if (step.Operation != LinearOperation.Product)
                isShared[step.Right] |= step.Right < program.Blocks[block];
        }

        return isShared;
    }

    /// <summary>Variables that the expressions handed out read for the last time may be written again.</summary>
    public void Release()
    {
        foreach (Expression variable in free)
            pool.Free(variable);
        free.Clear();
    }

    private Expression Read(int step)
    {
        if (variables[step] is { } variable)
        {
            if (--uses[step] == 0)
                free.Add(variable);
            return variable;
        }

        if (uses[step] == 1)
            return Value(step);
        Expression value = Value(step);
        uses[step]--;
        return new Kept(variables[step] = pool.Take(), value);
    }

    private Expression Value(int number)
    {
        LinearStep step = program.Steps[number];
        return Moved(offsets.AtStep(number), step.Operation switch
        {
            LinearOperation.Input => Input(step.Left),
            LinearOperation.Sum => Read(step.Left).Plus(Read(step.Right)),
            LinearOperation.Difference => Read(step.Left).Minus(Read(step.Right)),
            _ => Read(step.Left).Times(Constant(step.Constant)),
        });
    }

    private Expression Moved(int times, Expression value)
    {
        for (; times > 0; times--)
            value = value.Plus(offset);
        for (; times < 0; times++)
            value = value.Minus(offset);
        return value;
    }

    private Expression Input(int number)
    {
        Expression value = input(number);
        free.AddRange(Leaves.Of(value).OfType<Argument>().Where(argument => argument.IsVariable));
        return value;
    }

    private Expression Constant(long value)
    {
        int left = constantUses[value]--;
        if (constants.TryGetValue(value, out Expression? variable))
        {
            if (left == 1)
            {
                free.Add(variable);
                constants.Remove(value);
            }

            return variable;
        }

        if (left < UsesOfVariable)
            return Expressions.Long(value);
        // Before the statement that is being built: nothing that it reads is free yet.
        variable = pool.Take();
        body.Add(new Assign(variable, Expressions.Long(value)));
        constants.Add(value, variable);
        return variable;
    }
}
