using System;
using System.Linq;
using AdapterCompiler.Trainer.Networks;
using Xunit;

namespace AdapterCompiler.Trainer.Tests.Networks;

[Collection(TorchTests.Name)]
public sealed class CollectorPauseTests
{
    private const int Piece = 1 << 16;

    [Fact]
    public void Nothing_is_collected_in_a_pause_however_many_came_before()
    {
        for (int i = 0; i < 12; i++)
        {
            using CollectorPause.Pause pause = CollectorPause.Begin();
            int before = GC.CollectionCount(0);
            Allocate(CollectorPause.Reserve / 2);
            using (CollectorPause.Begin())
                Allocate(CollectorPause.Reserve / 4);
            Assert.Equal(before, GC.CollectionCount(0));
        }
    }

    [Fact]
    public void Short_pauses_share_a_region()
    {
        using (CollectorPause.Begin())
            Allocate(Piece);
        int before = GC.CollectionCount(0);
        long allocated = GC.GetTotalAllocatedBytes();
        for (int i = 0; i < 100; i++)
        {
            using CollectorPause.Pause pause = CollectorPause.Begin();
            Allocate(Piece);
        }

        // 6.5 MB are a small part of a budget, but tests beside this one allocate from it too. A renewal collects once, and once more where the runtime finds no fresh memory.
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Assert.InRange(GC.CollectionCount(0) - before, 0, 2 * (1 + (allocated / (CollectorPause.Budget - CollectorPause.Reserve))));
    }

    [Fact]
    public void What_is_garbage_before_a_renewal_is_collected_by_it()
    {
        WeakReference garbage = Garbage();
        long allocated = 0;
        while (garbage.IsAlive && allocated < 2 * CollectorPause.Budget)
        {
            using CollectorPause.Pause pause = CollectorPause.Begin();
            Allocate(CollectorPause.Reserve / 4);
            allocated += CollectorPause.Reserve / 4;
        }

        Assert.False(garbage.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Garbage() => new(new byte[Piece]);

    private static void Allocate(long bytes)
    {
        byte[][] pieces = [.. Enumerable.Range(0, (int)(bytes / Piece)).Select(_ => new byte[Piece])];
        GC.KeepAlive(pieces);
    }
}
