namespace AdapterCompiler.Targets;

/// <summary>Limits of the nanoFramework 1.17 interpreter and metadata processor that generated code must keep.</summary>
public static class DeviceLimits
{
    /// <summary>Bytes of all array initialisers of one assembly together. Past it no tool complains: a load error or wrong data.</summary>
    public const int ArrayInitialiserBytes = 65_535;

    /// <summary>Cases of one switch; an 8-bit count in the device's format. Past it no tool complains.</summary>
    public const int SwitchCases = 255;

    /// <summary>The device name that lifts these limits: code for the desktop runtime.</summary>
    public const string Desktop = "desktop";
}
