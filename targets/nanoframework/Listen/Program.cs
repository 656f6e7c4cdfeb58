using System;

namespace Firmware
{
    /// <summary>A microphone, classified on an ESP32.</summary>
    public static class Program
    {
        private const int DecisionsBetweenHeaps = 20;

        /// <summary>Never returns.</summary>
        public static void Main()
        {
            var microphone = new I2sMicrophone();
            while (true)
            {
                // A collection runs first: what is left is what the program holds.
                Console.WriteLine("managed heap: " + nanoFramework.Runtime.Native.GC.Run(false).ToString() + " bytes free");
                Listener.Run(microphone, DecisionsBetweenHeaps);
            }
        }
    }
}
