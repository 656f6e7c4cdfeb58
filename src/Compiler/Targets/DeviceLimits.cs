namespace AdapterCompiler.Targets;

/// <summary>
/// Limits of the nanoFramework 1.17 interpreter and of metadata processor 3.0, which converts an assembly for the device. "Silent" means
/// that no tool complains: the device fails or computes wrong values.
/// </summary>
public static class DeviceLimits
{
    /// <summary>Bytes of IL of all methods of one assembly, as converted: method addresses have 16 bits. The metadata processor stops.</summary>
    public const int IlBytes = 65_535;

    /// <summary>
    /// Bytes of all array initialisers and signatures of one assembly together, and of each alone: they share a table with 16-bit
    /// offsets. Silent: a load error or wrong data.
    /// </summary>
    public const int ArrayInitialiserBytes = 65_535;

    /// <summary>
    /// UTF-8 bytes of all names and literals of one assembly, with their terminators: 16-bit offsets, of which the last 860 mean the
    /// interpreter's own names. Silent: a label that starts there reads as one of those (seen on the interpreter with 4,096 labels).
    /// </summary>
    public const int StringBytes = 64_675;

    /// <summary>Bytes from the end of a branch instruction to its target, forwards or backwards; a signed 16-bit number. Silent: a crash.</summary>
    public const int BranchDistance = 32_767;

    /// <summary>Cases of one switch; an 8-bit count in the device's format. Silent.</summary>
    public const int SwitchCases = 255;

    /// <summary>Local variables of one method; an 8-bit count. Silent: a crash.</summary>
    public const int Locals = 255;

    /// <summary>Arguments of one method, <c>this</c> among them; an 8-bit count. Silent: a crash.</summary>
    public const int Arguments = 255;

    /// <summary>Values on the evaluation stack of one method; an 8-bit count. Silent: a crash.</summary>
    public const int EvaluationStack = 255;

    /// <summary>Static fields of one type, constants not counted; an 8-bit count. Silent.</summary>
    public const int StaticFields = 255;

    /// <summary>Instance fields of one type; an 8-bit count. Silent.</summary>
    public const int InstanceFields = 255;

    /// <summary>Static methods of one type, and as many instance and virtual methods: three 8-bit counts. The metadata processor stops.</summary>
    public const int MethodsOfAKind = 255;

    /// <summary>Assemblies that a device loads.</summary>
    public const int Assemblies = 64;

    /// <summary>Bytes of one array or object with its head: 65,535 blocks of the heap. Past it: OutOfMemoryException.</summary>
    public const int ObjectBytes = 65_535 * SlotBytes;

    /// <summary>Bytes of an array's head: a block of the heap, length and type of the elements (CLR_RT_HeapBlock_Array of nf-interpreter).</summary>
    public const int ArrayHeadBytes = SlotBytes + 8;

    /// <summary>RAM of one local, argument, stack slot, field or reference in an array, in bytes, even of a byte: a block of the heap.</summary>
    public const int SlotBytes = 12;

    /// <summary>The device name that lifts these limits: code for the desktop runtime.</summary>
    public const string Desktop = "desktop";
}
