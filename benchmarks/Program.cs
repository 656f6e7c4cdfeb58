using System;
using AdapterCompiler.Benchmarks.Measuring;

namespace AdapterCompiler.Benchmarks;

internal static class Program
{
    private static void Main(string[] args)
    {
        foreach (BenchmarkCase c in BenchmarkCase.All())
        {
            ModelResult r = ModelMeter.Measure(c);
            Console.WriteLine(FormattableString.Invariant($"{c.Name}: {r.PerMac:0.00} pred {r.Predicted} counted {r.All.Weighted} parts {r.OnDevice.Parts} {string.Join(",", r.OnDevice.Refused)}"));
            foreach (BaselineResult b in r.Baselines)
                Console.WriteLine(FormattableString.Invariant($"   {b.Name} {(double)b.Counted.Weighted / r.Macs:0.0} diff {b.Difference} ram {b.RamBytes} il {b.IlBytes}"));
        }
    }
}
