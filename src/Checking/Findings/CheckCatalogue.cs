namespace AdapterCompiler.Checking;

/// <summary>
/// Everything that <c>adapterc check</c> reports; docs/checks.md shows an example of each. Ids are stable: a rule may be retired, its
/// number is never used again. 001-009 the file and its references, 010-029 limits, 030-039 what the interpreter lacks, 040-049 what
/// it computes differently, 050-059 what the user asked for with an option, 060-069 what it does differently beyond arithmetic.
/// </summary>
public static class CheckCatalogue
{
    // The file and its references.
    /// <summary>NFC001: not readable.</summary>
    public static CheckRule NotReadable { get; } = Error("NFC001", "Not readable",
        "{0}. Give a .NET assembly, the .dll or .exe that the project's build wrote.");

    /// <summary>NFC002: built for desktop .NET.</summary>
    public static CheckRule DesktopReference { get; } = Error("NFC002", "Built for desktop .NET",
        "refers to {0}, a desktop assembly; the device has nanoFramework's (public key token {1}) only. Build against the package nanoFramework.CoreLibrary, with DisableStandardFrameworkResolution in an SDK-style project.");

    /// <summary>NFC003: reference not found.</summary>
    public static CheckRule ReferenceNotFound { get; } = Warning("NFC003", "Reference not found",
        "{0}.dll is not beside the assembly: its members were not checked. Give its folder with --reference.");

    /// <summary>NFC004: type does not exist there.</summary>
    public static CheckRule TypeMissing { get; } = Error("NFC004", "Type does not exist there",
        "{0} has no type {1}. Use another type, or the version of {0} that the project was compiled with.");

    /// <summary>NFC005: member does not exist there.</summary>
    public static CheckRule MemberMissing { get; } = Error("NFC005", "Member does not exist there",
        "{0} has no member {1}. Use another member, or the version of {0} that the project was compiled with.");

    /// <summary>NFC006: other version of the class library.</summary>
    public static CheckRule LibraryVersion { get; } = Error("NFC006", "Other version of the class library",
        "refers to mscorlib {0}, the released interpreter runs version {1}. Use nanoFramework.CoreLibrary {1}.x.");

    // Limits.
    /// <summary>NFC010: IL of the assembly.</summary>
    public static CheckRule IlBytes { get; } = Error("NFC010", "Too much IL",
        "{0} bytes of IL as converted, one assembly holds {1}. The largest is {2}. Move types to a second assembly.");

    /// <summary>NFC011: arrays and signatures together.</summary>
    public static CheckRule ArrayBytes { get; } = Error("NFC011", "Too many array initialisers and signatures",
        "array initialisers and signatures take {0} bytes, one assembly holds {1} of both together. No other tool says so: the assembly does not load, or arrays hold wrong data. Move tables to a second assembly, to resources, or compute them.");

    /// <summary>NFC012: one array initialiser.</summary>
    public static CheckRule OneArrayBytes { get; } = Error("NFC012", "Array initialiser too long",
        "this array initialiser has {0} bytes, allowed are {1}. Split the array.");

    /// <summary>NFC013: strings.</summary>
    public static CheckRule StringBytes { get; } = Error("NFC013", "Too many strings",
        "names and literals take {0} bytes of UTF-8, one assembly holds {1}. Move texts to resources or to a second assembly.");

    /// <summary>NFC014: locals.</summary>
    public static CheckRule Locals { get; } = Error("NFC014", "Too many locals",
        "{0} local variables, allowed are {1}; more crash the device. Split the method.");

    /// <summary>NFC015: arguments.</summary>
    public static CheckRule Arguments { get; } = Error("NFC015", "Too many arguments",
        "{0} arguments, allowed are {1}; more crash the device. Pass an array or an object.");

    /// <summary>NFC016: evaluation stack.</summary>
    public static CheckRule EvaluationStack { get; } = Error("NFC016", "Evaluation stack too deep",
        "{0} values on the evaluation stack, allowed are {1}; more crash the device. Split the expression.");

    /// <summary>NFC017: branch distance.</summary>
    public static CheckRule BranchDistance { get; } = Error("NFC017", "Branch too long",
        "{0} jumps {1} bytes, allowed are {2}; a longer jump lands elsewhere. Move the body of the loop or condition to a method.");

    /// <summary>NFC018: switch cases.</summary>
    public static CheckRule SwitchCases { get; } = Error("NFC018", "Switch too large",
        "a switch of {0} cases, allowed are {1}; more lose the others. Split the switch, or look up a table.");

    /// <summary>NFC019: static fields.</summary>
    public static CheckRule StaticFields { get; } = Error("NFC019", "Too many static fields",
        "{0} static fields, a type holds {1}. Split the type; an array initialiser is a static field of <PrivateImplementationDetails>.");

