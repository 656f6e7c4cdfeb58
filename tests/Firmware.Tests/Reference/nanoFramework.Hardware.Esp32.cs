// Reference only, for tests: the members of the package nanoFramework.Hardware.Esp32 1.6.40 that the firmware projects here use, declared anew.
// The build machines' feed does not have the package. Nothing here runs.
namespace nanoFramework.Hardware.Esp32
{
    public class NativeMemory
    {
        public enum MemoryType
        {
            All,
            Internal,
            SpiRam
        }

        public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
        {
            totalSize = totalFreeSize = largestFreeBlock = 0;
        }
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public enum DeviceFunction
    {
        I2S1_BCK,
        I2S1_WS,
        I2S1_MDATA_IN
    }

    public static class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function)
        {
        }
    }
}
