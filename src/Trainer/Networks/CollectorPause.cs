using System;
using System.Runtime;
using System.Threading;

namespace AdapterCompiler.Trainer.Networks;

/// <summary>
/// Keeps the garbage collector out while Torch works. TorchSharp turns every number in an expression such as <c>a * 2</c> or <c>a + b</c> (which scales b by 1) into a
/// Scalar whose finaliser frees native memory, passes its bare pointer to native code, and does not keep it alive during the call. A collection at that
/// moment frees the number while Torch reads it: wrong results, or the error "Expected false to be true … toFloat", seen about once in ten thousand steps on a busy
/// machine. Nothing that the caller holds helps, since some of these numbers are made inside TorchSharp.
/// </summary>
/// <remarks>
/// A region without collections should begin with a full one. To have that once in many steps, the region outlives its pause: it stays open over many steps, and is renewed at the beginning of a
/// pause that finds less than <see cref="Reserve"/> of its budget left. Inside a pause nothing differs from a region of its own: no collection until
/// <see cref="Reserve"/> bytes are allocated. Pauses nest and may overlap on several threads; renewals happen between them. Together with non-concurrent collection (Trainer.csproj).
/// </remarks>
internal static class CollectorPause
{
    /// <summary>Managed bytes that a pause can allocate; past it the runtime may end the region by itself.</summary>
    public const long Reserve = 64 << 20;

    /// <summary>Managed bytes that a region can allocate.</summary>
    public const long Budget = 192 << 20;

    private static readonly Lock Gate = new();
    private static int depth;
    private static long begun;

    /// <summary>Begins a pause; disposing ends it.</summary>
    public static Pause Begin()
    {
        lock (Gate)
        {
            if (depth++ == 0)
                Renew();
        }

        return default;
    }

    private static void Renew()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            if (GC.GetTotalAllocatedBytes() - begun < Budget - Reserve)
                return;
            GC.EndNoGCRegion();
        }

        // The runtime would skip it as long as it finds fresh memory, and dead tensors would keep theirs.
        GC.Collect();
        GC.TryStartNoGCRegion(Budget);
        begun = GC.GetTotalAllocatedBytes();
    }

    private static void End()
    {
        lock (Gate)
            depth--;
    }

    /// <summary>A pause under way.</summary>
    public readonly ref struct Pause : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => End();
    }
}
