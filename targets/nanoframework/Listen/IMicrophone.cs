namespace Firmware
{
    /// <summary>Where samples come from: little-endian, 16 bits, mono, 16,000 a second.</summary>
    public interface IMicrophone
    {
        /// <summary>Samples that wait while nobody reads; what comes then is lost.</summary>
        int WaitingSamples { get; }

        /// <summary>Fills the buffer with the next samples; waits until there are so many.</summary>
        void Read(byte[] buffer);
    }
}
