// Reference only, for tests: the member of the package nanoFramework.Runtime.Native 1.7.11 that the firmware projects here use, declared anew.
// The build machines' feed does not have the package. Nothing here runs.
namespace nanoFramework.Runtime.Native
{
    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            return 0;
        }
    }
}
