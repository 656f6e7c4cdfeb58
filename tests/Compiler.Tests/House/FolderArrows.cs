using System.Collections.Generic;
using System.Linq;
using AdapterCompiler.Compilation;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>Which folder of the compiler's uses which, as the compiled assembly says it.</summary>
internal static class FolderArrows
{
    /// <summary>The namespace above all.</summary>
    public const string Root = "AdapterCompiler";

    /// <summary>From folder to folder, with a member for the reader: whatever signatures, bodies and base types refer to.</summary>
    public static IEnumerable<(string From, string To, string Example)> InIl()
    {
        var seen = new HashSet<(string, string)>();
        foreach ((TypeDefinition type, TypeReference used, string member) in All())
        {
            if (FolderOf(type) is { } from && FolderOf(used) is { } to && to != from && seen.Add((from, to)))
                yield return (from, to, $"{type.Name}.{member} uses {used.Name}");
        }
    }

    /// <summary>From type to type, by namespace and name; nested ones are their outer type's.</summary>
    public static IReadOnlyList<((string Space, string Name) From, (string Space, string Name) To)> BetweenTypes() =>
    [
        .. All().Where(arrow => FolderOf(arrow.From) is not null && FolderOf(arrow.To) is not null).Select(arrow => (NameOf(arrow.From), NameOf(arrow.To))).Distinct(),
    ];

    private static IEnumerable<(TypeDefinition From, TypeReference To, string Member)> All()
    {
        using var module = ModuleDefinition.ReadModule(typeof(ModelCompiler).Assembly.Location);
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach ((TypeReference used, string member) in Uses(type))
            {
                foreach (TypeReference part in Parts(used))
                    yield return (type, part, member);
            }
        }
    }

    private static (string Space, string Name) NameOf(TypeReference type)
    {
        TypeReference outer = Outer(type);
        return (outer.Namespace, outer.Name.Split('`')[0]);
    }

    private static TypeReference Outer(TypeReference type) => type.DeclaringType is { } outer ? Outer(outer) : type;

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
        TypeReference outer = Outer(type);
        string[] parts = outer.Namespace.Split('.');
        if (parts[0] != Root || outer.Resolve()?.Module.Assembly.Name.Name != typeof(ModelCompiler).Assembly.GetName().Name)
            return null;
        return parts.Length > 1 ? parts[1] : "Values";
    }
}
