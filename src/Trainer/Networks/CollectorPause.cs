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
/// <remarks>Pauses nest and may overlap on several threads. Collections happen between them. Together with non-concurrent collection (Trainer.csproj).</remarks>
internal static class CollectorPause
{
    /// <summary>Managed bytes that can be allocated during a pause; past it the runtime ends the pause by itself.</summary>
    private const long Budget = 64 << 20;

    private static readonly Lock Gate = new();
    private static int depth;

    /// <summary>Begins a pause; disposing ends it.</summary>
    public static Pause Begin()
    {
        lock (Gate)
        {
            if (depth++ == 0)
                GC.TryStartNoGCRegion(Budget);
        }

        return default;
    }

    private static void End()
    {
        lock (Gate)
        {
            if (--depth == 0 && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }

    /// <summary>A pause under way.</summary>
    public readonly ref struct Pause : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => End();
    }
}
