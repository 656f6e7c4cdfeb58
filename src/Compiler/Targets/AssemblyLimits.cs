namespace AdapterCompiler.Targets;

/// <summary>
/// What a model may take of the device's limits (<see cref="DeviceLimits"/>). Tables and strings share theirs with the rest of the
/// firmware's assembly, so some room is left: every signature and name of the program around the model counts too.
/// </summary>
public static class AssemblyLimits
{
    /// <summary>IL of all methods. Past it the metadata processor stops.</summary>
    public const int IlBytes = DeviceLimits.IlBytes;

    /// <summary>
    /// IL that is left to the program around a model in the same assembly where nothing is said of it and plans allow it: a preference, not a limit. The sample
    /// firmware of targets/nanoframework takes about half of it.
    /// </summary>
    public const int IlOfProgram = 8_192;

    /// <summary>Array initialisers and signatures together; 4 KB are left to the program around the model. Past the device's limit no tool complains.</summary>
    public const int DataBytes = DeviceLimits.ArrayInitialiserBytes + 1 - 4_096;

    /// <summary>String table: labels and names; 4 KB are left to the program around the model. Past the device's limit no tool complains.</summary>
    public const int StringBytes = DeviceLimits.StringBytes - 4_096;

    /// <summary>Elements of one array, in bytes. Past it the class's initialiser fails on the device.</summary>
    public const int ArrayBytes = DeviceLimits.ObjectBytes - DeviceLimits.ArrayHeadBytes;

    /// <summary>IL of a method with weights in it: its loop branches back over the whole body, and some room is left for the loop itself.</summary>
    public const int BytesOfMethod = DeviceLimits.BranchDistance - 767;

    /// <summary>Arguments that a method uses as variables; a few are left for what else it is passed, and its caller's stack must hold them all.</summary>
    public const int VariablesAsArguments = DeviceLimits.Arguments - 10;

    /// <summary>Codes of a layer's output, of all encoders, even for the desktop: with every layer's its place in bytes stays a 32-bit number.</summary>
    public const int CodesOfLayer = 1 << 26;

    /// <summary>Parts of a model: the class library, the firmware's program and the libraries that it uses are assemblies too.</summary>
    public const int Parts = DeviceLimits.Assemblies - 16;
}
