using System;

namespace Firmware
{
    /// <summary>Hears a microphone, and writes a line for every decision. Needs nothing but the class library: a board, or the desktop with recorded sound.</summary>
    public static class Listener
    {
        private const int SampleRate = 16000;
        private const int Bits = 16;

        // A microphone that was just given a clock is silent for a quarter of a second, and settles after that.
        private const int SettlingSamples = SampleRate / 4;

        // Samples of 16 ms. Allocated once.
        private static readonly byte[] raw = new byte[512];

        /// <summary>Hears and decides.</summary>
        /// <param name="microphone">Where samples come from.</param>
        /// <param name="decisions">After how many decisions to return; 0 for never.</param>
        public static void Run(IMicrophone microphone, int decisions)
        {
            Skip(microphone, SettlingSamples);
            if (Skip(microphone, SettlingSamples) == 0)
                Console.WriteLine("The microphone gives one and the same value: see docs/wiring.md, L/R pin and data line.");
            long samples = 0, before = 0, busy = 0;
            for (int made = 0; decisions == 0 || made < decisions;)
            {
                microphone.Read(raw);
                samples += raw.Length / 2;
                long start = DateTime.UtcNow.Ticks;
                AudioModel.Push(raw, 0, raw.Length, Bits, 1, 0);
                bool isDecided = AudioModel.Run(AudioModel.AllTasks);
                long took = DateTime.UtcNow.Ticks - start;
                busy += took;
                if (!isDecided)
                    continue;
                Write(samples, (int)(busy * 100 / ((samples - before) * TimeSpan.TicksPerSecond / SampleRate)));
                made++;
                before = samples;
                busy = 0;
                // Sound was lost meanwhile: better to begin anew than to decide on what does not hang together.
                if (took > microphone.WaitingSamples * TimeSpan.TicksPerSecond / SampleRate)
                {
                    Skip(microphone, microphone.WaitingSamples);
                    AudioModel.Restart();
                }
            }
        }

        // Bits that differ between samples: 0 where all of them are the same.
        private static int Skip(IMicrophone microphone, int samples)
        {
            int differ = 0;
            for (int skipped = 0; skipped < samples; skipped += raw.Length / 2)
            {
                microphone.Read(raw);
                for (int i = 2; i < raw.Length; i++)
                    differ |= raw[i] ^ raw[i - 2];
            }

            return differ;
        }

        // How far a label is ahead of the next one is in units of the logits; what one is worth is in the first lines of AudioModel.g.cs.
        private static void Write(long samples, int percent)
        {
            long hundredths = samples * 100 / SampleRate;
            Console.WriteLine((hundredths / 100).ToString() + "." + (hundredths % 100).ToString("D2") + " s"
                + "  pitch: \"" + AudioModel.PitchLabel + "\" +" + Lead(AudioModel.PitchLogits).ToString()
                + "  timbre: \"" + AudioModel.TimbreLabel + "\" +" + Lead(AudioModel.TimbreLogits).ToString()
                + "  chirp: \"" + AudioModel.ChirpLabel + "\" +" + Lead(AudioModel.ChirpLogits).ToString()
                + "  real-time factor " + (percent / 100).ToString() + "." + (percent % 100).ToString("D2")
                + (AudioModel.Dropped == 0 ? "" : ", " + AudioModel.Dropped.ToString() + " samples dropped"));
        }

        private static int Lead(int[] logits)
        {
            int best = int.MinValue, second = int.MinValue;
            for (int i = 0; i < logits.Length; i++)
            {
                if (logits[i] > best)
                {
                    second = best;
                    best = logits[i];
                }
                else if (logits[i] > second)
                {
                    second = logits[i];
                }
            }

            return best - second;
        }
    }
}
