using System;
using System.Diagnostics;

namespace Quickstart
{
    /// <summary>Classifies one silent window with every task of the quickstart's model and writes what it found.</summary>
    public static class Program
    {
        // Allocated once: the front end of a real program writes each new window into the same array.
        private static readonly byte[] codes = new byte[QuickstartModel.InputLength];

        /// <summary>Runs on a device or on nanoFramework's virtual device.</summary>
        public static void Main()
        {
            if (!QuickstartModel.Run(codes, QuickstartModel.AllTasks))
                return;

            Write("pitch", QuickstartModel.PitchLabel);
            Write("timbre", QuickstartModel.TimbreLabel);
            Write("chirp", QuickstartModel.ChirpLabel);

            // One task runs less code: the shared encoder and its own adapter.
            QuickstartModel.Run(codes, QuickstartModel.Pitch);
            Debug.Assert(QuickstartModel.PitchLabel != null);
        }

        private static void Write(string task, string label)
        {
            Console.WriteLine(task + ": " + label);
        }
    }
}
