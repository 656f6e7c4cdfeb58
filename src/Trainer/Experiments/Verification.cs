using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AdapterCompiler.Hosting;
using AdapterCompiler.Interpreter;
using AdapterCompiler.Model;
using AdapterCompiler.Trainer.Data;

namespace AdapterCompiler.Trainer.Experiments;

/// <summary>The test slices, classified twice with integers.</summary>
/// <param name="Slices">Slices of all tasks.</param>
/// <param name="Equal">Of them, those where interpreter and generated code, and what else is compared, agree on every logit of every task.</param>
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
    /// <param name="logits">A task's logits of a test slice of its own, calculated by someone else; or null.</param>
    public static Verification Run(Network network, Deployment deployment, IReadOnlyList<TaskData> tasks, Action<int, int>? progress = null, int first = 0, Func<int, int, int[]>? logits = null)
    {
        (int Task, int Slice)[] work = [.. tasks.SelectMany((task, k) => Enumerable.Range(0, task.Test.Count).Select(i => (k, i)))];
        int all = (1 << network.Tasks.Count) - 1, equal = 0, done = 0;
        int[][] interpreted = [.. tasks.Select(task => new int[task.Test.Count])], generated = [.. tasks.Select(task => new int[task.Test.Count])];
        var oneAtATime = new Lock();

        // The generated class is static, so a thread needs a copy of its own; and one that lasts, because the runtime compiles every copy anew.
        int threads = Math.Min(Environment.ProcessorCount, work.Length), next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            HostedModel model = deployment.Load();
            for (int at = Interlocked.Increment(ref next); at < work.Length; at = Interlocked.Increment(ref next))
            {
                (int task, int slice) = work[at];
                byte[] codes = tasks[task].Test.Codes[slice];
                Inference expected = FixedPointInterpreter.Run(network, codes, all);
                bool ran = model.Run(codes, all);
                bool same = ran && Enumerable.Range(0, network.Tasks.Count).All(k => model.Logits(k).AsSpan().SequenceEqual(expected.Logits[k]))
                    && (logits is null || logits(task, slice).AsSpan().SequenceEqual(expected.Logits[first + task]));
                interpreted[task][slice] = expected.Class(first + task);
                generated[task][slice] = model.Class(first + task);
                lock (oneAtATime)
                {
                    equal += same ? 1 : 0;
                    progress?.Invoke(++done, work.Length);
                }
            }
        });
        return new Verification(work.Length, equal, interpreted, generated);
    }
}
