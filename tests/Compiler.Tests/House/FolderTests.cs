using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AdapterCompiler.Compilation;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>The house is one line: a folder of src/Compiler uses only folders above it in docs/architecture.md, which lists them in this order.</summary>
public class FolderTests
{
    private const string Root = "AdapterCompiler";

    private static readonly string[] Order =
    [
        "Text", "Diagnostics", "Targets", "Arithmetic", "Operators", "Artifact", "Model", "Interpreter", "Trees", "Backends", "FrontEnds", "Programs", "Kernels",
        "Memory", "Schedule", "Planning", "Budgets", "Emit", "Boards", "Compilation", "Reports", "SelfTest",
    ];

    [Fact]
    public void No_folder_uses_one_below_it()
    {
        (string From, string To, string Example)[] arrows = [.. Arrows()];
        Assert.True(arrows.Length > 80, $"only {arrows.Length} arrows were found");
        Assert.Empty(arrows.Where(arrow => Array.IndexOf(Order, arrow.To) >= Array.IndexOf(Order, arrow.From)).Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.Example}"));
    }

    // What leaves no trace in IL, constants and names, shows in the sources.
    [Fact]
    public void No_source_names_a_folder_below_its_own()
    {
        string[] wrong =
        [
            .. from file in Sources.All
               where file.Path.StartsWith("Compiler/", StringComparison.Ordinal) && file.Path.Count(c => c == '/') > 1
               let folder = Array.IndexOf(Order, file.Path.Split('/')[1])
               from line in file.Lines
               where line.StartsWith($"using {Root}.", StringComparison.Ordinal)
               let used = line[$"using {Root}.".Length..].TrimEnd(';').Split('.')[0]
               where Array.IndexOf(Order, used) > folder
               select $"{file.Path}: {line}",
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Folders_namespaces_and_the_page_agree()
    {
        string compiler = Path.Combine(Sources.Root, "src", "Compiler");
        string[] folders = [.. Directory.GetDirectories(compiler).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj"))];
        Assert.Equal(Order.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        foreach ((string path, string[] lines) in Sources.All.Where(file => file.Path.StartsWith("Compiler/", StringComparison.Ordinal) && file.Path.Count(c => c == '/') > 1))
        {
            string folder = path.Split('/')[1], declared = Assert.Single(lines, line => line.StartsWith("namespace ", StringComparison.Ordinal));
            Assert.True(declared.StartsWith($"namespace {Root}.{folder}", StringComparison.Ordinal), $"{path} declares {declared}");
        }

        string[] page = [.. File.ReadLines(Path.Combine(Sources.Root, "docs", "architecture.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1].TrimEnd('/'))];
        Assert.Equal(Order, page.Select(name => name.Split('/')[0]).Where(Order.Contains));
    }

    // From folder to folder, with a member for the reader: whatever signatures, bodies, base types and attributes' owners refer to.
    private static IEnumerable<(string From, string To, string Example)> Arrows()
    {
        using var module = ModuleDefinition.ReadModule(typeof(ModelCompiler).Assembly.Location);
        var seen = new HashSet<(string, string)>();
        foreach (TypeDefinition type in module.GetTypes())
        {
            if (FolderOf(type) is not { } from)
                continue;
            foreach ((TypeReference used, string member) in Uses(type))
            {
                foreach (TypeReference part in Parts(used))
                {
                    if (FolderOf(part) is { } to && to != from && seen.Add((from, to)))
                        yield return (from, to, $"{type.Name}.{member} uses {part.Name}");
                }
            }
        }
    }

    private static IEnumerable<(TypeReference Type, string Member)> Uses(TypeDefinition type)
    {
        if (type.BaseType is { } parent)
            yield return (parent, "");
        foreach (InterfaceImplementation implemented in type.Interfaces)
            yield return (implemented.InterfaceType, "");
        foreach (FieldDefinition field in type.Fields)
            yield return (field.FieldType, field.Name);
        foreach (MethodDefinition method in type.Methods)
        {
            yield return (method.ReturnType, method.Name);
            foreach (ParameterDefinition parameter in method.Parameters)
                yield return (parameter.ParameterType, method.Name);
            if (!method.HasBody)
                continue;
            foreach (VariableDefinition variable in method.Body.Variables)
                yield return (variable.VariableType, method.Name);
            foreach (Instruction instruction in method.Body.Instructions)
            {
                switch (instruction.Operand)
                {
                    case TypeReference used: yield return (used, method.Name); break;
                    case FieldReference used: yield return (used.DeclaringType, method.Name); yield return (used.FieldType, method.Name); break;
                    case MethodReference used:
                        yield return (used.DeclaringType, method.Name);
                        yield return (used.ReturnType, method.Name);
                        if (used is GenericInstanceMethod generic)
                        {
                            foreach (TypeReference argument in generic.GenericArguments)
                                yield return (argument, method.Name);
                        }

                        break;
                }
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static string? FolderOf(TypeReference type)
    {
        TypeReference outer = type;
        while (outer.DeclaringType is not null)
            outer = outer.DeclaringType;
        string[] parts = outer.Namespace.Split('.');
        return parts.Length > 1 && parts[0] == Root && outer.Resolve()?.Module.Assembly.Name.Name == typeof(ModelCompiler).Assembly.GetName().Name ? parts[1] : null;
    }
}
