namespace AdapterCompiler.Programs;

/// <summary>A part with its code: everything is decided, the emitter only prints it.</summary>
public sealed record CodedProgram : PartProgram
{
    /// <summary>A part and its code.</summary>
    /// <param name="part">The part.</param>
    /// <param name="code">Of its layers in order, then of its heads, if it has any.</param>
    public CodedProgram(PartProgram part, ValueArray<LayerCode> code)
        : base(part) => Code = code;

    /// <summary>The methods of layers and heads.</summary>
    public ValueArray<LayerCode> Code { get; }
}
