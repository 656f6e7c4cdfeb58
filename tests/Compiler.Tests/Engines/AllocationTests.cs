using System;
using System.Linq;
using AdapterCompiler.Hosting;
using AdapterCompiler.Testing;
using Xunit;

namespace AdapterCompiler.Tests.Engines;

public sealed class AllocationTests
{
    [Fact]
    public void A_thousand_runs_allocate_nothing()
    {
        GeneratedCase[] cases = [.. Enumerable.Range(20_000, 5).Select(GeneratedCase.Create)];
        var batch = new GeneratedBatch(cases);
        foreach (GeneratedCase c in cases)
        {
            HostedModel model = batch.Model(c);
            byte[] codes = RandomInputs.For(c.Network.Input, c.Seed).Last();
            int labels = Use(model, codes, 50);
            long least = long.MaxValue;
            // The runtime may allocate on this thread while it compiles a method anew; what the model allocates, it allocates each time.
            for (int round = 0; round < 3; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                labels += Use(model, codes, 1000);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
            Assert.True(labels > 0);
        }
    }

    [Fact]
    public void Wrong_codes_or_no_task_run_nothing()
    {
        GeneratedCase c = GeneratedCase.Create(20_010);
        HostedModel model = new GeneratedBatch([c]).Model(c);
        int length = c.Network.Input.Frames * c.Network.Input.Bands;
        Assert.False(model.Run(null!, 1));
        Assert.False(model.Run(new byte[length - 1], 1));
        Assert.False(model.Run(new byte[length], 0));
        Assert.False(model.Run(new byte[length], 1 << c.Network.Tasks.Count));
        Assert.All(model.Logits(0), logit => Assert.Equal(0, logit));
    }

    private static int Use(HostedModel model, byte[] codes, int times)
    {
        int labels = 0;
        for (int i = 0; i < times; i++)
        {
            model.Run(codes, -1);
            labels += model.Label(0).Length + model.Class(0);
        }

        return labels;
    }
}
