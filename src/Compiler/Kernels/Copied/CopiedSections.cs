using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Backends.NanoClr;

namespace AdapterCompiler.Kernels.Copied;

/// <summary>
/// The copied kernels, which are the same in every model. What the C# compiler makes of them is in a *.il file beside each of their sources, which a test writes
/// anew where it differs (docs/adding-a-kernel.md).
/// </summary>
internal static class CopiedSections
{
    /// <summary>Ending of the files.</summary>
    public const string Extension = ".il";

    private static readonly ReadOnlyDictionary<string, CopiedSection> Sections = new(Read().ToDictionary(section => section.Name, StringComparer.Ordinal));
    private static readonly ReadOnlyDictionary<string, CopiedMethod> Methods = new(Sections.Values.SelectMany(section => section.Methods).ToDictionary(method => method.Figures.Name, StringComparer.Ordinal));

    /// <summary>Every section.</summary>
    public static IEnumerable<CopiedSection> All => Sections.Values;

    /// <summary>A section by its name.</summary>
    public static CopiedSection Section(string name) => Sections[name];

    /// <summary>A method by its name.</summary>
    public static CopiedMethod Method(string name) => Methods[name];

    /// <summary>Sections in the form of a file.</summary>
    public static IEnumerable<string> Write(IEnumerable<CopiedSection> sections)
    {
        yield return "# Written by a test: ACCEPT_SNAPSHOTS=true dotnet test -c Release tests/Compiler.Tests --filter CopiedKernelTests";
        yield return "# section NAME CALLS..; method NAME IL-BYTES ON-THE-DEVICE ARGUMENTS LOCALS STACK LONGEST-BRANCH SIGNATURE-BYTES, then its basic blocks";
        foreach (CopiedSection section in sections)
        {
            yield return string.Join(" ", section.Calls.Prepend(section.Name).Prepend("section"));
            foreach (CopiedMethod method in section.Methods)
            {
                MethodCost figures = method.Figures;
                yield return FormattableString.Invariant(
                    $"method {figures.Name} {figures.IlBytes} {figures.DeviceIlBytes} {figures.Arguments} {figures.Locals} {figures.Stack} {figures.BranchDistance} {figures.SignatureBytes}");
                foreach (string block in method.Blocks)
                    yield return block;
            }
        }
    }

    private static IEnumerable<CopiedSection> Read()
    {
        Assembly assembly = typeof(CopiedSections).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            string[] lines = [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#')];
            foreach (string[] section in Groups(lines, "section "))
            {
                string[] head = section[0].Split(' ');
                yield return new CopiedSection(head[1], head.Skip(2).ToValueArray(), Groups(section.Skip(1), "method ").Select(Method).ToValueArray());
            }
        }
    }

    private static CopiedMethod Method(string[] lines)
    {
        string[] head = lines[0].Split(' ');
        int[] figures = [.. head.Skip(2).Select(IlCost.Number)];
        return new CopiedMethod(
            new MethodCost(head[1], figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6]), lines.Skip(1).ToValueArray());
    }

    // Lines from one that begins so to the next.
    private static IEnumerable<string[]> Groups(IEnumerable<string> lines, string begin)
    {
        var open = new List<string>();
        foreach (string line in lines)
        {
            if (open.Count > 0 && line.StartsWith(begin, StringComparison.Ordinal))
            {
                yield return [.. open];
                open.Clear();
            }

            open.Add(line);
        }

        if (open.Count > 0)
            yield return [.. open];
    }
}
