namespace Firmware
{
    /// <summary>The part of the self-test that needs a package: how much of the managed heap is free.</summary>
    public static partial class QuickstartModelSelfTest
    {
        static partial void MeasureFreeHeap(ref int bytes)
        {
            bytes = (int)nanoFramework.Runtime.Native.GC.Run(false);
        }
    }
}
