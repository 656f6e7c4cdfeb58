namespace AdapterCompiler.Targets;

/// <summary>
/// Instructions that the interpreter knows and refuses ("Unsupported opcodes" in nf-interpreter, src/CLR/Core/Interpreter.cpp).
/// Prefixes that it ignores (unaligned., volatile., tail.) are no error.
/// </summary>
public static class UnsupportedOpcodes
{
    /// <summary>Mnemonics as in ECMA-335.</summary>
    public static ValueArray<string> All { get; } = ValueArray.Of(
        "arglist", "calli", "ckfinite", "cpblk", "initblk", "jmp", "localloc", "mkrefany", "readonly.", "refanytype", "refanyval");
}
