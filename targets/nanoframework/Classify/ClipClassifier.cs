using System;

namespace Firmware
{
    /// <summary>Classifies recorded clips with every task of the model. Needs nothing but the class library: any board, the virtual device, the desktop.</summary>
    public static class ClipClassifier
    {
        // The window that the front end of a program with a microphone would fill. Allocated once.
        private static readonly byte[] codes = new byte[QuickstartModel.InputLength];

        /// <summary>Writes a line for every clip.</summary>
        public static void Run()
        {
            for (int clip = 0; clip < QuickstartModelClips.Count; clip++)
            {
                QuickstartModelClips.Read(clip, codes);
                long start = DateTime.UtcNow.Ticks;
                QuickstartModel.Run(codes, QuickstartModel.AllTasks);
                int milliseconds = (int)((DateTime.UtcNow.Ticks - start) / TimeSpan.TicksPerMillisecond);
                Console.WriteLine("clip " + (clip + 1).ToString()
                    + "  pitch: \"" + QuickstartModel.PitchLabel
                    + "\"  timbre: \"" + QuickstartModel.TimbreLabel
                    + "\"  chirp: \"" + QuickstartModel.ChirpLabel
                    + "\"  " + milliseconds.ToString() + " ms");
            }
        }
    }
}
