using System;
using System.Threading;
using nanoFramework.Hardware.Stm32;

namespace Firmware
{
    /// <summary>Recorded clips, classified on an STM32 board.</summary>
    public static class Program
    {
        /// <summary>Runs once and then sleeps.</summary>
        public static void Main()
        {
            Console.WriteLine("STM32: device " + Utilities.DeviceId.ToString("X4") + ", revision " + Utilities.DeviceRevisionId.ToString("X4"));
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