    /// <summary>NFC020: instance fields.</summary>
    public static CheckRule InstanceFields { get; } = Error("NFC020", "Too many instance fields",
        "{0} instance fields, a type holds {1}. Split the type, or use an array.");

    /// <summary>NFC021: methods of one kind.</summary>
    public static CheckRule Methods { get; } = Error("NFC021", "Too many methods",
        "{0} {2} methods, a type holds {1}. Split the type.");

    /// <summary>NFC022: flash of the device.</summary>
    public static CheckRule Flash { get; } = Error("NFC022", "Larger than the device's flash",
        "takes about {0} bytes as converted, {2} has {1} bytes of flash for all assemblies. Choose a device with more flash, or leave something out.");

    // What the interpreter lacks.
    /// <summary>NFC030: unsupported instruction.</summary>
    public static CheckRule UnsupportedOpcode { get; } = Error("NFC030", "Instruction not supported",
        "the interpreter refuses '{0}'{1}. Write it without.");

    /// <summary>NFC031: generics.</summary>
    public static CheckRule Generics { get; } = Error("NFC031", "Generics",
        "{0} is generic; version 1 of the interpreter converts generics without a word and then computes garbage. Write one type or method per type argument.");

    /// <summary>NFC032: multi-dimensional array.</summary>
    public static CheckRule MultiDimensionalArray { get; } = Error("NFC032", "Multi-dimensional array",
        "{0} has more than one dimension; the interpreter has arrays of one only. Use an array of arrays, or compute the index.");

    /// <summary>NFC033: pointers.</summary>
    public static CheckRule PointerType { get; } = Error("NFC033", "Pointer",
        "{0} is a pointer, which the metadata processor rejects. Use ref, or an array and an index.");

    /// <summary>NFC034: string with an embedded zero.</summary>
    public static CheckRule EmbeddedZero { get; } = Error("NFC034", "String with an embedded zero",
        "the literal has a \\0 at index {0} of {1} characters; on the device the string ends there. Use a char or byte array.");

    // What it computes differently.
    /// <summary>NFC040: unsigned value shifted right.</summary>
    public static CheckRule UnsignedShift { get; } = Error("NFC040", "Unsigned value shifted right as signed",
        "the left operand of >> is {0} at run time, so the device shifts zeros in where desktop .NET repeats the sign. Declare it {1} from the start, or keep it in a field of type {1}; a local that is read once does not survive a Release build.");

    /// <summary>NFC041: unsigned value divided.</summary>
    public static CheckRule UnsignedRemainder { get; } = Error("NFC041", "Remainder of an unsigned value as signed",
        "the left operand of % is {0} at run time, so the device divides without sign. Declare it {1} from the start, or keep it in a field of type {1}; a local that is read once does not survive a Release build.");

    /// <summary>NFC042: unsigned value converted.</summary>
    public static CheckRule UnsignedConversion { get; } = Error("NFC042", "Unsigned value converted as signed",
        "{2} of a value that is {0} at run time: the device extends it with zeros where desktop .NET repeats the sign. Declare it {1} from the start, or keep it in a field of type {1}; a local that is read once does not survive a Release build.");

    /// <summary>NFC043: constant between 0x80000000 and 0xFFFFFFFF.</summary>
    public static CheckRule UnsignedConstant { get; } = Error("NFC043", "Constant 0x80000000 to 0xFFFFFFFF on the left",
        "the left operand goes back to the constant {0}, which is compiled to an unsigned value, so {1} works without sign. Put the constant on the right.");

    /// <summary>NFC044: unsigned value passed as signed.</summary>
    public static CheckRule UnsignedEscapes { get; } = Warning("NFC044", "Unsigned value passed as signed",
        "{2} is declared {1} and gets a value that is {0} at run time and stays so: >>, % and conversions behind it work without sign. Declare it {1} from the start, or keep it in a field of type {1}; a local that is read once does not survive a Release build.");

    /// <summary>NFC045: checked arithmetic.</summary>
    public static CheckRule CheckedArithmetic { get; } = Error("NFC045", "Checked arithmetic",
        "'{0}' never throws on the device. Compile without CheckForOverflowUnderflow and test the range yourself.");

    // What the user asked for.
    /// <summary>NFC050: allocation.</summary>
    public static CheckRule Allocation { get; } = Error("NFC050", "Allocation",
        "{0} allocates{1}. Allocate once, at start, and reuse.");

    /// <summary>NFC051: call that may allocate.</summary>
    public static CheckRule MayAllocate { get; } = Warning("NFC051", "Call that may allocate",
        "{0} is not known to be free of allocation{1}. Look at it, then move the call or ignore this id.");

    /// <summary>NFC052: no such method.</summary>
    public static CheckRule NoSuchMethod { get; } = Error("NFC052", "No such method",
        "no method with a body matches '{0}' of {1}.{2} Write Namespace.Type.Method or a part with * and ?.");

