using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using AdapterCompiler.Programs;
using AdapterCompiler.Text;

namespace AdapterCompiler.Emit;

/// <summary>
/// Parts belong together where one run of the compiler gave them all: they share the activations' places and divide the channels. Each part
/// declares a constant whose name ends in a hash over the code of all parts, and refers to those of the parts before it, so that parts of
/// different models, settings, cuts or compilers are an error of the C# compiler. Constants take neither IL nor RAM, and nothing of them
/// reaches the device.
/// </summary>
internal static class BuildMark
{
    /// <summary>What the constant is called, before the hash: it is what the C# compiler says is missing. Task names have no underscore.</summary>
    public const string Prefix = "BuiltFromTheSameModelAndSettings_";

    private const int HashBytes = 4;

    /// <summary>
    /// The hash, of the code without comments on top: it stands for the model, all settings that matter, plan, cut and places, and for the
    /// compiler's version as far as that changes any code.
    /// </summary>
    /// <param name="parts">Code of every part, without marks.</param>
    public static string Of(IEnumerable<string> parts)
    {
        using SHA256 hash = SHA256.Create();
        byte[] bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\0", parts)));
        return string.Concat(bytes.Take(HashBytes).Select(each => each.ToString("X2", CultureInfo.InvariantCulture)));
    }

    /// <summary>The line about it on top of the file.</summary>
    public static string HeaderLine(CodedProgram program, EmitOptions options) => FormattableString.Invariant(
        $"// Build {options.Mark}: part {program.Part.Number} of {program.Part.Count}. Parts of other builds do not compile with it (docs/parts.md).");

    /// <summary>The part's own constant, unless it is the last, and its references to the parts before it.</summary>
    public static void Write(SourceWriter writer, CodedProgram program, EmitOptions options)
    {
        if (!program.Part.IsFirst)
        {
            writer.Line("// An error here: that part was built from another model file, with other settings, or by another version of AdapterCompiler. Give");
            writer.Line("// the AdapterModel items of all parts the same file and settings but Part, all projects the same package, and build all of them.");
            for (int part = 1; part < program.Part.Number; part++)
            {
                string before = PartIdentity.ClassName(options.ClassName, part, program.Part.Count);
                writer.Line($"private const int BelongsWith_{before} = {before}.{Prefix}{options.Mark};");
            }

            writer.Line();
        }

        if (program.Part.IsLast)
            return;
        writer.Line("/// <summary>Only parts of one build have a constant of this name; the parts after this one refer to it. Internal to the model.</summary>");
        writer.Line(FormattableString.Invariant($"public const int {Prefix}{options.Mark} = {program.Part.Number};"));
        writer.Line();
    }
}
