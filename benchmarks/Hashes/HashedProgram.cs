using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AdapterCompiler.Compilation;

namespace AdapterCompiler.Benchmarks.Hashes;

/// <summary>A program and the hash of its text.</summary>
/// <param name="Id">Model, goal or kernel, parts.</param>
/// <param name="Hash">SHA-256 in hexadecimal digits.</param>
/// <param name="Text">Names and texts of all files, and all diagnostics; empty where only its hash is known.</param>
internal sealed record HashedProgram(string Id, string Hash, string Text = "")
{
    /// <summary>A program as it was compiled.</summary>
    public static HashedProgram Of(string id, ValueArray<CompilationResult> parts)
    {
        var text = new StringBuilder();
        foreach (CompilationResult part in parts)
        {
            foreach (string line in part.Diagnostics.Concat(part.Warnings).Select(diagnostic => diagnostic.ToText("model.adapter")))
                text.Append(line).Append('\n');
            foreach (Emit.EmittedFile file in part.Files)
                text.Append(file.Name).Append('\n').Append(file.Text).Append('\0');
        }

        return new HashedProgram(id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))), text.ToString());
    }

    /// <summary>A line of a file, as sha256sum writes it.</summary>
    public string Line() => Hash + "  " + Id;

    /// <summary>The row of a line.</summary>
    public static HashedProgram Read(string line) => line.Split("  ", 2) is [{ Length: 64 } hash, { } id]
        ? new HashedProgram(id, hash)
        : throw new FormatException($"'{line}' is no line of hashes: it has the 64 digits of a hash, two blanks and a program");
}