    /// <summary>NFC053: floating point.</summary>
    public static CheckRule FloatingPoint { get; } = Error("NFC053", "Floating point",
        "'{0}' works in floating point{1}. Use integers, scaled.");

    // What it does differently beyond arithmetic.
    /// <summary>NFC060: order of type initialisers.</summary>
    public static CheckRule InitialiserOrder { get; } = Error("NFC060", "Initialiser reads a type that is initialised later",
        "{0} is still {1} here: the device runs all type initialisers at load, in the order of the types' full names, and {2} comes before {3}. Move the field into {2}, or set both in a method that Main calls.");

    /// <summary>NFC061: order of type initialisers, through calls.</summary>
    public static CheckRule InitialiserCalls { get; } = Warning("NFC061", "Initialiser calls what reads a type that is initialised later",
        "{0} may read {1} while it is still {2}: the device runs all type initialisers at load, in the order of the types' full names, and {3} comes before {4}. Set the field in a method that Main calls.");

    /// <summary>NFC062: a hidden virtual method.</summary>
    public static CheckRule HiddenMethod { get; } = Error("NFC062", "Hidden method that overrides",
        "hides {0}; the device finds methods by name, so calls through the base class come here, where desktop .NET stays in the base. Give it another name, or override.");

    /// <summary>NFC063: an interface implemented again.</summary>
    public static CheckRule InterfaceAgain { get; } = Error("NFC063", "Interface implemented again",
        "implements {0} again; the device finds the explicit implementation of {1} first and calls that. Make the method of {1} virtual and override it.");

    /// <summary>NFC064: default interface methods.</summary>
    public static CheckRule DefaultMethod { get; } = Error("NFC064", "Default interface method",
        "an interface's own body is not found on the device: the call throws. Implement it in every class, or in a base class.");

    /// <summary>NFC065: enums as text.</summary>
    public static CheckRule EnumText { get; } = Error("NFC065", "Text of an enum",
        "the text of {0} is its name on desktop .NET and its number on the device. Write a switch that returns the names, or print the number on both.");

    /// <summary>NFC066: custom number formats.</summary>
    public static CheckRule CustomFormat { get; } = Error("NFC066", "Custom number format",
        "the device has no custom formats: \"{0}\" of a value of type {1} prints the format itself, or throws. Use a standard format such as D3 or F2.");

    /// <summary>NFC067: floating-point division by the constant 0.</summary>
    public static CheckRule FloatDivision { get; } = Error("NFC067", "Floating-point division by 0",
        "the device throws where desktop .NET gives infinity. Use the constant for infinity, or test the divisor.");

    /// <summary>NFC068: a quotient that is tested for infinity.</summary>
    public static CheckRule QuotientTested { get; } = Warning("NFC068", "Floating-point quotient tested for infinity",
        "{0} is asked in this method, but where this divisor is 0 the device throws instead. Test the divisor before the division.");

    /// <summary>NFC069: attribute arguments that vanish.</summary>
    public static CheckRule AttributeArgument { get; } = Warning("NFC069", "Attribute argument that vanishes",
        "argument {0} of {1} is of type {2}, which the metadata processor leaves out: a program that reads the attribute does not find it. Use numbers and texts.");

    /// <summary>Every rule, by id.</summary>
    public static ValueArray<CheckRule> All { get; } = ValueArray.Of(
        NotReadable, DesktopReference, ReferenceNotFound, TypeMissing, MemberMissing, LibraryVersion,
        IlBytes, ArrayBytes, OneArrayBytes, StringBytes, Locals, Arguments, EvaluationStack, BranchDistance, SwitchCases, StaticFields, InstanceFields,
        Methods, Flash,
        UnsupportedOpcode, Generics, MultiDimensionalArray, PointerType, EmbeddedZero,
        UnsignedShift, UnsignedRemainder, UnsignedConversion, UnsignedConstant, UnsignedEscapes, CheckedArithmetic,
        Allocation, MayAllocate, NoSuchMethod, FloatingPoint,
        InitialiserOrder, InitialiserCalls, HiddenMethod, InterfaceAgain, DefaultMethod, EnumText, CustomFormat, FloatDivision, QuotientTested, AttributeArgument);

    /// <summary>A finding of this kind.</summary>
    /// <param name="rule">The kind.</param>
    /// <param name="place">Method, type or reference.</param>
    /// <param name="offset">IL offset.</param>
    /// <param name="arguments">One per placeholder of the rule's message.</param>
    public static Finding At(this CheckRule rule, string place, int? offset, params string[] arguments) =>
        new(rule, place, offset, arguments.ToValueArray());

    private static CheckRule Error(string id, string title, string message) => new(id, CheckSeverity.Error, title, message);

    private static CheckRule Warning(string id, string title, string message) => new(id, CheckSeverity.Warning, title, message);
}
