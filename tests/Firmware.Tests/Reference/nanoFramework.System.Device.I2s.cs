// Reference only, for tests: the members of the package nanoFramework.System.Device.I2s 1.0.28 that the firmware projects here use, declared anew.
// The build machines' feed does not have the package, whose assembly is System.Device.I2s. Nothing here runs.
namespace System.Device.I2s
{
    [Flags]
    public enum I2sMode
    {
        Master = 1,
        Rx = 8
    }

    public enum I2sCommunicationFormat
    {
        I2S = 1
    }

    public enum I2sChannelFormat
    {
        RightLeft,
        AllRight,
        AllLeft,
        OnlyRight,
        OnlyLeft
    }

    public enum I2sBitsPerSample
    {
        Bit8 = 8,
        Bit16 = 16,
        Bit24 = 24,
        Bit32 = 32
    }

    public sealed class I2sConnectionSettings
    {
        public I2sConnectionSettings(int busId)
        {
            BusId = busId;
        }

        public int BusId { get; set; }

        public I2sMode Mode { get; set; }

        public I2sCommunicationFormat CommunicationFormat { get; set; }

        public I2sChannelFormat ChannelFormat { get; set; }

        public I2sBitsPerSample BitsPerSample { get; set; }

        public int SampleRate { get; set; }

        public int BufferSize { get; set; }
    }

    public class I2sDevice
    {
        public I2sDevice(I2sConnectionSettings settings)
        {
        }

        public void Read(SpanByte buffer)
        {
        }
    }
}
