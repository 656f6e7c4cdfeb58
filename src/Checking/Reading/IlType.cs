namespace AdapterCompiler.Checking.Reading;

/// <summary>Kind of a type, as far as the checks tell types apart.</summary>
internal enum IlKind
{
    Void,
    Boolean,
    Character,
    SignedByte,
    Byte,
    Short,
    UnsignedShort,
    Int,
    UnsignedInt,
    Long,
    UnsignedLong,
    Float32,
    Float64,
    NativeInt,
    NativeUnsigned,
    Text,
    Reference,
    Structure,
    Array,
    MultiArray,
    ByRef,
    Pointer,
    Generic,
    Unknown,
}

/// <summary>A type as a signature names it.</summary>
/// <param name="Kind">An enum has the kind of its underlying type.</param>
/// <param name="Name">C# keyword, or namespace and name; the same in every assembly.</param>
/// <param name="Element">Of an array, reference or pointer.</param>
internal sealed record IlType(IlKind Kind, string Name, IlType? Element = null)
{
    public static readonly IlType Void = new(IlKind.Void, "void");
    public static readonly IlType Int = new(IlKind.Int, "int");
    public static readonly IlType UnsignedInt = new(IlKind.UnsignedInt, "uint");
    public static readonly IlType Long = new(IlKind.Long, "long");
    public static readonly IlType UnsignedLong = new(IlKind.UnsignedLong, "ulong");
    public static readonly IlType Float32 = new(IlKind.Float32, "float");
    public static readonly IlType Float64 = new(IlKind.Float64, "double");
    public static readonly IlType Text = new(IlKind.Text, "string");
    public static readonly IlType Object = new(IlKind.Reference, "object");
    public static readonly IlType Unknown = new(IlKind.Unknown, "?");

    /// <summary>What the interpreter keeps on the evaluation stack for a value of this type: small integers are widened to int.</summary>
    public IlType OnStack => Kind switch
    {
        IlKind.Boolean or IlKind.Character or IlKind.SignedByte or IlKind.Byte or IlKind.Short or IlKind.UnsignedShort or IlKind.Int or IlKind.NativeInt => Int,
        IlKind.UnsignedInt or IlKind.NativeUnsigned => UnsignedInt,
        IlKind.Long => Long,
        IlKind.UnsignedLong => UnsignedLong,
        _ => this,
    };

    public bool IsUnsigned => Kind is IlKind.UnsignedInt or IlKind.UnsignedLong or IlKind.NativeUnsigned;

    /// <summary>Signed and of the stack's own width: what an unsigned value must not be taken for.</summary>
    public bool IsSignedWord => Kind is IlKind.Int or IlKind.Long;

    public bool IsFloat => Kind is IlKind.Float32 or IlKind.Float64;

    /// <summary>A number, not an enum of that kind, a character or a truth value.</summary>
    public bool IsNumber => IsFloat || (IsIntegral && !IsEnum && Kind is not (IlKind.Boolean or IlKind.Character));

    /// <summary>An integer's kind under a name of its own.</summary>
    public bool IsEnum => IsIntegral && Name is not ("bool" or "char" or "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "nint" or "nuint");

    private bool IsIntegral => Kind is >= IlKind.Boolean and <= IlKind.UnsignedLong or IlKind.NativeInt or IlKind.NativeUnsigned;

    /// <summary>This type or the one inside it that is of a kind, or null.</summary>
    public IlType? Find(IlKind kind) => Kind == kind ? this : Element?.Find(kind);

    public override string ToString() => Name;
}
