#pragma warning disable MA0011
using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using AdapterCompiler.Audio;

using AdapterCompiler.Trainer.Data.BuiltIn;
using AdapterCompiler.Trainer.Networks;
using AdapterCompiler.Trainer.Training;

namespace AdapterCompiler.Trainer;

internal static class Program
{
    private static int Main(string[] args)
    {
        double D(string n, double d) { int i = Array.IndexOf(args, "--" + n); return i < 0 ? d : double.Parse(args[i + 1], CultureInfo.InvariantCulture); }
        TorchSharp.torch.set_num_threads((int)D("threads", 2));
        var w = Stopwatch.StartNew();
        var fe = new LogMelFrontEnd();
        var tasks = BuiltInCorpus.Generate(1, (int)D("train", 2000), 300, 400, s => fe.Codes(s), null);
        Console.WriteLine($"data {w.Elapsed.TotalSeconds:F1}s " + string.Join(" ", tasks.Select(t => $"{t.Name} {t.Labels.Count} {t.Train.Count}/{t.Validation.Count}/{t.Test.Count}")));
        int[] ch = (args.SkipWhile(a => a != "--channels").Skip(1).FirstOrDefault() ?? "6,12,24,48,96").Split(',').Select(int.Parse).ToArray();
        foreach (bool adapters in new[] { false, true })
        {
            if (D("only", -1) == (adapters ? 0 : 1)) continue;
            var shape = new NetworkShape(FrontEnd.DefaultInput, ch.ToValueArray(), adapters ? (decimal)D("alpha", 0.2) : null, tasks.Select(t => new TaskShape(t.Name, t.Labels.Count)).ToValueArray());
            var opt = new TrainingOptions((int)D("steps", 100), (int)D("batch", 96), (int)D("seed", 1), D("lambda", 1e-3), D("flops", 0) > 0 ? CostMeasure.Flops : CostMeasure.Parameters, D("lr", 1e-3), D("augment", 1) > 0);
            using var s = new TrainingSession(shape, tasks, opt);
            w.Restart();
            while (!s.Finished)
            {
                var r = s.RunStep();
                if (r.Step % Math.Max(1, opt.Steps / 12) == 0) Console.WriteLine($"{r.Step} {w.Elapsed.TotalSeconds:F1}s loss {r.Loss:F3} acc {string.Join(" ", r.Accuracy.Select(a => a.ToString("F2")))} gate {r.MeanGate:F3} best {s.BestAccuracy:F3}");
            }
            s.UseBest();
            Console.WriteLine($"adapters {adapters} {w.Elapsed.TotalSeconds:F1}s test " + string.Join(" ", Evaluator.Accuracies(s.Network, tasks.Select(t => t.Test).ToArray()).Select(a => a.ToString("F3"))) + " mean " + Evaluator.Accuracies(s.Network, tasks.Select(t => t.Test).ToArray()).Average().ToString("F4") + $" eval {w.Elapsed.TotalSeconds:F1}s");
            if (adapters) for (int k = 0; k < tasks.Count; k++) Console.WriteLine(tasks[k].Name + " " + string.Join(" ", s.Network.OpenGates(k).Select(g => g.Count(x => x) + "/" + g.Length)));
        }
        return 0;
    }
}
