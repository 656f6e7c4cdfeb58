using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using AdapterCompiler.Compilation;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>A pass is a function of its arguments: no static field of the compiler changes after its class was initialised.</summary>
public sealed class StaticStateTests
{
    private static readonly string[] Changes =
    [
        "Add", "AddRange", "AddOrUpdate", "Clear", "Dequeue", "Enqueue", "ExceptWith", "GetOrAdd", "GetOrCreateValue", "GetValue", "Insert", "IntersectWith", "Pop", "Push",
        "Remove", "RemoveAll", "RemoveAt", "Reverse", "set_Item", "Sort", "TryAdd", "TryRemove", "UnionWith",
    ];

    [Fact]
    public void No_static_field_of_the_compiler_changes() => Assert.Empty(Found(typeof(ModelCompiler).Assembly, _ => true));

    [Fact]
    public void Every_way_to_keep_something_is_found()
    {
        string[] found = [.. Found(typeof(StaticStateTests).Assembly, type => type.Name == nameof(Planted))];
        Assert.Equal(["Planted.Kept is changed by Planted.Keep", "Planted.Table is changed by Planted.Keep", "Planted.count can be set", "Planted.shared is of a type made to be changed"], found.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Found(Assembly assembly, Func<TypeDefinition, bool> looksAt)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        // What the C# compiler keeps, delegates without a closure, is the same whenever it is made.
        TypeDefinition[] types = [.. module.GetTypes().Where(type => !type.Name.StartsWith('<') && looksAt(type))];
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (FieldDefinition field in types.SelectMany(type => type.Fields).Where(field => field.IsStatic && !field.IsLiteral))
        {
            if (!field.IsInitOnly)
                yield return $"{field.DeclaringType.Name}.{field.Name} can be set";
            else if (field.FieldType.FullName.Contains("Concurrent", StringComparison.Ordinal) || field.FieldType.Name.StartsWith("ConditionalWeakTable", StringComparison.Ordinal) || field.FieldType.Name is "StringBuilder" or "Random")
                yield return $"{field.DeclaringType.Name}.{field.Name} is of a type made to be changed";
            else if (field.FieldType.IsArray || field.FieldType.Namespace == "System.Collections.Generic")
                kept.Add(field.FullName);
        }

        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && !(method.IsConstructor && method.IsStatic)))
        {
            foreach (Instruction load in method.Body.Instructions.Where(each => each.OpCode == OpCodes.Ldsfld && kept.Contains(((FieldReference)each.Operand).FullName)))
            {
                var field = (FieldReference)load.Operand;
                if (ConsumerOf(load) is { } consumer && (consumer.OpCode.Name.StartsWith("stelem", StringComparison.Ordinal) || (consumer.Operand is MethodReference called && Changes.Contains(called.Name))))
                    yield return $"{field.DeclaringType.Name}.{field.Name} is changed by {method.DeclaringType.Name}.{method.Name}";
            }
        }
    }

    // What takes a value from the stack that an instruction has put there, as far as that is in the same block.
    private static Instruction? ConsumerOf(Instruction load)
    {
        int above = 0;
        for (Instruction? next = load.Next; next is not null && next.OpCode.FlowControl is FlowControl.Next or FlowControl.Call; next = next?.Next)
        {
            (int taken, int left) = Effect(next!);
            // The deepest operand is what is changed; any other is only read.
            if (taken > above)
                return above == taken - 1 ? next : null;
            above += left - taken;
        }

        return null;
    }

    private static (int Taken, int Left) Effect(Instruction instruction)
    {
        if (instruction.Operand is MethodReference called && instruction.OpCode.FlowControl == FlowControl.Call)
        {
            bool makes = instruction.OpCode == OpCodes.Newobj;
            return (called.Parameters.Count + (called.HasThis && !makes ? 1 : 0), makes || called.ReturnType.FullName != "System.Void" ? 1 : 0);
        }

        return (Words(instruction.OpCode.StackBehaviourPop.ToString(), "Pop"), Words(instruction.OpCode.StackBehaviourPush.ToString(), "Push"));

        // "Popref_popi_popi" are three, "Pop0" none, "Push1_push1" two.
        static int Words(string behaviour, string verb) => behaviour == verb + "0" ? 0 : behaviour.Split('_').Length;
    }

    // Faults that the search must find; nothing calls it.
    private static class Planted
    {
        private static readonly List<int> Kept = [1];
        private static readonly int[] Table = [1, 2, 3];
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> shared = new();
        private static int count;

        public static int Keep(int value)
        {
            Kept.Add(value);
            Table[0] = value;
            return count += shared.Count;
        }
    }
}
