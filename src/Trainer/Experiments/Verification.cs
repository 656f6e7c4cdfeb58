using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>The test slices, classified twice with integers.</summary>
/// <param name="Slices">Slices of all tasks.</param>
/// <param name="Equal">Of them, those where interpreter and generated code agree on every logit of every task.</param>
/// <param name="Interpreter">What the interpreter answers, per task and slice.</param>
/// <param name="Generated">What the generated code answers.</param>
internal sealed record Verification(int Slices, int Equal, int[][] Interpreter, int[][] Generated)
{
    /// <summary>Runs every test slice of every task through both, all tasks switched on.</summary>
    /// <param name="network">For the interpreter.</param>
    /// <param name="deployment">The generated code.</param>
    /// <param name="tasks">In the network's order.</param>
    /// <param name="first">Which of the network's tasks the first of them is.</param>
    /// <param name="progress">Told after every slice: done, total; or null.</param>
    public static Verification Run(Network network, Deployment deployment, IReadOnlyList<TaskData> tasks, Action<int, int>? progress = null, int first = 0)
    {
        (int Task, int Slice)[] work = [.. tasks.SelectMany((task, k) => Enumerable.Range(0, task.Test.Count).Select(i => (k, i)))];
        int all = (1 << network.Tasks.Count) - 1, equal = 0, done = 0;
        int[][] interpreted = [.. tasks.Select(task => new int[task.Test.Count])], generated = [.. tasks.Select(task => new int[task.Test.Count])];
        var oneAtATime = new Lock();

        // The generated class is static: a thread needs a copy of its own.
        Parallel.ForEach(work, deployment.Load, (item, _, model) =>
        {
            byte[] codes = tasks[item.Task].Test.Codes[item.Slice];
            Inference expected = FixedPointInterpreter.Run(network, codes, all);
            bool ran = model.Run(codes, all);
            bool same = ran && Enumerable.Range(0, network.Tasks.Count).All(k => model.Logits(k).AsSpan().SequenceEqual(expected.Logits[k]));
            interpreted[item.Task][item.Slice] = expected.Class(first + item.Task);
            generated[item.Task][item.Slice] = model.Class(first + item.Task);
            lock (oneAtATime)
            {
                equal += same ? 1 : 0;
                progress?.Invoke(++done, work.Length);
            }

            return model;
        }, _ => { });
        return new Verification(work.Length, equal, interpreted, generated);
    }
}
