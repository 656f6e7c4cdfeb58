using System;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace Firmware
{
    /// <summary>Recorded clips, classified on an ESP32.</summary>
    public static class Program
    {
        /// <summary>Runs once and then sleeps.</summary>
        public static void Main()
        {
            uint total, free, largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out total, out free, out largest);
            Console.WriteLine("ESP32: " + free.ToString() + " of " + total.ToString() + " bytes of native memory free");
            WriteHeap("before");
            ClipClassifier.Run();
            WriteHeap("after");
            Thread.Sleep(Timeout.Infinite);
        }

        // A collection runs first: what is left is what the program holds.
        private static void WriteHeap(string when)
        {
            Console.WriteLine("managed heap " + when + ": " + nanoFramework.Runtime.Native.GC.Run(false).ToString() + " bytes free");
        }
    }
}
