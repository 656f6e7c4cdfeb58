using System;
using System.Device.I2s;
using nanoFramework.Hardware.Esp32;

namespace Firmware
{
    /// <summary>A microphone with an I2S bus, such as the INMP441, on an ESP32: wiring in docs/wiring.md.</summary>
    public sealed class I2sMicrophone : IMicrophone
    {
        private const int SampleRate = 16000;
        private const int BitClockPin = 26;
        private const int WordSelectPin = 25;
        private const int DataPin = 33;

        // Half a second of sound waits in native memory while the network runs. The driver counts four bytes a sample, and takes eight.
        private const int Waiting = 8192;

        private readonly I2sDevice device;

        /// <summary>Starts listening.</summary>
        public I2sMicrophone()
        {
            Configuration.SetPinFunction(BitClockPin, DeviceFunction.I2S1_BCK);
            Configuration.SetPinFunction(WordSelectPin, DeviceFunction.I2S1_WS);
            Configuration.SetPinFunction(DataPin, DeviceFunction.I2S1_MDATA_IN);
            // The microphone sends 24 bits in 32; the driver hands out the highest 16 of them where it is asked for 16.
            device = new I2sDevice(new I2sConnectionSettings(1)
            {
                Mode = I2sMode.Master | I2sMode.Rx,
                CommunicationFormat = I2sCommunicationFormat.I2S,
                ChannelFormat = I2sChannelFormat.OnlyLeft,
                BitsPerSample = I2sBitsPerSample.Bit16,
                SampleRate = SampleRate,
                BufferSize = 4 * Waiting
            });
        }

        /// <inheritdoc/>
        public int WaitingSamples
        {
            get { return Waiting; }
        }

        /// <inheritdoc/>
        public void Read(byte[] buffer)
        {
            device.Read(new SpanByte(buffer));
        }
    }
}
