using System;

namespace Firmware
{
    /// <summary>What the firmware does with a window: replace it with yours.</summary>
    public static class Listener
    {
        // Allocated once: the front end writes each new window into the same array.
        private static readonly byte[] codes = new byte[AudioModel.InputLength];

        /// <summary>Classifies the window and writes what was heard.</summary>
        public static void Hear()
        {
            if (AudioModel.Run(codes, AudioModel.AllTasks))
                Console.WriteLine("pitch: " + AudioModel.PitchLabel + ", chirp: " + AudioModel.ChirpLabel);
        }
    }
}
