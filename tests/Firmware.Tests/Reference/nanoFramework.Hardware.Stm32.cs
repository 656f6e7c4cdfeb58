// Reference only, for tests: the members of the package nanoFramework.Hardware.Stm32 1.10.37 that the firmware projects here use, declared anew.
// The build machines' feed does not have the package. Nothing here runs.
namespace nanoFramework.Hardware.Stm32
{
    public static class Utilities
    {
        public static uint DeviceId
        {
            get { return 0; }
        }

        public static uint DeviceRevisionId
        {
            get { return 0; }
        }
    }
}
