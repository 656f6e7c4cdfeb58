using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AdapterCompiler.Compiler.Tests.House;

/// <summary>
/// Follows every static field of some types to all objects that it leads to. A field must be read-only, and so must all fields of what it holds; of others' types those
/// are known that never change. An array, a list, a dictionary can be changed whoever holds it: <see cref="ValueArray{T}"/> and read-only views hold theirs for themselves.
/// </summary>
internal sealed class StaticState
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Simple = [typeof(string), typeof(decimal), typeof(BigInteger), typeof(DateTime), typeof(TimeSpan), typeof(Guid), typeof(Version), typeof(CultureInfo)];
    private static readonly Type[] Views = [typeof(ValueArray<>), typeof(ReadOnlyCollection<>), typeof(ReadOnlyDictionary<,>)];

    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks.</summary>
    public StaticState(IEnumerable<Type> types)
    {
        foreach (Type type in types)
        {
            foreach (FieldInfo field in type.GetFields(All | BindingFlags.Static).Where(field => !field.IsLiteral && !IsKeptByTheCompiler(field)))
            {
                Fields++;
                string name = NameOf(field);
                if (!field.IsInitOnly)
                {
                    Found.Add($"{type.FullName}: {name} can be set");
                }
                else if (!type.ContainsGenericParameters)
                {
                    RuntimeHelpers.RunClassConstructor(type.TypeHandle);
                    Follow(field.GetValue(null), $"{type.FullName}: {name}", field.FieldType);
                }
                else if (!field.FieldType.IsGenericType || !Views.Contains(field.FieldType.GetGenericTypeDefinition()) || !field.FieldType.GetGenericArguments().All(each => each.IsGenericParameter || IsSimple(each)))
                {
                    Found.Add($"{type.FullName}: {name} is of a generic type's own");
                }
            }
        }
    }

    /// <summary>What can change.</summary>
    public List<string> Found { get; } = [];

    /// <summary>Static fields.</summary>
    public int Fields { get; private set; }

    /// <summary>Objects that they lead to.</summary>
    public int Objects => seen.Count;

    private void Follow(object? value, string way, Type held)
    {
        if (value is null || (IsSimple(value.GetType()) && value is not CultureInfo { IsReadOnly: false }) || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        Type type = value.GetType();
        if (value is Delegate made)
            Captured(made, way);
        else if (IsView(type))
            Elements((IEnumerable)value, way);
        else if (type.IsArray || (type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true && !IsTuple(type)))
            Found.Add($"{way}: {type.Name} can be changed");
        else
            Inside(value, type, way, isCopied: held.IsValueType);
    }

    private void Inside(object value, Type type, string way, bool isCopied)
    {
        for (Type? each = type; each is not null && each != typeof(object); each = each.BaseType)
        {
            foreach (FieldInfo field in each.GetFields(All | BindingFlags.Instance))
            {
                // A value that is copied out of a read-only field is another one; as an object or behind an interface it is the same.
                if (!field.IsInitOnly && !isCopied)
                    Found.Add($"{way}.{NameOf(field)} can be set");
                else
                    Follow(field.GetValue(value), $"{way}.{NameOf(field)}", field.FieldType);
            }
        }
    }

    private void Elements(IEnumerable values, string way)
    {
        int i = 0;
        foreach (object? each in values)
            Follow(each, FormattableString.Invariant($"{way}[{i++}]"), each?.GetType() ?? typeof(object));
    }

    // What a delegate has captured is a field of a class that the C# compiler made, and never read-only: it may be anything that cannot change, if nothing sets it.
    private void Captured(Delegate made, string way)
    {
        foreach (Delegate one in made.GetInvocationList().Where(one => one.Target is not null))
        {
            // A method of an object that somebody made.
            if (!one.Target!.GetType().Name.StartsWith('<'))
                Follow(one.Target, way + "'s object", typeof(object));
            foreach (FieldInfo field in one.Target.GetType().Name.StartsWith('<') ? one.Target.GetType().GetFields(All | BindingFlags.Instance) : [])
            {
                if (CapturedFields.IsSet(field))
                    Found.Add($"{way} captures {NameOf(field)}, which can be set");
                else
                    Follow(field.GetValue(one.Target), $"{way}.{NameOf(field)}", field.FieldType);
            }
        }
    }

    private static bool IsSimple(Type type) =>
        type.IsPrimitive || type.IsEnum || Simple.Contains(type) || typeof(Type).IsAssignableFrom(type) || typeof(Assembly).IsAssignableFrom(type) || typeof(StringComparer).IsAssignableFrom(type);

    // [..] for a read-only list is a class that the C# compiler makes for it.
    private static bool IsView(Type type) => (type.IsGenericType && Views.Contains(type.GetGenericTypeDefinition())) || type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal);

    private static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    // Delegates without anything captured, texts of switches: the same whenever they are made.
    private static bool IsKeptByTheCompiler(FieldInfo field) => field.DeclaringType!.Name.StartsWith('<') && (field.Name.StartsWith('<') || typeof(Delegate).IsAssignableFrom(field.FieldType));

    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
