using System;
using System.Linq;

namespace AdapterCompiler.Compilation;

/// <summary>What may name a generated class: letters, digits, underscores, no keyword of C# 7.3.</summary>
public static class CSharpIdentifier
{
    private static readonly ValueArray<string> Keywords = ValueArray.Of(
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed",
        "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong",
        "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while");

    /// <summary>True for an identifier that needs no escape. ASCII only: the device's string table is bytes.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length == 0 || name[0] is >= '0' and <= '9' || Keywords.Contains(name, StringComparer.Ordinal))
            return false;
        foreach (char c in name)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_'))
                return false;
        }

        return true;
    }
}
