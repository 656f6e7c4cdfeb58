using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Checking.Reading;
using AdapterCompiler.Checking.Sizes;
using AdapterCompiler.Targets;
using static AdapterCompiler.Text.TextTable;

namespace AdapterCompiler.Checking.Rules;

/// <summary>What one assembly may hold.</summary>
internal static class LimitRules
{
    public static IEnumerable<Finding> Check(CheckedAssembly assembly, AssemblyFigures figures, DeviceProfile? device)
    {
        if (figures.IlBytes > DeviceLimits.IlBytes)
            yield return CheckCatalogue.IlBytes.At("", null, Number(figures.IlBytes), Number(DeviceLimits.IlBytes), Largest(assembly));

        foreach (ArrayInitialiser array in ArrayInitialiser.Of(assembly).Where(array => array.Data.Length > DeviceLimits.ArrayInitialiserBytes))
            yield return CheckCatalogue.OneArrayBytes.At(array.Field, null, Number(array.Data.Length), Number(DeviceLimits.ArrayInitialiserBytes));
        int together = figures.ArrayBytes + figures.SignatureBytes;
        if (together > DeviceLimits.ArrayInitialiserBytes)
            yield return CheckCatalogue.ArrayBytes.At("", null, Number(together), Number(DeviceLimits.ArrayInitialiserBytes));

        if (figures.StringBytes > DeviceLimits.StringBytes)
            yield return CheckCatalogue.StringBytes.At("", null, Number(figures.StringBytes), Number(DeviceLimits.StringBytes));
        if (device?.FlashBytes is { } flash && figures.FlashBytes > flash)
            yield return CheckCatalogue.Flash.At("", null, Number(figures.FlashBytes), Number(flash), device.Name);
    }

    private static string Largest(CheckedAssembly assembly)
    {
        MethodCode largest = assembly.Methods.MaxBy(method => method.DeviceBytes)!;
        return largest.Display + " with " + Number(largest.DeviceBytes);
    }
}
